"""检验单: the final inspection line by line, the self-checks behind it, and who signed what (W7a to W7c)."""

from collections.abc import Iterable

from workshop.documents.blocks import Block, Column, Field, Heading, Options, Signatures, Table
from workshop.documents.papers.making import (
    MILEAGE_IN,
    MILEAGE_OUT,
    PLATE,
    VEHICLE,
    VIN,
    Desk,
    Made,
    grid,
    kilometres,
    limits,
)
from workshop.domain.words import N_
from workshop.queries.checks import CheckView, final_inspection, self_check
from workshop.queries.orders import OrderView
from workshop.queries.papers import Signed, signatures

TITLE = N_("Inspection report")
TEAM, TECHNICIAN = N_("team"), N_("technician")
FINAL, ROUND, BEFORE = N_("Final inspection"), N_("round"), N_("Earlier defects")
LINE, LIMITS, VALUE, ANSWER, REMARK = N_("line"), N_("limits"), N_("measured"), N_("result"), N_("remark")
DEFECT, CLASS, NOTE = N_("item with a defect"), N_("class"), N_("what was wrong")
RESULT, PASSED, REWORK = N_("Result:"), N_("passed"), N_("sent back for rework")
SELF_CHECKED, TAKEN_OVER, INSPECTED = N_("self-checked"), N_("team leader's check, taken over"), N_("inspected")


def inspection_report(desk: Desk, view: OrderView) -> Made:
    """The present round's lists with their answers."""
    voice, number = desk.voice, view.facts.number
    signed = signatures(desk.session, number)
    last = signed.inspections[-1] if signed.inspections else None
    fields = [
        Field(voice(PLATE), view.plate or ""),
        Field(voice(VIN), view.vin),
        Field(voice(VEHICLE), view.vehicle),
        Field(voice(MILEAGE_IN), kilometres(view.odometer_in)),
        Field(voice(MILEAGE_OUT), kilometres(last.odometer if last else view.odometer_out)),
        Field(voice(ROUND), str(view.facts.round)),
        Field(voice(TEAM), view.team),
        Field(voice(TECHNICIAN), view.technician),
        Field("", ""),
    ]
    blocks: list[Block] = [grid(fields), Heading(voice(FINAL)), _lines(desk, final_inspection(desk.session, number))]
    for lines in _by_item(self_check(desk.session, number)):
        blocks += [Heading(voice.value(lines[0].item).replace("\n", " ")), _lines(desk, lines)]
    if view.defects:
        rows = tuple((voice.value(one.item), voice.value(one.defect_class), one.note) for one in view.defects)
        heads = (Column(voice(DEFECT), 3), Column(voice(CLASS), 1.2), Column(voice(NOTE), 4))
        blocks += [Heading(voice(BEFORE)), Table(heads, rows)]
    passed = last.passed if last and last.round == view.facts.round else None
    blocks += [
        Options(voice(RESULT), ((voice(PASSED), passed is True), (voice(REWORK), passed is False))),
        Signatures(
            (
                (voice(SELF_CHECKED), _who(desk, signed.self_checks)),
                (voice(TAKEN_OVER), _who(desk, [one for one in signed.hand_overs if one.passed])),
                (voice(INSPECTED), _who(desk, signed.inspections)),
            )
        ),
    ]
    return Made(voice.text(TITLE), number, tuple(blocks))


def _by_item(lines: Iterable[CheckView]) -> list[list[CheckView]]:
    found: dict[str, list[CheckView]] = {}
    for line in lines:
        found.setdefault(line.item_number, []).append(line)
    return list(found.values())


def _lines(desk: Desk, lines: Iterable[CheckView]) -> Table:
    voice = desk.voice
    return Table(
        (
            Column("#", 0.4, right=True),
            Column(voice(LINE), 4.8),
            Column(voice(LIMITS), 1.5),
            Column(voice(VALUE), 1.5),
            Column(voice(ANSWER), 1.3),
            Column(voice(REMARK), 2.2),
        ),
        tuple(
            (
                str(place),
                voice.value(one.line.text),
                limits(one.line),
                f"{one.value.normalize():f} {one.line.unit}" if one.value is not None else "",
                voice.value(one.answer),
                one.reason,
            )
            for place, one in enumerate(lines, 1)
        ),
    )


def _who(desk: Desk, signed: Iterable[Signed]) -> str:
    people = [f"{one.person}  {desk.voice.moment(one.at)}" for one in signed]
    return people[-1] if people else ""
