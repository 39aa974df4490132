"""What a person may do with something: found from the commands' own declarations, so that every act is reachable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workshop.commands.base import Command, OrderAct, commands
from workshop.domain.moves import wrong_stage
from workshop.domain.reasons import Reason
from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.domain.words import N_
from workshop.tui.forms.spec import reference_of

# What the modules of commands are called where their acts are listed.
PLACES = {
    "reception": N_("Reception"),
    "vehicles": N_("Customers and vehicles"),
    "old_parts": N_("Old parts"),
    "stock": N_("Stock"),
    "tools": N_("Tools"),
    "damage": N_("Damage and loss"),
    "tool_catalogue": N_("Tool catalogue"),
    "catalogue": N_("Catalogue"),
    "people": N_("People"),
    "training": N_("Trainings"),
    "spot_checks": N_("Spot checks and violations"),
    "areas": N_("Areas and cleaning plans"),
    "calendar": N_("Working calendar"),
    "high_voltage": N_("High voltage"),
    "shop": N_("The shop"),
}
# What takes an order on from each stage: offered first.
_NEXT: Mapping[Stage | None, tuple[str, ...]] = {
    Stage.OPENED: ("dispatch",),
    Stage.DISPATCHED: ("verify-plate",),
    Stage.PLATE_VERIFIED: ("confirm-items",),
    Stage.ITEMS_CONFIRMED: ("start-item",),
    Stage.IN_WORK: ("sign-self-check",),
    Stage.SELF_CHECKED: ("offer-hand-over", "take-over"),
    Stage.HANDED_OVER: ("pass-inspection",),
    Stage.RELEASED: ("deliver",),
}
_LAST = frozenset({"cancel-order"})
_PRINTS = "print-paper"
"""Recorded by what makes the paper (`tui/printing.py`); its bare form would record a paper that nobody made."""
# What may be entered by hand or scanned, so that an act on it can begin without having it on the screen.
_TYPEABLE = frozenset(
    {"part", "person", "vin", "operation", "checklist", "old_part", "team", "timezone", "plate"}
    | {"tool", "cart", "tool_model", "area", "cleaning_plan"}
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the cursor is on: what it is called, and the values that acts on it need, by kind.

    The kinds: order, item, part_line, issue, self_check, inspection_check, discrepancy, finding, change_line, old_part,
    part, operation, vin, person, bay, tool, cart, session, liability_case, area, spot_check, assembly, lift (with a
    vehicle on it), high_voltage and shutdown (an order with such work, or with its high voltage off). From the general
    to the special, such as
    `Subject("刹车片", {"order": "1000000018", "item": "1100000012"}, stage=Stage.IN_WORK)`. `given` fills fields of the
    forms by name (`{"odometer": 52000}`), to be changed by the person.
    """

    title: str
    values: Mapping[str, object]
    stage: Stage | None = None
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """An act, the fields already known for it, and why it cannot be done now, if so."""

    command: type[Command]
    known: Mapping[str, object]
    blocked: Reason | None = None


def offers(roles: Iterable[Role], subject: Subject) -> list[Offer]:
    """The acts on a subject that the roles allow, most special first; those that the stage blocks come last."""
    held = frozenset(roles)
    kinds = list(subject.values)
    found = []
    for command in commands().values():
        anchor = anchor_of(command)
        if anchor and command.roles & held and reference_of(command, anchor) in subject.values:
            found.append(
                (
                    kinds.index(reference_of(command, anchor)),
                    Offer(command, known(command, subject), _blocked(command, subject)),
                )
            )
    found.sort(key=lambda pair: (pair[1].blocked is not None, -pair[0], *_order(pair[1].command, subject.stage)))
    return [offer for _, offer in found]


def free_offers(roles: Iterable[Role]) -> list[Offer]:
    """The acts that need nothing on the screen to begin with, by place."""
    held = frozenset(roles)
    return [
        Offer(command, {})
        for command in sorted(commands().values(), key=lambda one: one.place)
        if command.roles & held and _begins_anywhere(command) and command.name != _PRINTS
    ]


def anchor_of(command: type[Command]) -> str:
    """The field that says what an act is done to: the first required one that names something; or empty."""
    for name, info in command.model_fields.items():
        if info.is_required() and reference_of(command, name):
            return name
    return ""


def known(command: type[Command], subject: Subject) -> dict[str, object]:
    """The fields of an act that the subject already answers."""
    kinds = {name: reference_of(command, name) for name in command.model_fields}
    return {name: subject.values[kind] for name, kind in kinds.items() if kind in subject.values}


def _blocked(command: type[Command], subject: Subject) -> Reason | None:
    if subject.stage is None or not issubclass(command, OrderAct):
        return None
    return next(iter(wrong_stage(subject.stage, command.stages, command.rule)), None)


def _order(command: type[Command], stage: Stage | None) -> tuple[bool, bool, str]:
    """What takes the order to its next stage first, its end last."""
    return command.name not in _NEXT.get(stage, ()), command.name in _LAST, command.name


def _begins_anywhere(command: type[Command]) -> bool:
    anchor = anchor_of(command)
    return not anchor or reference_of(command, anchor) in _TYPEABLE
