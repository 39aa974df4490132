"""竣工出厂合格证: the completion certificate in its three parts: customer's, shop's, and the guarantee card (W7c).

Source: the ministry's rule on the administration of motor vehicle repair (机动车维修管理规定) and its form.
"""

from collections.abc import Iterable

from workshop.documents.blocks import Block, Column, Cut, Field, Heading, Prose, Signatures, Table
from workshop.documents.papers.making import (
    CERTIFICATE,
    MILEAGE_OUT,
    ORDER_NO,
    PLATE,
    RELEASED,
    VEHICLE,
    VEHICLE_CLASS,
    VIN,
    Desk,
    Made,
    grid,
    kilometres,
)
from workshop.documents.voice import Voice
from workshop.domain.guarantee import needs_certificate
from workshop.domain.states import ItemState
from workshop.domain.words import N_, Message
from workshop.queries.orders import ItemView, OrderView
from workshop.queries.papers import CarData, car_data

TITLE = N_("Certificate of completed vehicle repair")
CUSTOMERS_PART, SHOPS_PART, CARD = N_("Customer's part"), N_("Shop's part"), N_("Guarantee card")
CLIENT, REPAIRER, REPAIRER_PHONE, CLASS = N_("client"), N_("repairer"), N_("repairer's telephone"), N_("repair class")
PLATE_AND_COLOUR = N_("plate number (with colour)")
PASSED = N_("This vehicle was repaired and has passed the completion inspection. It may leave the shop.")
INSPECTOR, RECEIVER, SHOP = (
    N_("quality inspector's signature, seal"),
    N_("received for the customer"),
    N_("repairer's seal"),
)
GUARANTEE = N_("Guaranteed, counted from the release, whichever comes first:")
UNTIL, AT_MOST = N_("until"), N_("up to odometer")
ITEM = N_("repair item")
TERMS = N_(
    "Within the guarantee period the repairer mends free of charge, without delay, what fails by reason of the repair, "
    "and the guarantee of that work begins anew. If the repairer cannot show within three days that the failure has "
    "another cause, the repairer bears it. What is used or fitted against the maker's instructions is not covered."
)
RETURNS, DATE, FAULT, DONE, SIGNED = (
    N_("Return repairs within the guarantee"),
    N_("date"),
    N_("fault"),
    N_("what was done"),
    N_("signed"),
)


def certificate(desk: Desk, view: OrderView) -> Made:
    """The certificate of a released order that has a certificate number."""
    voice, car = desk.voice, car_data(desk.session, view.facts.number)
    items = [item for item in view.items if item.facts.state is ItemState.DONE]
    classes = dict.fromkeys(item.repair_class for item in items if needs_certificate(item.repair_class))
    fields = _fields(desk, view, car, voice.value(tuple(one.label for one in classes)))
    signers = ((voice(INSPECTOR), car.inspector), (voice(SHOP), ""), (voice(RECEIVER), car.received_by))
    body: tuple[Block, ...] = (grid(fields), Prose(voice.text(PASSED)), Signatures(signers))
    return Made(
        voice.text(TITLE),
        view.facts.number,
        (
            Cut(voice(CUSTOMERS_PART)),
            *body,
            Cut(_part(voice, SHOPS_PART)),
            *body,
            Cut(_part(voice, CARD)),
            *_card(desk, view, items),
        ),
    )


def _part(voice: Voice, part: Message) -> str:
    titles, parts = voice.text(TITLE).split("\n"), voice.text(part).split("\n")
    return "\n".join("  ".join(pair) for pair in zip(titles, parts, strict=True))


def _fields(desk: Desk, view: OrderView, car: CarData, classes: str) -> list[Field]:
    voice = desk.voice
    plate = f"{view.plate or ''} ({car.plate_colour})" if car.plate_colour else view.plate or ""
    released = voice.day(voice.here(car.released_at)) if car.released_at else ""
    return [
        Field(voice(CERTIFICATE), view.certificate_no or ""),
        Field(voice(ORDER_NO), view.facts.number),
        Field(voice(CLASS), classes),
        Field(voice(CLIENT), view.customer),
        Field(voice(PLATE_AND_COLOUR), plate),
        Field(voice(VEHICLE), view.vehicle),
        Field(voice(VEHICLE_CLASS), voice.value(car.vehicle_class)),
        Field(voice(VIN), view.vin),
        Field(voice(REPAIRER), desk.shop.name),
        Field(voice(REPAIRER_PHONE), desk.shop.phone),
        Field(voice(RELEASED), released),
        Field(voice(MILEAGE_OUT), kilometres(view.odometer_out)),
    ]


def _card(desk: Desk, view: OrderView, items: Iterable[ItemView]) -> tuple[Block, ...]:
    voice = desk.voice
    head = f"{voice(CERTIFICATE)} {view.certificate_no}   {voice(PLATE)} {view.plate or view.vin}   {voice(GUARANTEE)}"
    rows = tuple(
        (
            voice.value(item.facts.name).replace("\n", " "),  # three parts want one page
            voice.value(item.repair_class),
            voice.day(item.guarantee_until),
            kilometres(item.guarantee_odometer),
        )
        for item in items
    )
    heads = (Column(voice(ITEM), 5), Column(voice(CLASS), 2.8), Column(voice(UNTIL), 2), Column(voice(AT_MOST), 2.2))
    returns = (Column(voice(DATE), 1.3), Column(voice(FAULT), 3), Column(voice(DONE), 3), Column(voice(SIGNED), 1.7))
    return (
        Prose(head),
        Table(heads, rows),
        Prose(voice.text(TERMS), small=True),
        Heading(voice(RETURNS)),
        Table(returns, (("\n", "", "", ""), ("\n", "", "", ""))),
    )
