"""The stages of a repair order and the moves between them, as one table (RULES W1 to W7c)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workshop.domain import gates, safety_gates, tool_gates
from workshop.domain.facts import OrderFacts
from workshop.domain.gates import Gate
from workshop.domain.reasons import Reason, ReasonKind, require
from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.domain.words import N_, Message

WRONG_STAGE = ReasonKind("-", "wrong_stage", N_("The order is {stage}; this is possible only when it is: {stages}"))


@dataclass(frozen=True, slots=True)
class Move:
    """One way from a stage to the next: who may take it and which gates must be open."""

    name: str
    label: Message
    sources: tuple[Stage, ...]
    target: Stage
    roles: tuple[Role, ...]
    gates: tuple[Gate, ...] = ()
    forward: bool = True

    def objections(self, facts: OrderFacts) -> list[Reason]:
        """Everything that stands in the way of this move now."""
        return [reason for gate in self.gates for reason in gate(facts)]

    def require(self, facts: OrderFacts) -> Stage:
        """The stage that the order moves to; `Refused` with all the reasons if it may not."""
        require(wrong_stage(facts.stage, self.sources, "-"))
        require(self.objections(facts))
        return self.target


def wrong_stage(stage: Stage, allowed: tuple[Stage, ...], rule: str) -> list[Reason]:
    """Why an act under this rule does not belong to the order's stage, if it does not."""
    if stage in allowed:
        return []
    return [replace(WRONG_STAGE(stage=stage.label, stages=tuple(one.label for one in allowed)), under=rule)]


_DONE_AND_SETTLED: tuple[Gate, ...] = (
    gates.has_items,
    gates.plate_verified,
    gates.discrepancies_answered,
    gates.changes_decided,
    gates.findings_answered,
    gates.items_done,
    gates.parts_fitted,
    gates.loans_settled,
    safety_gates.high_voltage_on,
    safety_gates.high_voltage_recorded,
    safety_gates.assemblies_accounted_for,
    gates.self_checks_answered,
    tool_gates.counted_at_the_end,
)

DISPATCH = Move(
    "dispatch",
    N_("dispatch"),
    (Stage.OPENED,),
    Stage.DISPATCHED,
    (Role.TEAM_LEADER, Role.MANAGER),
    (gates.has_items,),
)
VERIFY_PLATE = Move(
    "verify_plate",
    N_("check the plate on the car"),
    (Stage.DISPATCHED,),
    Stage.PLATE_VERIFIED,
    (Role.TECHNICIAN,),
    (gates.plate_not_held,),
)
CONFIRM_ITEMS = Move(
    "confirm_items",
    N_("confirm the items against the fault"),
    (Stage.PLATE_VERIFIED,),
    Stage.ITEMS_CONFIRMED,
    (Role.TECHNICIAN,),
    (gates.plate_verified, gates.discrepancies_answered),
)
START_WORK = Move(
    "start_work",
    N_("start the first item"),
    (Stage.ITEMS_CONFIRMED,),
    Stage.IN_WORK,
    (Role.TECHNICIAN,),
    (gates.plate_verified, gates.discrepancies_answered, tool_gates.counted_before_work),
)
SELF_CHECK = Move(
    "self_check",
    N_("sign the self-check"),
    (Stage.IN_WORK,),
    Stage.SELF_CHECKED,
    (Role.TECHNICIAN,),
    _DONE_AND_SETTLED,
)
TAKE_OVER = Move(
    "take_over",
    N_("take the order over"),
    (Stage.SELF_CHECKED,),
    Stage.HANDED_OVER,
    (Role.TEAM_LEADER, Role.INSPECTOR),
    (
        gates.changes_decided,
        gates.findings_answered,
        tool_gates.tools_back,
        safety_gates.vehicle_down,
        gates.handover_offered,
    ),
)
RELEASE = Move(
    "release",
    N_("pass the final inspection"),
    (Stage.HANDED_OVER,),
    Stage.RELEASED,
    (Role.INSPECTOR,),
    (*_DONE_AND_SETTLED, safety_gates.vehicle_down, gates.inspection_answered),
)
DELIVER = Move(
    "deliver",
    N_("deliver the vehicle"),
    (Stage.RELEASED,),
    Stage.DELIVERED,
    (Role.ADVISOR,),
    (gates.findings_answered, gates.changes_decided),
)
SEND_BACK = Move(
    "send_back",
    N_("send the order back to work"),
    (Stage.SELF_CHECKED,),
    Stage.IN_WORK,
    (Role.TEAM_LEADER, Role.INSPECTOR),
    (gates.handover_offered,),
    forward=False,
)
FAIL = Move(
    "fail",
    N_("fail the final inspection"),
    (Stage.HANDED_OVER,),
    Stage.IN_WORK,
    (Role.INSPECTOR,),
    forward=False,
)
RESUME = Move(
    "resume",
    N_("resume work for an added item"),
    (Stage.SELF_CHECKED, Stage.HANDED_OVER),
    Stage.IN_WORK,
    (Role.ADVISOR,),
    forward=False,
)
CANCEL = Move(
    "cancel",
    N_("cancel the order"),
    (Stage.OPENED, Stage.DISPATCHED, Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED, Stage.IN_WORK),
    Stage.CANCELLED,
    (Role.ADVISOR, Role.MANAGER),
    (
        gates.clocks_stopped,
        gates.nothing_fitted,
        gates.loans_settled,
        tool_gates.nothing_drawn,
        safety_gates.high_voltage_on,
        safety_gates.assemblies_accounted_for,
        safety_gates.vehicle_down,
    ),
    forward=False,
)

MOVES = (
    DISPATCH,
    VERIFY_PLATE,
    CONFIRM_ITEMS,
    START_WORK,
    SELF_CHECK,
    TAKE_OVER,
    RELEASE,
    DELIVER,
    SEND_BACK,
    FAIL,
    RESUME,
    CANCEL,
)


@dataclass(frozen=True, slots=True)
class NextStep:
    """The move that comes next and everything that still stands in its way."""

    move: Move
    missing: tuple[Reason, ...]


def next_step(facts: OrderFacts) -> NextStep | None:
    """What stands between the order and its next stage; None once its life is over."""
    move = next(_forward(facts.stage), None)
    return NextStep(move, tuple(move.objections(facts))) if move else None


def _forward(stage: Stage) -> Iterator[Move]:
    return (move for move in MOVES if move.forward and stage in move.sources)
