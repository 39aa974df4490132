"""派工单: the job card that goes with the car. It does not tell the plate that the technician must prove (W1)."""

from collections.abc import Iterator

from workshop.documents.blocks import Block, Column, Field, Heading, Prose, Signatures, Table
from workshop.documents.papers.making import (
    HOURS,
    PLATE,
    PROMISED,
    REQUEST,
    VEHICLE,
    Desk,
    Made,
    agreed_items,
    grid,
    limits,
    pieces,
)
from workshop.domain.words import N_
from workshop.queries.orders import ItemView, OrderView
from workshop.queries.papers import Work, works

TITLE = N_("Dispatch order")
BAY, TEAM, TECHNICIAN = N_("bay"), N_("team"), N_("technician")
FRAME_END, WRITE_PLATE = N_("VIN, last 8"), N_("plate, read off the car")
PRECAUTIONS, WATCHER = N_("Before starting: {precautions}"), N_("Hoisting is watched by a second person (S5).")
PARTS = N_("parts")
CHECK, LIMITS, RESULT, VALUE = N_("self-check line"), N_("limits"), N_("OK / not OK / not applicable"), N_("measured")
WORKED = N_("started, ended")
SELF_CHECK, LEADER, INSPECTOR = (
    N_("technician's self-check"),
    N_("team leader's check"),
    N_("inspector's final inspection"),
)
FINDINGS = N_("found on the car and not on the order: report it at once (W4), do not repair it unasked (W5)")


def job_card(desk: Desk, view: OrderView) -> Made:
    """The job card: one section for each agreed item, with the code that starts it and its checklist."""
    voice, found = desk.voice, works(desk.session, view.facts.number)
    proven = view.facts.plate_verified
    fields = [
        Field(voice(PLATE if proven else WRITE_PLATE), (view.plate or "") if proven else "\n"),
        Field(voice(FRAME_END), view.vin[-8:] if proven else ""),
        Field(voice(VEHICLE), view.vehicle),
        Field(voice(BAY), view.bay),
        Field(voice(TEAM), view.team),
        Field(voice(TECHNICIAN), view.technician),
        Field(voice(PROMISED), voice.moment(view.facts.promised_at)),
        Field(voice(HOURS), voice.minutes(sum(item.minutes for item in view.facts.agreed_items))),
        Field("", ""),
        Field(voice(REQUEST), view.request, wide=True),
    ]
    sections: list[Block] = []
    for place, item in enumerate(agreed_items(view), 1):
        sections += _section(desk, place, item, found[item.facts.number])
    return Made(
        voice.text(TITLE),
        view.facts.number,
        (
            grid(fields),
            *sections,
            grid([Field(voice(FINDINGS), "\n\n\n", wide=True)]),
            Signatures(((voice(SELF_CHECK), view.technician), (voice(LEADER), ""), (voice(INSPECTOR), ""))),
        ),
    )


def _section(desk: Desk, place: int, item: ItemView, work: Work) -> Iterator[Block]:
    voice = desk.voice
    name = voice.value(item.facts.name).replace("\n", " ")
    yield Heading(f"{place}. {name}  ({voice.minutes(item.facts.minutes)} h)", item.facts.number)
    if work.precautions:
        yield Prose(voice.text(PRECAUTIONS, precautions=tuple(one.label for one in work.precautions)), small=True)
    if work.watcher:
        yield Prose(voice.text(WATCHER), small=True)
    parts = [
        f"{pieces(line.facts.quantity, voice.value(line.facts.name)).replace(chr(10), ' ')} ({line.facts.part_no})"
        for line in item.lines
        if line.facts.agreed
    ]
    if parts:
        yield Prose(f"{voice(PARTS)}: {'; '.join(parts)}", small=True)
    begun = [f"{person}  {voice.moment(start)} – {voice.moment(end)}" for person, start, end in work.stretches]
    yield grid([Field(voice(WORKED), "\n".join(begun), wide=True)])
    yield Table(
        (
            Column("#", 0.4, right=True),
            Column(voice(CHECK), 6),
            Column(voice(LIMITS), 1.6),
            Column(voice(VALUE), 1.4),
            Column(voice(RESULT), 2),
        ),
        tuple((str(row), voice.value(line.text), limits(line), "", "") for row, line in enumerate(work.lines, 1)),
    )
