"""The ledger: every act leaves one line, and no line is altered, removed or cut off without being found out."""

import json
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select
from support.acting import Floor

from workshop.commands.base import commands
from workshop.commands.perform import Signature, perform_in
from workshop.db import ledger
from workshop.db.ledger import Flaw, Witness
from workshop.db.tables import LedgerHead, LedgerLine
from workshop.domain.states import Stage


def _unguarded(floor: Floor) -> None:
    """Somebody who rules the database drops its triggers."""
    if floor.shop.db.is_sqlite:
        for name in ("ledger_line_no_update", "ledger_line_no_delete"):
            floor.session.execute(sa.text(f"DROP TRIGGER {name}"))
    else:
        floor.session.execute(sa.text("ALTER TABLE ledger_line DISABLE TRIGGER ALL"))


def _change(floor: Floor, number: int, **values: object) -> None:
    floor.session.execute(sa.update(LedgerLine).where(col(LedgerLine.number) == number).values(**values))


def _remove(floor: Floor, *numbers: int) -> None:
    floor.session.execute(sa.delete(LedgerLine).where(col(LedgerLine.number).in_(numbers)))


def _head(floor: Floor) -> Witness:
    return ledger.head(floor.session)


def _flaw(floor: Floor, *witnesses: Witness) -> Flaw | None:
    floor.session.expunge_all()
    return ledger.verify(floor.session, witnesses)


def test_an_act_leaves_one_line_that_says_who_when_where_and_what(floor: Floor) -> None:
    before = _head(floor).number
    floor.do("clerk", "receive-stock", part_no="PAD", quantity=2, note="到货 [/red]")
    line = max(floor.rows(LedgerLine), key=lambda line: line.number)
    assert (line.number, line.at, line.terminal) == (before + 1, floor.now, "bench")
    assert (line.person_id, line.badge) == (floor.person("clerk"), floor.badge("clerk"))
    assert (line.command, line.order_number) == ("receive-stock", None)
    assert json.loads(line.payload) == {"part_no": "PAD", "quantity": 2, "note": "到货 [/red]"}


def test_an_act_on_an_order_bears_its_number(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    lines = [line for line in floor.rows(LedgerLine) if line.order_number == job.number]
    assert [line.command for line in sorted(lines, key=lambda line: line.number)] == [
        "open-order",
        "dispatch",
        "verify-plate",
        "confirm-items",
        "start-item",
    ]


def test_a_refused_act_leaves_nothing(floor: Floor) -> None:
    before = _head(floor)
    floor.refused("clerk", "receive-stock", part_no="NOWHERE", quantity=2)
    floor.refused("advisor", "receive-stock", part_no="PAD", quantity=2)
    assert _head(floor) == before


def test_a_whole_ledger_verifies_against_every_witness_of_it(floor: Floor) -> None:
    witnesses = [_head(floor)]
    for _ in range(3):
        floor.do("clerk", "receive-stock", part_no="PAD", quantity=1)
        witnesses.append(_head(floor))
    assert _flaw(floor, *witnesses) is None


@pytest.mark.parametrize(
    "change",
    [sa.update(LedgerLine).values(payload="{}"), sa.delete(LedgerLine)],
    ids=["altered", "removed"],
)
def test_the_database_refuses_to_change_a_line(floor: Floor, change: sa.Executable) -> None:
    with pytest.raises(DBAPIError, match="append-only"), floor.session.begin_nested():
        floor.session.execute(change)


@pytest.mark.parametrize(
    "values",
    [
        {"payload": "{}"},
        {"outcome": "{}"},
        {"person_id": 1},
        {"badge": "0000000000"},
        {"terminal": "elsewhere"},
        {"command": "deliver"},
        {"command_id": "other"},
        {"order_number": "1000000017"},
    ],
    ids=lambda values: next(iter(values)),
)
def test_an_altered_line_is_found_whatever_of_it_was_altered(floor: Floor, values: dict[str, object]) -> None:
    _unguarded(floor)
    _change(floor, 7, **values)
    assert _flaw(floor) == Flaw(7, "altered")


def test_a_line_at_another_time_is_found(floor: Floor) -> None:
    _unguarded(floor)
    _change(floor, 7, at=floor.now)
    assert _flaw(floor) == Flaw(7, "altered")


def test_a_removed_line_is_found(floor: Floor) -> None:
    _unguarded(floor)
    _remove(floor, 7)
    assert _flaw(floor) == Flaw(7, "missing")


def test_a_first_line_removed_is_found(floor: Floor) -> None:
    _unguarded(floor)
    _remove(floor, 1)
    assert _flaw(floor) == Flaw(1, "missing")


def test_a_ledger_cut_off_is_found(floor: Floor) -> None:
    _unguarded(floor)
    last = _head(floor).number
    _remove(floor, last)
    assert _flaw(floor) == Flaw(last, "cut_off")


def _rewritten(floor: Floor, number: int) -> None:
    """A line altered with every hash after it and the head computed anew: only a witness can tell."""
    _change(floor, number, outcome='{"forged":true}')
    floor.session.expunge_all()
    previous = ""
    for line in floor.session.exec(
        select(LedgerLine).where(col(LedgerLine.number) >= number).order_by(col(LedgerLine.number))
    ).all():
        line.previous = previous or line.previous
        line.hash = previous = ledger.line_hash(line)
    head = floor.session.exec(select(LedgerHead)).one()
    head.hash = previous
    floor.session.flush()


def test_whoever_rewrites_history_in_the_database_is_contradicted_by_a_terminal_that_saw_it(floor: Floor) -> None:
    seen = _head(floor)
    floor.do("clerk", "receive-stock", part_no="PAD", quantity=1)
    _unguarded(floor)
    _rewritten(floor, 7)
    assert _flaw(floor) is None
    assert _flaw(floor, seen) == Flaw(seen.number, "contradicts_witness")


def test_whoever_cuts_the_end_off_and_mends_the_head_is_contradicted_too(floor: Floor) -> None:
    kept = _head(floor)
    floor.do("clerk", "receive-stock", part_no="PAD", quantity=1)
    seen = _head(floor)
    _unguarded(floor)
    _remove(floor, seen.number)
    floor.session.execute(sa.update(LedgerHead).values(number=kept.number, hash=kept.hash))
    assert _flaw(floor) is None
    assert _flaw(floor, seen) == Flaw(seen.number, "missing")


def _spliced(floor: Floor) -> None:
    _change(floor, 7, previous="0" * 64)


def _swapped(floor: Floor) -> None:
    first, second = (floor.rows(LedgerLine, LedgerLine.number == number)[0] for number in (7, 8))
    for line, other in ((first, second), (second, first)):
        kept = other.model_dump(exclude={"number", "command_id"})
        _change(floor, line.number, **kept)


@pytest.mark.parametrize("damage", [_spliced, _swapped])
def test_lines_out_of_their_chain_are_found(floor: Floor, damage: Callable[[Floor], None]) -> None:
    _unguarded(floor)
    damage(floor)
    assert _flaw(floor) == Flaw(7, "broken_chain")


def test_times_of_another_zone_hash_alike(floor: Floor) -> None:
    act = commands()["receive-stock"](part_no="PAD", quantity=1)
    clerk = floor.person("clerk")
    there = floor.now.astimezone(ZoneInfo("Asia/Shanghai"))
    perform_in(floor.session, act, clerk, "bench", there, Signature(clerk, there))
    assert _flaw(floor) is None
