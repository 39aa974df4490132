"""How long an order stayed in each stage, told from its acts.

Rows keep the stage that an order is in now, and the times of some stages only. The acts in the ledger are the one
record of every entry into every stage, those after a send-back or another dispatch included, and nobody can change
them; so the acts are gone through once more, in the order in which they were done.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workshop.domain.figures import between
from workshop.domain.states import ChangeKind, Decision, Stage
from workshop.domain.words import JsonValue

_DISPATCH: Final = "dispatch"
_VERIFY: Final = "verify-plate"
_DECIDE: Final = "decide-line"

# Acts by the names that the ledger keeps for ever, and the stage that each leads to whenever it is done.
_ALWAYS: Final[Mapping[str, Stage]] = {
    "open-order": Stage.OPENED,
    "confirm-items": Stage.ITEMS_CONFIRMED,
    "start-item": Stage.IN_WORK,
    "sign-self-check": Stage.SELF_CHECKED,
    "take-over": Stage.HANDED_OVER,
    "send-back": Stage.IN_WORK,
    "fail-inspection": Stage.IN_WORK,
    "pass-inspection": Stage.RELEASED,
    "deliver": Stage.DELIVERED,
    "cancel-order": Stage.CANCELLED,
}
LOOKED_INTO: Final = (_DISPATCH, _VERIFY, _DECIDE)
"""The acts that move an order or not, as their fields and what came of them say."""
MOVING: Final = (*_ALWAYS, *LOOKED_INTO)
"""The acts that may move an order to another stage."""

_BEFORE_WORK: Final = (Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED)
_CHECKED: Final = (Stage.SELF_CHECKED, Stage.HANDED_OVER)
_NEW_WORK: Final = tuple({"text": str(kind.label)} for kind in (ChangeKind.ADD_ITEM, ChangeKind.ADD_PART))


@dataclass(frozen=True, slots=True)
class Act:
    """An act on an order as the ledger keeps it: when, which command, its fields, what came of it."""

    at: datetime
    command: str
    fields: Mapping[str, JsonValue]
    outcome: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch in one stage; `until` is None while it lasts."""

    stage: Stage
    since: datetime
    until: datetime | None

    @property
    def lasted(self) -> timedelta:
        """How long; nothing while it lasts."""
        return between(self.since, self.until) if self.until else timedelta()


def stays(acts: Iterable[Act]) -> list[Stay]:
    """The order's stays, from its acts in the order of the ledger."""
    found: list[Stay] = []
    for stage, at in _entries(acts):
        if found:
            found[-1] = Stay(found[-1].stage, found[-1].since, at)
        found.append(Stay(stage, at, None))
    return found


def _entries(acts: Iterable[Act]) -> Iterator[tuple[Stage, datetime]]:
    stage: Stage | None = None
    place: tuple[JsonValue, JsonValue] | None = None
    for act in acts:
        before, place_before = stage, place
        if act.command == _DISPATCH:
            place = act.fields.get("technician"), act.fields.get("bay")
        stage = _stage_after(stage, act, moved=place != place_before)
        if stage is not None and stage is not before:
            yield stage, act.at


def _stage_after(stage: Stage | None, act: Act, *, moved: bool) -> Stage | None:
    if act.command in _ALWAYS:
        return _ALWAYS[act.command]
    if act.command == _DISPATCH:
        begins_anew = stage is Stage.OPENED or (stage in _BEFORE_WORK and moved)
        return Stage.DISPATCHED if begins_anew else stage
    if act.command == _VERIFY:
        return Stage.PLATE_VERIFIED if act.outcome.get("matched") else stage
    if act.command == _DECIDE and stage in _CHECKED:
        agreed = act.fields.get("decision") == Decision.APPROVED.value
        return Stage.IN_WORK if agreed and act.outcome.get("kind") in _NEW_WORK else stage
    return stage
