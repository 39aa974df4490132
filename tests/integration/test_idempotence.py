"""The same command id sent twice acts once, whatever happened in between."""

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from support.catalogue import VEHICLES
from support.shop import SmallShop

from workshop.commands.perform import perform
from workshop.commands.stock import CountStock, ReceiveStock
from workshop.db import ledger
from workshop.domain.reasons import Refused

RECEIPT: dict[str, Any] = {"part_no": "PAD", "quantity": 3}


def stock(shop: SmallShop) -> int:
    """Pieces of the brake pad on the shelf."""
    query = "SELECT SUM(m.quantity) FROM stock_movement m JOIN part p ON p.id = m.part_id WHERE p.part_no = 'PAD'"
    with shop.db.reading() as session:
        return int(session.execute(sa.text(query)).scalar_one())


def lines(shop: SmallShop) -> int:
    """Lines in the ledger."""
    with shop.db.reading() as session:
        return ledger.head(session).number


def test_a_command_sent_again_is_answered_as_before_and_not_done_again(shop: SmallShop) -> None:
    before = stock(shop)
    first = shop.act("clerk", "receive-stock", command_id="twice", **RECEIPT)
    count = lines(shop)

    again = shop.act("clerk", "receive-stock", command_id="twice", **RECEIPT)

    assert (again.number, again.outcome) == (first.number, first.outcome)
    assert (first.repeated, again.repeated) == (False, True)
    assert (stock(shop), lines(shop)) == (before + 3, count)


def test_another_id_is_another_act(shop: SmallShop) -> None:
    before = stock(shop)
    for command_id in ("one", "other"):
        shop.act("clerk", "receive-stock", command_id=command_id, **RECEIPT)
    assert stock(shop) == before + 6


@pytest.mark.parametrize(
    ("who", "command", "fields"),
    [
        ("clerk", "receive-stock", {"part_no": "PAD", "quantity": 4}),
        ("clerk", "receive-stock", {"part_no": "FILTER", "quantity": 3}),
        ("all_rounder", "receive-stock", RECEIPT),
        ("clerk", "count-stock", {"part_no": "PAD", "counted": 1, "reason": "盘点"}),
    ],
    ids=["another quantity", "another part", "another person", "another command"],
)
def test_a_used_id_is_refused_for_another_act(shop: SmallShop, who: str, command: str, fields: dict[str, Any]) -> None:
    shop.act("clerk", "receive-stock", command_id="used", **RECEIPT)
    before = stock(shop), lines(shop)

    with pytest.raises(Refused) as refused:
        shop.act(who, command, command_id="used", **fields)

    assert [reason.code for reason in refused.value.reasons] == ["id_used"]
    assert (stock(shop), lines(shop)) == before


def test_a_refused_act_leaves_its_id_free(shop: SmallShop) -> None:
    with pytest.raises(Refused):
        shop.act("technician", "receive-stock", command_id="free", **RECEIPT)
    assert not shop.act("clerk", "receive-stock", command_id="free", **RECEIPT).repeated


def test_a_retry_is_answered_although_the_act_would_now_be_refused(shop: SmallShop) -> None:
    promised = datetime(2090, 1, 1, tzinfo=UTC)
    given = {"vin": VEHICLES[0]["vin"], "request": "保养", "odometer": 1, "promised_at": promised}
    first = shop.act("advisor", "open-order", command_id="open", **given)
    shop.do(
        "admin", "revise-person", badge=shop.badge("advisor"), person="李顾问", has_roles=["inspector"], active=False
    )

    assert shop.act("advisor", "open-order", command_id="open", **given).number == first.number
    assert shop.refusal("advisor", "open-order", **given) == ["person_inactive"]


def test_a_retry_without_a_fresh_signature_is_still_answered(shop: SmallShop) -> None:
    count = {"part_no": "PAD", "counted": 7, "reason": "盘点"}
    first = shop.act("clerk", "count-stock", command_id="count", **count)
    again = perform(shop.db, CountStock(**count), shop.people["clerk"].id, "bench", command_id="count")
    assert (again.number, again.repeated) == (first.number, True)
    assert stock(shop) == 7


def test_commands_without_an_id_are_acts_of_their_own(shop: SmallShop) -> None:
    assert ReceiveStock(**RECEIPT) == ReceiveStock(**RECEIPT)
    before = lines(shop)
    shop.do("clerk", "receive-stock", **RECEIPT)
    shop.do("clerk", "receive-stock", **RECEIPT)
    assert lines(shop) == before + 2
