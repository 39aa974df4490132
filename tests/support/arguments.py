"""Arguments for any command, drawn from the rows that are there: plausible, off the mark, or nonsense.

They are made from the commands' own declarations, so a new command is tried without a change here.
"""

import random
import types
import typing
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin

import sqlalchemy as sa
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from sqlmodel import Session

from support.catalogue import AREAS, BAYS, CARTS, CHECKLISTS, OPERATIONS, PARTS, PLANS, TEAMS, TOOL_MODELS, VEHICLES
from workshop.commands.base import Command

POOLS = {
    "order": "SELECT number FROM repair_order ORDER BY id DESC LIMIT 12",
    "item": "SELECT number FROM order_item ORDER BY id DESC LIMIT 24",
    "part_line": "SELECT id FROM part_line ORDER BY id DESC LIMIT 24",
    "change_line": "SELECT id FROM change_line ORDER BY id DESC LIMIT 12",
    "issue": "SELECT id FROM part_issue ORDER BY id DESC LIMIT 16",
    "check": "SELECT id FROM check_answer ORDER BY id DESC LIMIT 30",
    "finding": "SELECT id FROM finding ORDER BY id DESC LIMIT 8",
    "discrepancy": "SELECT id FROM discrepancy ORDER BY id DESC LIMIT 6",
    "tag": "SELECT number FROM old_part ORDER BY id DESC LIMIT 16",
    "tool": "SELECT number FROM tool ORDER BY id DESC LIMIT 24",
    "missing_tool": "SELECT t.number FROM tool t JOIN tool_count_line l ON l.tool_id = t.id WHERE NOT l.seen "
    "AND NOT EXISTS (SELECT 1 FROM missing_tool s WHERE s.line_id = l.id) ORDER BY l.id DESC LIMIT 4",
    "cart": "SELECT number FROM cart ORDER BY id",
    "assembly": "SELECT id FROM removed_assembly ORDER BY id DESC LIMIT 12",
    "session": "SELECT id FROM training_session ORDER BY id DESC LIMIT 6",
    "case": "SELECT number FROM liability_case ORDER BY id DESC LIMIT 8",
    "badge": "SELECT badge FROM person ORDER BY id",
    "bay": "SELECT number FROM bay ORDER BY id",
    "part_no": "SELECT part_no FROM part ORDER BY id",
    "operation": "SELECT code FROM operation ORDER BY code",
    "area": "SELECT number FROM area ORDER BY id",
    "spot_check": "SELECT id FROM spot_check ORDER BY id DESC LIMIT 8",
}
"""What can be named in a command, the newest first; people and catalogue whole."""

WILD = ("W-1", "W-2", "W-3")
"""Names that the walk gives to what it enters itself."""

NASTY: tuple[Any, ...] = (
    "", " ", "[/red]", "[bold]", "\x00", "\x1b[2J", "\ud800", "\u202e", "０１２３", "🚗" * 70, "क़" * 60, "x" * 10_000,
    "1e400", "NaN", "Infinity", "-0", "1E+3", "2026-02-30", "9999999999", "1000000016", -1, 0, 2**31, 2**63, 10**30,
    1.5, float("nan"), None, True, [], {}, [[]], {"a": 1}, b"\xff",
)  # fmt: skip
TEXTS = (
    "换件",
    "noise at speed",
    "[/x] %s {0} {actor}",
    "漏油\n两处",
    "العربية",
    "😀",
    "'; DROP TABLE person; --",
    "क़" * 59,
)


