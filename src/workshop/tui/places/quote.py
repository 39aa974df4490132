"""What the items of a new order come to: hours and money, with the parts that the car takes."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from workshop.domain.fitment import Match
from workshop.domain.words import N_
from workshop.i18n import Translator, money
from workshop.queries import choices
from workshop.queries.choices import OperationChoice, PartChoice
from workshop.tui.gateway import Gateway

FIT = {Match.FITS: N_("fits"), Match.DOES_NOT_FIT: N_("DOES NOT FIT"), Match.NO_DATA: N_("no fitment data")}
PART = N_("+ {pieces} × {part}  {money}  {fit}, {stock} in stock")

Given = Mapping[str, Any]
"""An item or a part as it stands in a form: what was typed, by field."""


@dataclass
class Quote:
    """The catalogue, as far as the items of one order for one car have asked for it."""

    gateway: Gateway
    vin: str
    _operations: dict[str, OperationChoice] = field(default_factory=dict)
    _parts: dict[str, PartChoice] = field(default_factory=dict)

    async def item(self, code: str) -> Given | None:
        """A new item with its hours, its price and the usual parts that fit the car; None where none has this code."""
        await self._learn_operation(code)
        operation = self._operations.get(code)
        if operation is None:
            return None
        usual = await self.gateway.query(choices.usual_parts, code, self.vin)
        self._parts |= {part.part_no: part for part in usual}
        parts = [{"part_no": part.part_no, "quantity": part.quantity, "price": str(part.price)} for part in usual]
        return {
            "operation": code,
            "minutes": str(operation.minutes),
            "price": str(operation.price),
            "parts": parts,
        }

    async def learn(self, items: Sequence[Given]) -> None:
        """Look up what these items name and was not looked up before."""
        for item in items:
            await self._learn_operation(str(item.get("operation", "")))
            for part in item.get("parts") or ():
                await self._learn_part(str(part.get("part_no", "")))

    async def _learn_operation(self, code: str) -> None:
        if code not in self._operations:
            found = await self.gateway.query(choices.operations, code)
            self._operations |= {one.code: one for one in found if one.code == code}

    async def _learn_part(self, part_no: str) -> None:
        if part_no not in self._parts:
            found = await self.gateway.query(choices.parts, part_no, self.vin)
            self._parts |= {one.part_no: one for one in found if one.part_no == part_no}

    def minutes(self, item: Given) -> int:
        """The hours of an item: what was typed, else the catalogue's."""
        known = self._operations.get(str(item.get("operation")))
        return int(_number(item.get("minutes"), Decimal(known.minutes if known else 0)))

    def labour(self, item: Given) -> Decimal:
        """The labour charge of an item."""
        known = self._operations.get(str(item.get("operation")))
        return _number(item.get("price"), known.price if known else Decimal(0))

    def money(self, item: Given) -> Decimal:
        """What an item comes to with its parts."""
        parts = (self._each(part) * _number(part.get("quantity"), Decimal(1)) for part in item.get("parts") or ())
        return sum(parts, start=self.labour(item))

    def _each(self, part: Given) -> Decimal:
        known = self._parts.get(str(part.get("part_no")))
        return _number(part.get("price"), known.price if known else Decimal(0))

    def told(self, item: Given, t: Translator) -> str:
        """An item in words."""
        code = str(item.get("operation", ""))
        known = self._operations.get(code)
        name = t.name(known.name) if known else ""
        return "  ".join(filter(None, (code, name, t.minutes(self.minutes(item)), money(self.labour(item)))))

    def told_parts(self, item: Given, t: Translator) -> str:
        """Its parts in words, with whether they fit."""
        return "\n".join(self._told_part(part, t) for part in item.get("parts") or ())

    def _told_part(self, part: Given, t: Translator) -> str:
        known = self._parts.get(str(part.get("part_no")))
        pieces = _number(part.get("quantity"), Decimal(1))
        return t(
            PART,
            part=f"{part.get('part_no', '')} {t.name(known.name) if known else ''}".strip(),
            pieces=pieces,
            money=money(self._each(part) * pieces),
            fit=FIT[known.match if known else Match.NO_DATA],
            stock=known.in_stock if known else 0,
        )


def _number(typed: Any, otherwise: Decimal) -> Decimal:
    """A typed number, as far as it is one yet."""
    try:
        number = Decimal(unicodedata.normalize("NFKC", str(typed)).replace(",", "").replace("¥", "").strip())
    except InvalidOperation:
        return otherwise
    return number if number.is_finite() else otherwise
