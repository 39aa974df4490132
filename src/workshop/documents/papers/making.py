"""What every paper is made with, and the parts that several share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from workshop.documents.blocks import Block, Column, Field, Fields, Table
from workshop.documents.voice import Voice
from workshop.domain.checks import CheckLine
from workshop.domain.words import N_
from workshop.queries.orders import ItemView, OrderView
from workshop.queries.papers import CarData
from workshop.queries.shop import ShopView

PLATE, PLATE_COLOUR, VIN, ENGINE = N_("plate number"), N_("plate colour"), N_("VIN"), N_("engine")
VEHICLE, VEHICLE_CLASS = N_("vehicle"), N_("vehicle class")
CUSTOMER, BROUGHT_BY, PHONE = N_("customer"), N_("brought by"), N_("telephone")
MILEAGE_IN, MILEAGE_OUT = N_("mileage in"), N_("mileage out")
ARRIVED, PROMISED, ADVISOR = N_("date of arrival"), N_("promised for"), N_("service advisor")
REQUEST = N_("customer's request")
ITEM, HOURS, LABOUR, REMARK = N_("repair item"), N_("hours"), N_("labour charge"), N_("remark")
PART, PART_NO, QUANTITY, PRICE, AMOUNT = (
    N_("part"),
    N_("part number"),
    N_("quantity"),
    N_("unit price"),
    N_("amount"),
)
PART_NAME, PART_CODE, KIND = N_("part name"), N_("part code"), N_("genuine / equivalent / reconditioned")
ORDER_NO, RELEASED = N_("repair order number"), N_("date of release")
CERTIFICATE = N_("completion certificate number")
LABOUR_SUM, PARTS_SUM, TOTAL = N_("labour charges"), N_("parts charges"), N_("total")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a paper is made with: records, language, the time and the shop."""

    session: Session
    voice: Voice
    now: datetime
    shop: ShopView


@dataclass(frozen=True, slots=True)
class Made:
    """A paper before it is put on a sheet: its title, the number at its top, what stands on it, what it is about."""

    title: str
    number: str
    blocks: tuple[Block, ...]
    about: str = ""


def vehicle_fields(view: OrderView, car: CarData, voice: Voice) -> list[Field]:
    """Customer and vehicle as the official forms ask for them."""
    year = f" {car.model_year}" if car.model_year else ""
    return [
        Field(voice(CUSTOMER), view.customer),
        Field(voice(BROUGHT_BY), view.brought_by or view.customer),
        Field(voice(PHONE), view.phone),
        Field(voice(PLATE), view.plate or ""),
        Field(voice(PLATE_COLOUR), car.plate_colour),
        Field(voice(VEHICLE_CLASS), voice.value(car.vehicle_class)),
        Field(voice(VEHICLE), f"{view.vehicle}{year}"),
        Field(voice(VIN), view.vin),
        Field(voice(ENGINE), car.engine),
    ]


def kilometres(count: int | None) -> str:
    """A reading of the odometer; empty for none."""
    return f"{count:,} km" if count is not None else ""


def pieces(count: int, name: str) -> str:
    """So many of a thing in a sentence, as the screens say it: 2 × brake pad."""
    return f"{count} × {name}"


def limits(line: CheckLine) -> str:
    """The limits of a check with their unit; print has the signs that terminals draw one or two cells wide."""
    return f"{line.limits.replace('>=', '≥').replace('<=', '≤')} {line.unit}".strip()


def items_table(items: Iterable[ItemView], voice: Voice, *, remark: bool = True) -> Table:
    """The items with hours and labour charge."""
    heads = [
        Column("#", 0.5, right=True),
        Column(voice(ITEM), 6 if remark else 8.5),
        Column(voice(HOURS), 1, right=True),
    ]
    heads.append(Column(voice(LABOUR), 1.8, right=True))
    rows = [
        [str(place), voice.value(item.facts.name), voice.minutes(item.facts.minutes), voice.money(item.price)]
        for place, item in enumerate(items, 1)
    ]
    if remark:
        heads.append(Column(voice(REMARK), 2.5))
        rows = [[*row, ""] for row in rows]
    return Table(tuple(heads), tuple(tuple(row) for row in rows))


def _parts_rows(items: Iterable[ItemView], voice: Voice) -> list[tuple[str, ...]]:
    """The agreed parts that were needed: place, name, number, pieces, price, amount."""
    rows: list[tuple[str, ...]] = []
    for item in items:
        for line in item.lines:
            count = line.facts.fitted if line.facts.not_needed else line.facts.quantity
            if line.facts.agreed and count:
                name, number = voice.value(line.facts.name), line.facts.part_no
                amount = voice.money(line.price * count)
                rows.append((str(len(rows) + 1), name, number, str(count), voice.money(line.price), amount))
    return rows


def parts_table(
    items: Iterable[ItemView], voice: Voice, *ticked: Column, sums: tuple[tuple[str, str], ...] = ()
) -> Table:
    """The agreed parts with their prices, in the words of the official forms; what is `ticked` is so by hand."""
    heads = (
        Column("#", 0.5, right=True),
        Column(voice(PART_NAME), 3.9),
        Column(voice(PART_CODE), 3.1),
        *ticked,
        Column(voice(QUANTITY), 1.2, right=True),
        Column(voice(PRICE), 1.6, right=True),
        Column(voice(AMOUNT), 1.8, right=True),
    )
    blank = ("",) * len(ticked)
    return Table(heads, tuple((*row[:3], *blank, *row[3:]) for row in _parts_rows(items, voice)), sums)


def sums(items: Iterable[ItemView], voice: Voice) -> tuple[tuple[str, str], ...]:
    """Labour, parts and the total, in capital numerals too where there are any."""
    agreed = list(items)
    labour = sum((item.price for item in agreed), start=Decimal(0))
    whole = sum((item.total for item in agreed), start=Decimal(0))
    capital = voice.capital(whole)
    return (
        (voice(LABOUR_SUM), voice.money(labour)),
        (voice(PARTS_SUM), voice.money(whole - labour)),
        (f"{voice(TOTAL)}  {capital}".rstrip(), voice.money(whole)),
    )


def agreed_items(view: OrderView) -> tuple[ItemView, ...]:
    """The items that the customer consented to."""
    return tuple(item for item in view.items if item.facts.agreed)


def grid(fields: Iterable[Field], columns: int = 3) -> Fields:
    """Fields side by side."""
    return Fields(tuple(fields), columns)
