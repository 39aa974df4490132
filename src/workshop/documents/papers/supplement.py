"""追加项目单: what was asked to be added or changed, for the customer's answer (W4, W5)."""

from collections.abc import Iterator

from workshop.documents.blocks import Block, Column, Field, Heading, Prose, Signatures, Table
from workshop.documents.papers.making import (
    AMOUNT,
    CUSTOMER,
    HOURS,
    ITEM,
    PHONE,
    PLATE,
    PRICE,
    PROMISED,
    VEHICLE,
    Desk,
    Made,
    grid,
    pieces,
)
from workshop.documents.papers.repair_order import ADVISOR_SIGNS, CUSTOMER_SIGNS
from workshop.domain.states import ChangeKind
from workshop.domain.words import N_
from workshop.queries.orders import OrderView
from workshop.queries.papers import Asked, AskedLine, asked

TITLE = N_("Added-item sheet")
REQUEST_NO = N_("Request")
FOUND, SEVERITY, REASON = N_("what was found"), N_("severity"), N_("reason")
CHANGE, PARTS, ANSWER = N_("change"), N_("parts needed"), N_("customer's answer")
OPEN = N_("agree / decline / later")
NEW_TIME = N_("new time of delivery, if it changes")
CLAUSE = N_(
    "Nothing on this sheet is done before the customer has agreed to it. What is declined or put off is not done."
)
LEADER = N_("team leader")


def supplement(desk: Desk, view: OrderView) -> Made:
    """Every request on the order, each with its lines and the customer's answer or room for it."""
    voice = desk.voice
    fields = [
        Field(voice(CUSTOMER), view.customer),
        Field(voice(PHONE), view.phone),
        Field(voice(PLATE), view.plate or ""),
        Field(voice(VEHICLE), view.vehicle),
        Field(voice(PROMISED), voice.moment(view.facts.promised_at)),
        Field(voice(NEW_TIME), ""),
    ]
    blocks: list[Block] = [grid(fields)]
    for place, one in enumerate(asked(desk.session, view.facts.number), 1):
        blocks += _request(desk, place, one)
    signers = ((voice(CUSTOMER_SIGNS), ""), (voice(ADVISOR_SIGNS), view.advisor), (voice(LEADER), ""))
    return Made(
        voice.text(TITLE), view.facts.number, (*blocks, Prose(voice.text(CLAUSE), framed=True), Signatures(signers))
    )


def _request(desk: Desk, place: int, one: Asked) -> Iterator[Block]:
    voice = desk.voice
    yield Heading(f"{voice(REQUEST_NO)} {place}   {voice.moment(one.at)}   {one.raised_by}")
    fields = [Field(voice(REASON), one.reason, wide=True)] if one.reason and one.reason not in one.finding else []
    if one.finding:
        found = f"{one.finding}  [{voice.value(one.severity)}]"
        fields.insert(0, Field(f"{voice(FOUND)} / {voice(SEVERITY)}", found, wide=True))
    if fields:
        yield grid(fields)
    yield Table(
        (
            Column(voice(CHANGE), 1.6),
            Column(voice(ITEM), 3.2),
            Column(voice(HOURS), 0.9, right=True),
            Column(voice(PARTS), 3),
            Column(voice(AMOUNT), 1.7, right=True),
            Column(voice(ANSWER), 2.8),
        ),
        tuple(_line(desk, line) for line in one.lines),
    )


def _line(desk: Desk, line: AskedLine) -> tuple[str, ...]:
    voice = desk.voice
    parts = [
        f"{pieces(part.quantity, voice.value(part.name))}\n{voice(PRICE)} {voice.money(part.price)}"
        for part in line.parts
    ]
    amount = sum((part.price * part.quantity for part in line.parts), start=line.price)
    answer = voice(OPEN)
    if line.decision is not None:
        who = f"{voice.value(line.channel)}: {line.consented_by}" if line.channel else ""
        answer = "\n".join(filter(None, (voice.value(line.decision), who, voice.moment(line.decided_at), line.note)))
    return (
        voice.value(line.kind),
        voice.value(line.item),
        voice.minutes(line.minutes) if line.minutes else "",
        "\n".join(parts),
        "" if line.kind is ChangeKind.REMOVE_ITEM else voice.money(amount),
        answer,
    )
