"""维修档案: everything that was ever done to a vehicle here, and what is still offered to its owner."""

from workshop.documents.blocks import Block, Column, Field, Heading, Table
from workshop.documents.papers.making import (
    AMOUNT,
    CUSTOMER,
    ENGINE,
    ITEM,
    PHONE,
    PLATE,
    PLATE_COLOUR,
    REQUEST,
    VEHICLE,
    VEHICLE_CLASS,
    VIN,
    Desk,
    Made,
    grid,
    kilometres,
)
from workshop.domain.words import N_
from workshop.queries.vehicles import VehicleCard

TITLE = N_("Vehicle history")
VISITS, DATE, ORDER, STAGE, MILEAGE = N_("Visits"), N_("date"), N_("order"), N_("stage"), N_("mileage")
WAITING, STATE = N_("Deferred or declined, to be offered again"), N_("state")
GUARANTEED, UNTIL, AT_MOST = N_("Under guarantee, whichever comes first"), N_("until"), N_("up to odometer")


def vehicle_history(desk: Desk, card: VehicleCard) -> Made:
    """The history of a vehicle, the last visit first."""
    voice = desk.voice
    year = f" {card.model_year}" if card.model_year else ""
    fields = [
        Field(voice(PLATE), card.plate or ""),
        Field(voice(PLATE_COLOUR), card.plate_colour),
        Field(voice(VIN), card.vin),
        Field(voice(VEHICLE), f"{card.make} {card.model}{year}".strip()),
        Field(voice(VEHICLE_CLASS), voice.value(card.vehicle_class)),
        Field(voice(ENGINE), card.engine),
        Field(voice(CUSTOMER), card.customer),
        Field(voice(PHONE), card.phone),
        Field("", ""),
    ]
    blocks: list[Block] = [grid(fields), Heading(voice(VISITS)), _visits(desk, card)]
    if card.waiting:
        rows = tuple(
            (
                voice.value(line.name),
                voice.value(line.state),
                line.order_number,
                voice.day(voice.here(line.opened_at)),
                voice.money(line.price + line.parts),
            )
            for line in card.waiting
        )
        heads = (Column(voice(ITEM), 4), Column(voice(STATE), 1.5), Column(voice(ORDER), 1.8))
        blocks += [
            Heading(voice(WAITING)),
            Table((*heads, Column(voice(DATE), 1.8), Column(voice(AMOUNT), 1.8, right=True)), rows),
        ]
    if card.guaranteed:
        kept = tuple(
            (voice.value(one.name), one.order_number, voice.day(one.until), kilometres(one.odometer))
            for one in card.guaranteed
        )
        columns = (Column(voice(ITEM), 4), Column(voice(ORDER), 2), Column(voice(UNTIL), 2), Column(voice(AT_MOST), 2))
        blocks += [Heading(voice(GUARANTEED)), Table(columns, kept)]
    return Made(voice.text(TITLE), "", tuple(blocks), f"{card.plate or ''}  {card.vin}".strip())


def _visits(desk: Desk, card: VehicleCard) -> Table:
    voice = desk.voice
    return Table(
        (
            Column(voice(DATE), 1.9),
            Column(voice(ORDER), 1.8),
            Column(voice(STAGE), 1.3),
            Column(voice(MILEAGE), 1.6, right=True),
            Column(voice(REQUEST), 3),
            Column(voice(ITEM), 4),
        ),
        tuple(
            (
                voice.day(voice.here(visit.opened_at)),
                visit.order_number,
                voice.value(visit.stage),
                kilometres(visit.odometer),
                visit.request,
                "\n".join(voice.value(name).replace("\n", " ") for name in visit.items),
            )
            for visit in card.visits
        ),
    )
