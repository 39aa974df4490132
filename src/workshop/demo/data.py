"""The data files of the demo day: the shop, its people, the cars, the orders."""

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from workshop.domain.states import OldPartsChoice, Training

_IN_WHEEL: Final = Path(__file__).parents[1] / "data"
_IN_CHECKOUT: Final = Path(__file__).parents[3] / "data"
_ITEM: Final = re.compile(r"(?P<operation>\w+)(?:\[(?P<parts>[^]]*)\])?(?:@(?P<price>[\d.]+))?")


def data_folder() -> Path:
    """The folder of data files: beside the modules where Workshop is installed, at the root in a checkout."""
    return _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT


class ShopFile(BaseModel):
    """The shop of the demo: its data, teams, bays, and who holds which certificate."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    address: str
    phone: str
    administrator: str
    teams: tuple[str, ...]
    bays: tuple[str, ...]
    certificates: Mapping[Training, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An operation of a planned order; without `parts` (number, pieces) the usual ones, without `price` the list's."""

    operation: str
    parts: tuple[tuple[str, int], ...] | None = None
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """An order of the demo day: who, which car, and the story that brings it to where it stands.

    `opened` is minutes before now; `promised` minutes after it. `note` is what the story says in its special place.
    """

    story: str
    vin: str
    opened: int
    promised: int
    odometer: int
    advisor: str
    technician: str
    bay: str
    brought_by: str
    fuel: str
    belongings: str
    old_parts: OldPartsChoice
    items: tuple[PlannedItem, ...]
    request: str
    note: str


def shop_file() -> ShopFile:
    """The shop."""
    return ShopFile.model_validate(tomllib.loads((data_folder() / "demo" / "shop.toml").read_text(encoding="utf-8")))


def plans() -> list[Plan]:
    """The orders, as they stand in the file."""
    with (data_folder() / "demo" / "orders.csv").open(encoding="utf-8", newline="") as file:
        return [_plan(row) for row in csv.DictReader(file, strict=True)]


def _plan(row: dict[str, str]) -> Plan:
    return Plan(
        story=row["story"],
        vin=row["vin"],
        opened=int(row["opened"]),
        promised=int(row["promised"]),
        odometer=int(row["odometer"]),
        advisor=row["advisor"],
        technician=row["technician"],
        bay=row["bay"],
        brought_by=row["brought_by"],
        fuel=row["fuel"],
        belongings=row["belongings"],
        old_parts=OldPartsChoice(row["old_parts"]),
        items=tuple(_item(text) for text in row["items"].split(";") if text),
        request=row["request"],
        note=row["note"],
    )


def _item(text: str) -> PlannedItem:
    """`EN07`, or with parts and price of its own `EN07[06L121111H*1,WS-FLD-COOLANT*3]@0`."""
    found = _ITEM.fullmatch(text)
    if found is None:
        raise ValueError(text)
    parts = found["parts"]
    return PlannedItem(
        found["operation"],
        None if parts is None else tuple(_part(part) for part in parts.split(",") if part),
        None if found["price"] is None else Decimal(found["price"]),
    )


def _part(text: str) -> tuple[str, int]:
    part_no, _, pieces = text.rpartition("*")
    return part_no, int(pieces)