class Arguments:
    """Draws the fields of commands."""

    def __init__(self, rng: random.Random, now: datetime) -> None:
        self.rng = rng
        self.now = now
        self.pools: dict[str, list[Any]] = {}
        self._odometer = 1000

    def look(self, session: Session) -> None:
        """Take the names and ids that are there now."""
        self.pools = {name: list(session.execute(sa.text(query)).scalars()) for name, query in POOLS.items()}

    def fields(self, command: type[Command]) -> dict[str, Any]:
        """Fields for a command: mostly plausible, now and then something missing or nonsense."""
        drawn = self._model(command, command.name)
        if self.rng.random() < 0.04 and drawn:
            drawn[self.rng.choice(sorted(drawn))] = self.rng.choice(NASTY)
        if self.rng.random() < 0.01 and drawn:
            del drawn[self.rng.choice(sorted(drawn))]
        return drawn

    def _model(self, model: type[BaseModel], owner: str) -> dict[str, Any]:
        chosen = {}
        for name, info in model.model_fields.items():
            if info.is_required() or self.rng.random() < 0.4:
                chosen[name] = self._field(owner, name, info)
        return chosen

    def _field(self, owner: str, name: str, info: FieldInfo) -> Any:
        maker = _BY_NAME.get(f"{owner}.{name}") or _BY_NAME.get(name)
        if maker is None or (name == "answer" and info.annotation is not str):
            return self._typed(owner, name, info.annotation)
        many = get_origin(info.annotation) is tuple
        return [maker(self) for _ in range(self.rng.randint(0, 2))] if many else maker(self)

    def _typed(self, owner: str, name: str, kind: Any) -> Any:
        origin, inner = get_origin(kind), get_args(kind)
        if origin in {typing.Annotated, typing.Union, types.UnionType}:
            return self._typed(owner, name, next(one for one in inner if one is not type(None)))
        if origin is tuple:
            return [self._typed(owner, name, inner[0]) for _ in range(self.rng.choice((0, 1, 1, 2)))]
        if origin is typing.Literal:
            return self.rng.choice(inner)
        if issubclass(kind, BaseModel):
            return self._model(kind, owner)
        options = list(kind) if issubclass(kind, Enum) else []
        return self.rng.choice(options) if options else _BY_TYPE[kind](self)

    def text(self) -> str:
        """Something that somebody might have typed."""
        return self.rng.choice(TEXTS)

    def name(self) -> str:
        """A name that the walk gives."""
        return self.rng.choice(WILD)

    def known(self, pool: str) -> Any:
        """One of the newest of its kind, or one that is not there."""
        there = self.pools.get(pool, [])
        if not there or self.rng.random() < 0.03:
            return self.rng.choice(("1000000016", 999_999, 1))
        return there[min(int(self.rng.expovariate(0.25)), len(there) - 1)]

    def one_of(self, pool: str) -> Any:
        """Any of its kind."""
        return self.rng.choice(self.pools[pool])

    def odometer(self) -> int:
        """Mileage goes up, mostly."""
        self._odometer += self.rng.randint(0, 20)
        return self._odometer if self.rng.random() < 0.95 else self.rng.randint(0, 2000)

    def moment(self) -> datetime:
        """A promise, mostly to come."""
        return self.now + timedelta(minutes=self.rng.randint(-60, 3000))

    def list_day(self) -> date:
        """The day of a cleaning list: today, mostly."""
        return (self.now + timedelta(hours=8, days=self.rng.choice((0, 0, 0, 0, -1, -2, 1)))).date()

    def calendar_day(self) -> date:
        """A day of this year, mostly."""
        day = date(self.now.year, 1, 1) + timedelta(days=self.rng.randint(0, 364))
        return day if self.rng.random() < 0.95 else day.replace(year=self.rng.choice((1, 1999, 9999)))

    def plate(self) -> str | None:
        """A plate of the town."""
        return self.rng.choice(VEHICLES)["plate"] if self.rng.random() < 0.8 else self.rng.choice(("粤B99999", None))

    def seen(self) -> str:
        """What may stand on a car."""
        car = self.rng.choice(VEHICLES)
        return self.rng.choice((car["plate"] or "粤B00001", car["vin"][-8:], car["vin"], "粤b·12345", self.text()))


Maker = Callable[[Arguments], Any]


def _pool(name: str) -> Maker:
    return lambda draw: draw.known(name)


def _any(name: str) -> Maker:
    return lambda draw: draw.one_of(name)


def _number(low: int, high: int) -> Maker:
    return lambda draw: draw.rng.randint(low, high)


def _choice(*options: Any) -> Maker:
    return lambda draw: draw.rng.choice(options)


