"""Text, numbers and dates that nobody should type: kept clean or refused with the field's name, never a crash."""

from collections import defaultdict
from typing import Any

import pytest
from pydantic import ValidationError
from support.acting import Floor
from support.catalogue import VEHICLES
from support.filled_in import fields
from support.regulation import RIGHTS

from workshop.commands.base import commands
from workshop.commands.invalid import problems
from workshop.db.tables import Discrepancy, OrderItem
from workshop.domain.reasons import Refused
from workshop.domain.states import Stage
from workshop.i18n import translator

KEPT = {
    "[/red] [bold]备注": "[/red] [bold]备注",
    "[link=file:///etc/passwd]x": "[link=file:///etc/passwd]x",
    "👨‍👩‍👧 家庭 🚗": "👨‍👩‍👧 家庭 🚗",
    "a\x00b\x1b[31mc\x07": "ab[31mc",
    "第一行\r\n第二行\r第三行": "第一行\n第二行\n第三行",
    "abc\u202edef\u2066ghi\u200f": "abcdefghi",
    "שלום مرحبا": "שלום مرحبا",
    "e\u0301": "é",
    "  '; DROP TABLE repair_order; --  ": "'; DROP TABLE repair_order; --",
    "{actor} %s ${x} \\n": "{actor} %s ${x} \\n",
    "字" * 4000: "字" * 4000,
}
ORDER = "1000000018"
OPENING: dict[str, Any] = {
    "vin": VEHICLES[0]["vin"],
    "request": "保养",
    "odometer": 1,
    "promised_at": "2026-06-01T10:00+08:00",
}
Place = tuple[str | int, ...]
HOSTILE: tuple[Any, ...] = (
    "",
    " ",
    "\x00",
    "\u200b",
    "\ud800",
    "\udfff\ud800",
    "\u202e\u2066",
    "[/red]",
    "[/ 机滤",
    "{actor}",
    "👨‍👩‍👧" * 30,
    "字" * 10_000,
    "\ufb2c" * 60,
    "１２３",
    "٣",
    "1e400",
    "NaN",
    "-0",
    "1_000",
    "0x10",
    "2026-02-30",
    "2026-02-30T10:00+08:00",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01T00:00+14:00",
    "2026-06-01T10:00",
    "9999-12-31",
    "0001-01-01",
    "' OR 1=1 --",
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    10**30,
    1.5,
    float("nan"),
    float("inf"),
    [],
    {},
    [[]],
    {"a": {"b": []}},
    b"\xff",
)


@pytest.mark.parametrize("note", KEPT, ids=range(len(KEPT)))
def test_a_note_is_kept_as_it_was_meant(floor: Floor, note: str) -> None:
    job = floor.open("WASH").to(Stage.PLATE_VERIFIED)
    job.do("technician", "report-discrepancy", note=note)
    assert [row.note for row in floor.rows(Discrepancy)] == [KEPT[note]]


@pytest.mark.parametrize("note", ["字" * 4001, "x" * 10_000])
def test_a_note_that_is_too_long_is_refused_with_its_field_and_its_limit(note: str) -> None:
    found = _problems("report-discrepancy", order=ORDER, note=note)
    assert found == {"note": "This is too long: at most 4000 characters."}


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "\u200b\u200d", "\u202e", "\ud800", "\u3000"])
def test_what_cannot_be_seen_is_no_text(text: str) -> None:
    assert list(_problems("report-discrepancy", order=ORDER, note=text)) == ["note"]


@pytest.mark.parametrize("text", ["\ufb2c" * 60, "x" * 61])
def test_no_text_is_longer_than_the_database_keeps_even_after_cleaning(text: str) -> None:
    assert list(_problems("open-order", **OPENING, brought_by=text)) == ["brought_by"]


@pytest.mark.parametrize(
    ("field", "most"), [("fuel", 20), ("brought_by", 60)], ids=["narrower than its kind", "as wide as its kind"]
)
def test_the_limit_of_a_field_is_the_one_that_it_names(floor: Floor, field: str, most: int) -> None:
    floor.open("WASH", **{field: "满" * most}).to(Stage.CANCELLED)
    with pytest.raises(ValidationError):
        floor.open("WASH", **{field: "满" * (most + 1)})


@pytest.mark.parametrize("amount", ["１２.５０", " 12.5 ", "12.50"])
def test_an_amount_in_full_width_digits_is_the_amount(floor: Floor, amount: str) -> None:
    job = floor.open({"operation": "WASH", "price": amount})
    assert str(floor.rows(OrderItem, OrderItem.number == job.items[0])[0].price) == "12.50"


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "100000000", "NaN", "Infinity", "十二", "1,000", "¥5", "1e9"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    given = OPENING | {"items": [{"operation": "WASH", "price": amount}]}
    assert list(_problems("open-order", **given)) == ["items.0.price"]


