"""`workshop do`: the acts of the shop as JSON lines, on both databases."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session
from support.json_door import Answer, Desk, Program, drive, in_process
from support.shop import PIN, SmallShop

from workshop.commands import sign_in as signing
from workshop.commands.base import commands
from workshop.commands.pins import hash_pin
from workshop.commands.sign_in import KnownPins
from workshop.db import ledger
from workshop.db.database import Database
from workshop.db.invariants import check
from workshop.db.tables import Person
from workshop.domain.reasons import Refused
from workshop.doors.do import Door
from workshop.doors.lines import MOST_BYTES, read_lines


def _receive(shop: SmallShop, **more: Any) -> Answer:
    return {
        "command": "receive-stock",
        "badge": shop.badge("clerk"),
        "pin": PIN,
        "part_no": "BULB",
        "quantity": 1,
    } | more


def test_an_order_goes_from_reception_to_delivery_through_the_door(shop: SmallShop) -> None:
    desk = Desk(shop, in_process(shop))
    order = drive(desk)
    page = desk.page(order)
    assert page["order"]["facts"]["stage"] == "delivered"
    assert page["order"]["inspections_failed"] == 1
    assert {item["facts"]["state"] for item in page["order"]["items"]} == {"done", "declined"}
    with shop.db.reading() as session:
        assert ledger.verify(session) is None
        assert check(session) == []


def test_the_program_takes_a_whole_order_line_by_line(shop: SmallShop, shop_url: str) -> None:
    with Program(shop_url) as program:
        order = drive(Desk(shop, program.say))
        assert program.end() == 1  # some lines were meant to be refused
    with shop.db.reading() as session:
        assert {line.terminal for line in ledger.after(session, 0) if line.order_number == order} == {"json"}


def test_an_act_that_was_done_tells_its_ledger_line_and_its_sentence(shop: SmallShop) -> None:
    answer = in_process(shop)(_receive(shop, id="a-1", terminal="counter 2", note="送货"))
    assert answer["id"] == "a-1"
    assert (answer["status"], answer["repeated"]) == ("done", False)
    assert answer["story"] == "孙备件 received 1 × Bulb. 送货"
    with shop.db.reading() as session:
        (line,) = (one for one in ledger.after(session, 0) if one.command_id == "a-1")
        assert (line.number, line.terminal) == (answer["number"], "counter 2")


def test_a_line_sent_again_with_its_id_acts_once(shop: SmallShop) -> None:
    say = in_process(shop)
    first, again = say(_receive(shop, id="x")), say(_receive(shop, id="x"))
    assert again == first | {"repeated": True}
    other = say(_receive(shop, id="x", quantity=2))
    assert [reason["code"] for reason in other["reasons"]] == ["id_used"]


def test_an_id_is_made_where_none_is_given(shop: SmallShop) -> None:
    say = in_process(shop)
    ids = {say(_receive(shop))["id"] for _ in range(2)}
    assert len(ids) == 2
    assert all(ids)


def test_fields_with_the_names_of_the_line_go_into_fields(shop: SmallShop) -> None:
    say = in_process(shop)
    line = {"command": "reset-pin", "badge": shop.badge("admin"), "pin": PIN}
    answer = say(line | {"fields": {"badge": shop.badge("clerk"), "pin": "7913"}})
    assert answer["status"] == "done", answer
    assert say(_receive(shop))["status"] == "refused"
    assert say(_receive(shop, pin="7913"))["status"] == "done"


def test_no_command_has_a_field_that_only_the_line_may_have() -> None:
    taken = {"command", "id", "terminal", "fields"}
    assert [name for name, kind in commands().items() if taken & kind.model_fields.keys()] == []


def test_the_messages_are_in_the_language_of_the_person_or_of_the_option(shop: SmallShop) -> None:
    with shop.db.writing() as session:
        clerk = session.get_one(Person, shop.people["clerk"].id)
        clerk.language = "en"
        session.add(clerk)
    line = json.dumps(_receive(shop, part_no="NONE")).encode()
    own = Door(shop.db, "t").answer(line)["reasons"][0]["message"]
    chinese = Door(shop.db, "t", language="zh_CN").answer(line)["reasons"][0]["message"]
    assert own == "There is no such record here: NONE. Check the number, or search for it."
    assert chinese != own
    assert "NONE" in chinese


DEEP = b'{"command": "receive-stock", "note": ' + b"[" * 5000 + b"]" * 5000 + b"}"
INVALID: dict[str, tuple[bytes | None, str]] = {
    "not JSON": (b"hello", ""),
    "half an object": (b'{"command": "do', ""),
    "not UTF-8": (b'{"command": "\xff\xfe"}', ""),
    "a list": (b"[1, 2]", ""),
    "a number": (b"7", ""),
    "nothing known": (b"{}", "command"),
    "a line that was too long": (None, ""),
    "NaN": (b'{"command": NaN}', ""),
    "an endless number": (b'{"command": ' + b"9" * 6000 + b"}", ""),
    "nested very deep": (DEEP, ""),
    "nested too deep": (DEEP.replace(b"[" * 5000, b"[" * 50).replace(b"]" * 5000, b"]" * 50), "note"),
    "a field twice": (b'{"command": "add-bay", "bay": "1", "bay": "2"}', "bay"),
    "half a character": (b'{"command": "add-bay", "bay": "\\ud800"}', "bay"),
    "half a character in a name": (b'{"\\ud800": 1}', "\ud800"),
    "an unknown command": (b'{"command": "drop-tables"}', "command"),
    "a command that is no text": (b'{"command": ["add-bay"]}', "command"),
    "an id that is no text": (b'{"command": "add-bay", "id": 7}', "id"),
    "an id with strange characters": (b'{"command": "add-bay", "id": "a b\\u0000"}', "id"),
    "an id that is too long": (b'{"command": "add-bay", "id": "' + b"x" * 65 + b'"}', "id"),
    "no badge": (b'{"command": "add-bay", "pin": "2580"}', "badge"),
    "a badge that is a number": (b'{"command": "add-bay", "badge": 3000000012, "pin": "2580"}', "badge"),
    "a PIN that is a number": (b'{"command": "add-bay", "badge": "3000000012", "pin": 2580}', "pin"),
    "a terminal that is no text": (b'{"command": "add-bay", "terminal": {}}', "terminal"),
    "a terminal without a name": (b'{"command": "add-bay", "terminal": "\\u0007"}', "terminal"),
}


@pytest.mark.parametrize("name", INVALID)
def test_a_line_that_cannot_be_taken_is_answered_with_its_field(name: str, tmp_path: Any) -> None:
    line, place = INVALID[name]
    door = Door(Database(f"sqlite:///{tmp_path / 'none.db'}"), "t", language="en")
    answer = door.answer(line)
    assert answer["status"] == "invalid"
    assert [problem["field"] for problem in answer["problems"]] == [place]
    assert answer["problems"][0]["message"]


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"quantity": 0}, ["quantity"]),
        ({"quantity": "many"}, ["quantity"]),
        ({"quantity": 1e999}, [""]),
        ({"part_no": ""}, ["part_no"]),
        ({"part_no": {"a": 1}, "quantity": None}, ["part_no", "quantity"]),
        ({"note": "x" * 10_000}, ["note"]),
        ({"colour": "red"}, ["colour"]),
        ({"fields": {"quantity": 2}}, ["quantity"]),
        ({"fields": "quantity"}, ["fields"]),
    ],
)
def test_a_field_that_a_command_cannot_take_is_named(
    fields: dict[str, Any], places: list[str], shop: SmallShop
) -> None:
    answer = Door(shop.db, "t", language="en").answer(json.dumps(_receive(shop) | fields).encode())
    assert answer["status"] == "invalid"
    assert [problem["field"] for problem in answer["problems"]] == places


@pytest.mark.parametrize("badge", ["3000000099", "nobody", "", "\x00\x07", "x" * 10_000, "[/red]", "３０００", "'; --"])
def test_a_wrong_badge_and_a_wrong_pin_are_refused_alike(badge: str, shop: SmallShop) -> None:
    say = in_process(shop)
    for line in (_receive(shop, badge=badge), _receive(shop, pin="1357"), _receive(shop, pin="\x00🔧")):
        answer = say(line)
        assert [reason["code"] for reason in answer["reasons"]] == ["sign_in_wrong"], answer


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_line_at_all_stops_the_door(line: bytes) -> None:
    door = Door(Database("sqlite://"), "t", language="en")
    out = io.BytesIO()
    door.serve([line], out)
    answers = [json.loads(one) for one in out.getvalue().decode("utf-8").splitlines()]
    assert [answer["status"] for answer in answers] == ([] if not line.strip() else ["invalid"])


def test_a_line_beyond_the_limit_is_passed_over_and_the_next_is_read() -> None:
    stream = io.BytesIO(
        b"a\r\n" + b"x" * (3 * MOST_BYTES) + b"\nb\n" + b"y" * MOST_BYTES + b"\n" + b"z" * (MOST_BYTES + 1)
    )
    found = list(read_lines(stream))
    assert found[:3] == [b"a", None, b"b"]
    assert found[3] == b"y" * MOST_BYTES
    assert found[4:] == [None]


def test_whether_all_was_done_is_told_at_the_end(shop: SmallShop) -> None:
    door = Door(shop.db, "t", language="en")
    good, bad = json.dumps(_receive(shop)).encode(), b"{}"
    assert door.serve([good, b"  "], io.BytesIO()) is True
    assert door.serve([bad, good], io.BytesIO()) is False


class TestKnownPins:
    """A PIN is hashed once, and forgotten the moment it no longer counts."""

    @pytest.fixture(autouse=True)
    def _count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.hashed = 0
        real = signing.pin_matches

        def counted(pin: str, pin_hash: str | None) -> bool:
            self.hashed += 1
            return real(pin, pin_hash)

        monkeypatch.setattr(signing, "pin_matches", counted)

    def _change(self, shop: SmallShop, **fields: object) -> None:
        with shop.db.writing() as session:
            person = session.get_one(Person, shop.people["clerk"].id)
            for name, value in fields.items():
                setattr(person, name, value)
            session.add(person)

    def test_a_pin_that_was_right_is_not_hashed_again(self, shop: SmallShop) -> None:
        pins = KnownPins(shop.db)
        actors = [pins.sign(shop.badge("clerk"), PIN)[0].id for _ in range(3)]
        assert set(actors) == {shop.people["clerk"].id}
        assert self.hashed == 1

    def test_a_pin_changed_elsewhere_stops_working_at_once(self, shop: SmallShop) -> None:
        pins = KnownPins(shop.db)
        pins.sign(shop.badge("clerk"), PIN)
        self._change(shop, pin_hash=hash_pin("7913"))
        with pytest.raises(Refused, match="sign_in_wrong"):
            pins.sign(shop.badge("clerk"), PIN)
        assert pins.sign(shop.badge("clerk"), "7913")[0].id == shop.people["clerk"].id

    def test_whoever_left_is_refused_at_once(self, shop: SmallShop) -> None:
        pins = KnownPins(shop.db)
        pins.sign(shop.badge("clerk"), PIN)
        self._change(shop, active=False)
        with pytest.raises(Refused, match="sign_in_wrong"):
            pins.sign(shop.badge("clerk"), PIN)

    def test_a_wrong_pin_is_no_less_wrong_after_a_right_one(self, shop: SmallShop) -> None:
        pins = KnownPins(shop.db)
        pins.sign(shop.badge("clerk"), PIN)
        with pytest.raises(Refused, match="sign_in_wrong"):
            pins.sign(shop.badge("clerk"), "1357")

    def test_a_locked_badge_is_locked_for_a_remembered_pin_too(self, shop: SmallShop) -> None:
        now = datetime(2026, 11, 23, 8, tzinfo=UTC)
        pins = KnownPins(shop.db, lambda: now)
        pins.sign(shop.badge("clerk"), PIN)
        for _ in range(signing.FREE_TRIES):
            with pytest.raises(Refused, match="sign_in_wrong"):
                signing.sign_in(shop.db, shop.badge("clerk"), "1357", lambda: now)
        with pytest.raises(Refused, match="sign_in_locked"):
            pins.sign(shop.badge("clerk"), PIN)
        now += timedelta(minutes=1)
        assert pins.sign(shop.badge("clerk"), PIN)[0].id == shop.people["clerk"].id


def test_a_database_that_fails_is_told_and_the_door_stays_open(
    shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    say = in_process(shop)
    assert say(_receive(shop))["status"] == "done"
    with monkeypatch.context() as broken:
        broken.setattr(Session, "flush", _fail)
        answer = say(_receive(shop, id="later"))
    assert [reason["code"] for reason in answer["reasons"]] == ["database_failed"]
    assert say(_receive(shop, id="later"))["status"] == "done"


def _fail(*_args: object) -> None:
    from sqlalchemy.exc import OperationalError

    raise OperationalError("COMMIT", None, OSError("the server is gone"))