_BY_NAME: dict[str, Maker] = {
    "order": _pool("order"),
    "comeback_of": _pool("order"),
    "item": _pool("item"),
    "remove": _pool("item"),
    "deferred": _pool("item"),
    "line": _pool("part_line"),
    "decide-line.line": _pool("change_line"),
    "issue": _pool("issue"),
    "check": _pool("check"),
    "finding": _pool("finding"),
    "discrepancy": _pool("discrepancy"),
    "tag": _pool("tag"),
    "technician": _any("badge"),
    "watcher": _any("badge"),
    "badge": _any("badge"),
    "holder": _any("badge"),
    "owner": _any("badge"),
    "tool": _pool("tool"),
    "sign-missing-tool.tool": _pool("missing_tool"),
    "scanned": _pool("tool"),
    "instrument": _pool("tool"),
    "cart": _pool("cart"),
    "home": _pool("cart"),
    "case": _pool("case"),
    "debtor": _any("badge"),
    "percent": _choice("100", "100", "50", "33.33", "66.67"),
    "put-tool-model.tool_code": _choice(*WILD, *WILD, "RATCHET", "SOCKETS"),
    "tool_code": _choice(*WILD, *(model["tool_code"] for model in TOOL_MODELS)),
    "cart_name": _choice(*WILD, *(cart[0] for cart in CARTS)),
    "service_days": _number(1, 400),
    "rated_load": _number(500, 5000),
    "volts": _choice("0", "0.4", "59.9", "60", "380", "-1"),
    "insulation": _choice("0.1", "0.4", "550"),
    "wait_minutes": _number(3, 30),
    "assembly": _pool("assembly"),
    "lift": _pool("tool"),
    "weight": _number(300, 5000),
    "session": _pool("session"),
    "attendee": _any("badge"),
    "excused": _any("badge"),
    "invited": _any("badge"),
    "invited_teams": _choice(*TEAMS),
    "starts_at": Arguments.moment,
    "ends_at": Arguments.moment,
    "certificate_days": _number(0, 900),
    "team": _choice(*TEAMS),
    "add-team.team": _choice(*TEAMS, *WILD),
    "bay": _any("bay"),
    "add-bay.bay": _choice(*BAYS, *WILD),
    "part_no": lambda draw: draw.one_of("part_no") if draw.rng.random() < 0.97 else "NONE",
    "put-part.part_no": _choice(*WILD, *WILD, *(part["part_no"] for part in PARTS)),
    "put-fits.part_no": _choice(*WILD, *WILD, "BULB", "OTHERS"),
    "operation": _any("operation"),
    "code": _choice(*WILD, *WILD, *WILD, OPERATIONS[-1]["code"]),
    "checklist": _choice(*CHECKLISTS, WILD[0]),
    "paper_about": lambda draw: draw.rng.choice(
        (draw.known("order"), draw.known("tag"), draw.one_of("badge"), "", "2026-01-05")
    ),
    "gear": _choice("", "gloves", "gloves;goggles", "drip_pan"),
    "vin": lambda draw: draw.rng.choice(VEHICLES)["vin"],
    "plate": Arguments.plate,
    "seen": Arguments.seen,
    "odometer": Arguments.odometer,
    "quantity": _choice(1, 1, 1, 2, 3),
    "counted": _number(0, 60),
    "timezone": _choice("Asia/Shanghai", "Europe/Berlin", "Mars/Base"),
    "promised_at": Arguments.moment,
    "phone": _choice("13800000001", "+86 138-0000-0002", "+" + "9" * 20, "9" * 20, "12"),
    "model_year": _number(1940, 2030),
    "make": _choice("Volkswagen", "Toyota", ""),
    "active": _choice(True, True, True, False),
    "area": _pool("area"),
    "area_name": _choice(*WILD, *(area for area, _, _ in AREAS)),
    "plan": _choice(*PLANS, *PLANS, WILD[0]),
    "last_day": Arguments.list_day,
    "list_day": Arguments.list_day,
    "position": _number(1, 6),
    "spot_check": _pool("spot_check"),
    "calendar_day": Arguments.calendar_day,
    "day": Arguments.calendar_day,
    "week_from": Arguments.list_day,
    "year": lambda draw: draw.now.year,
}
_BY_TYPE: dict[type, Maker] = {
    bool: _choice(True, False),
    int: _number(0, 500),
    str: Arguments.text,
    Decimal: _choice("0", "1.25", "2.5", "120", "100", "1E+2", "0.001", "-3", "33.33"),
    SecretStr: _choice("2580", "1357", "1111", "abc"),
    date: lambda draw: (draw.now + timedelta(days=draw.rng.randint(-400, 400))).date(),
}
