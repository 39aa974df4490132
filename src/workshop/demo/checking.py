"""Self-check, hand-over and final inspection of a demo order."""

from collections.abc import Iterable
from decimal import Decimal

from workshop.commands.hand_over import OfferHandOver, TakeOver
from workshop.commands.inspection import AnswerInspection, PassInspection
from workshop.commands.self_check import AnswerCheck, SignSelfCheck
from workshop.demo.director import Pauses
from workshop.demo.visit import Visit
from workshop.domain.checks import CheckLine
from workshop.domain.states import Answer
from workshop.queries.checks import CheckView, final_inspection, self_check

ROAD_TEST = 5
"""How far a car is driven between arrival and release, in km."""
_EVERY_LINE = 1000


def answer_self_check(visit: Visit, most: int = _EVERY_LINE) -> Pauses:
    """The technician answers the open lines of the self-check, at most so many."""
    for view in _still_open(self_check(visit.director.session, visit.order))[:most]:
        yield 0.4
        command = AnswerCheck(check=view.id, answer=Answer.OK, value=measured(view.line))
        visit.act(visit.technician, command)


def sign_self_check(visit: Visit) -> Pauses:
    """The technician answers every line, then signs."""
    yield from answer_self_check(visit)
    yield 0.5
    visit.act(visit.technician, SignSelfCheck(order=visit.order))


def offer(visit: Visit) -> None:
    """The technician signs the hand-over."""
    visit.act(visit.technician, OfferHandOver(order=visit.order, tools_clean=True))


def take_over(visit: Visit) -> None:
    """The team leader takes the order over."""
    visit.act(visit.leader, TakeOver(order=visit.order))


def answer_inspection(visit: Visit, most: int = _EVERY_LINE) -> Pauses:
    """The inspector answers the open lines of the final inspection, at most so many."""
    for view in _still_open(final_inspection(visit.director.session, visit.order))[:most]:
        yield 0.7
        command = AnswerInspection(check=view.id, answer=Answer.OK, value=measured(view.line))
        visit.act(visit.inspector, command)


def pass_inspection(visit: Visit) -> Pauses:
    """The inspector answers every line, then releases the vehicle."""
    yield from answer_inspection(visit)
    yield 1
    visit.act(visit.inspector, PassInspection(order=visit.order, odometer=visit.plan.odometer + ROAD_TEST))


def measured(line: CheckLine) -> Decimal | None:
    """A value well within the line's limits; None where none is asked for."""
    if not line.value_required:
        return None
    if line.low is not None and line.high is not None:
        return (line.low + line.high) / 2
    if line.low is not None:
        return line.low + abs(line.low) / 2
    return line.high - abs(line.high) / 2 if line.high is not None else Decimal(1)


def _still_open(views: Iterable[CheckView]) -> list[CheckView]:
    return [view for view in views if view.answer is None]