@pytest.mark.parametrize("number", ["１０００００００１８", "10 0000 0018", "1000-0000-18"])
def test_a_number_is_read_however_it_is_written(floor: Floor, number: str) -> None:
    assert floor.refused("technician", "confirm-items", order=number) == ["not_found"]


@pytest.mark.parametrize("number", ["1000000017", "1100000015", "10000000180", "٣٣٣٣٣٣٣٣٣٣", "", None, [], 10])
def test_what_is_no_order_number_is_refused_in_its_field(number: object) -> None:
    assert list(_problems("confirm-items", order=number)) == ["order"]


@pytest.mark.parametrize(
    "time",
    [
        "2026-02-30T10:00+08:00",
        "2026-13-01T10:00+08:00",
        "2026-06-01T25:00+08:00",
        "2026-06-01T10:00",
        "1900-01-01T10:00+08:00",
        "9999-12-31T23:59:59-12:00",
        "昨天",
    ],
)
def test_a_time_that_does_not_exist_or_has_no_zone_is_refused(time: str) -> None:
    assert list(_problems("open-order", **OPENING | {"promised_at": time})) == ["promised_at"]


@pytest.mark.parametrize(
    ("phone", "kept"),
    [("1380000", "1380000"), ("+86 138-0000-0000", "+8613800000000"), ("(0755) 88888888", "075588888888")],
)
def test_a_telephone_number_is_kept_in_digits(floor: Floor, phone: str, kept: str) -> None:
    assert floor.open("WASH", phone=phone).row.phone == kept


@pytest.mark.parametrize("phone", ["+" + "1" * 20, "1" * 21, "1234", "abc", "+", "１３８００００００００"])
def test_what_is_no_telephone_number_is_refused(phone: str) -> None:
    assert list(_problems("open-order", **OPENING, phone=phone)) == ["phone"]


@pytest.mark.parametrize("name", sorted(RIGHTS))
def test_no_field_of_any_act_breaks_on_hostile_input(floor: Floor, name: str) -> None:
    """Every field in turn, every hostile value: done, refused or invalid, on both databases."""
    job = floor.open({"operation": "LEVEL2", "parts": [{"part_no": "PAD"}, {"part_no": "BULB"}]})
    job.parts = [line.id for line in job.facts.lines]
    ids: defaultdict[str, Any] = defaultdict(lambda: 1, tag="1300000013")
    given = fields(name, job, ids)
    places: list[Place] = [(field,) for field in commands()[name].model_fields] + _inner(given)
    taken = {place: [value for value in HOSTILE if _taken(name, _with(given, place, value))] for place in places}
    for turn in range(max(map(len, taken.values()))):
        act = given
        for place, values in taken.items():
            if values:
                act = _with(act, place, values[turn % len(values)])
        _survives(floor, name, act)


def _problems(name: str, **given: object) -> dict[str, str]:
    """What is told of each field that cannot be taken."""
    with pytest.raises(ValidationError) as error:
        commands()[name](**given)
    return {one.path: translator("en")(one.text, **one.args) for one in problems(error.value)}


def _taken(name: str, given: dict[str, Any]) -> bool:
    """Whether the fields are taken; where they are not, every problem with them can be told."""
    try:
        commands()[name](**given)
    except ValidationError as error:
        if not all(translator("zh_CN")(one.text, **one.args) for one in problems(error)):
            raise
        return False
    return True


def _survives(floor: Floor, name: str, given: dict[str, Any]) -> None:
    """The act is done or refused; any other exception fails the test."""
    if not _taken(name, given):
        return
    with floor.undone():
        try:
            floor.do("all_rounder", name, **given)
        except Refused as refused:
            for reason in refused.reasons:
                translator("zh_CN").reason(reason)


def _inner(given: dict[str, Any]) -> list[Place]:
    """The places of fields inside lists and objects."""
    found: list[Place] = []
    for name, value in given.items():
        if isinstance(value, dict):
            found += [(name, inner) for inner in value]
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found += [(name, 0, inner) for inner in value[0]]
    return found


def _with(given: dict[str, Any], place: Place, value: Any) -> dict[str, Any]:
    name, *rest = place
    old = given.get(str(name))
    if len(rest) == 1 and isinstance(old, dict):
        return given | {str(name): old | {str(rest[0]): value}}
    if len(rest) == 2 and isinstance(old, list) and old:
        return given | {str(name): [old[0] | {str(rest[1]): value}]}
    return given if rest else given | {str(name): value}
