"""领料单: what left the counter for an order, old for new (W6b)."""

from workshop.documents.blocks import Column, Field, Signatures, Table
from workshop.documents.papers.making import ITEM, PART, PART_NO, QUANTITY, VEHICLE, Desk, Made, grid
from workshop.domain.units import unit_word
from workshop.domain.words import N_
from workshop.queries.orders import OrderView
from workshop.queries.papers import issued

TITLE = N_("Parts issue slip")
TECHNICIAN, BAY = N_("technician"), N_("bay")
AT, GROUND, OLD_TAG = N_("issued at"), N_("ground"), N_("old-part tag")
CLERK_SIGNS, TECHNICIAN_SIGNS = N_("issued by"), N_("parts received by")


def issue_slip(desk: Desk, view: OrderView) -> Made:
    """Every issue of the order so far."""
    voice, rows = desk.voice, issued(desk.session, view.facts.number)
    heads = (
        Column("#", 0.5, right=True),
        Column(voice(AT), 2),
        Column(voice(ITEM), 2.6),
        Column(voice(PART), 3),
        Column(voice(PART_NO), 2.2),
        Column(voice(QUANTITY), 1.2, right=True),
        Column(voice(GROUND), 1.8),
        Column(voice(OLD_TAG), 1.7),
    )
    table = tuple(
        (
            str(place),
            voice.moment(row.at),
            voice.value(row.item),
            voice.value(row.name),
            row.part_no,
            f"{row.quantity} {voice.value(unit_word(row.unit))}",
            voice.value(row.basis),
            row.old_part,
        )
        for place, row in enumerate(rows, 1)
    )
    fields = [
        Field(voice(VEHICLE), view.vehicle),
        Field(voice(TECHNICIAN), view.technician),
        Field(voice(BAY), view.bay),
    ]
    clerks = ", ".join(dict.fromkeys(row.clerk for row in rows))
    takers = ", ".join(dict.fromkeys(row.technician for row in rows))
    signers = ((voice(CLERK_SIGNS), clerks), (voice(TECHNICIAN_SIGNS), takers))
    return Made(voice.text(TITLE), view.facts.number, (grid(fields), Table(heads, table), Signatures(signers)))
