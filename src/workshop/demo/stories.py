"""What happens to the orders of the demo day. Each story goes as far as its name says, and stops there."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlmodel import col, select

from workshop.commands.approvals import DecideLine
from workshop.commands.assemblies import RegisterAssembly
from workshop.commands.bay import ReportDiscrepancy
from workshop.commands.delivery import Deliver
from workshop.commands.findings import ReportFinding
from workshop.commands.fitting import AcceptWithoutFitData, SignWithoutFitData
from workshop.commands.hand_over import SendBack
from workshop.commands.inspection import FailInspection
from workshop.commands.labour import FinishItem, PauseItem
from workshop.commands.old_parts import MoveOldPart
from workshop.commands.reception import CancelOrder
from workshop.commands.shared import GivenDefect
from workshop.commands.tx import key
from workshop.db.tables import ChangeLine, OldPart, OrderItem, Part, PartLine
from workshop.demo import checking, working
from workshop.demo.data import PlannedItem
from workshop.demo.director import Pauses
from workshop.demo.lifting import put_up
from workshop.demo.tools import draw_own_cart
from workshop.demo.visit import Visit, listed
from workshop.domain.assemblies import Rest
from workshop.domain.states import (
    Channel,
    Decision,
    DefectClass,
    ItemState,
    OldPartState,
    PauseReason,
    Severity,
)

Story = Callable[[Visit], Pauses]


# --- as far as the floor ---------------------------------------------------------------------------------------------


def opened(visit: Visit) -> Pauses:
    """The car has just come."""
    visit.open()
    yield from ()


def back_again(visit: Visit) -> Pauses:
    """The car is back: what was deferred is taken up, what was declined is still on offer."""
    query = select(OrderItem.number).where(
        OrderItem.order_id == visit.last_order().id, OrderItem.state == ItemState.DEFERRED
    )
    visit.open(deferred=tuple(visit.director.session.exec(query)))
    yield from ()


def cancelled(visit: Visit) -> Pauses:
    """The customer changes his mind before anything was done."""
    yield from dispatched(visit)
    yield 20
    visit.act(visit.advisor, CancelOrder(order=visit.order, reason=visit.plan.note))


def dispatched(visit: Visit) -> Pauses:
    """A technician and a bay are named."""
    visit.open()
    yield 8
    visit.dispatch()


def plate_held(visit: Visit) -> Pauses:
    """The plate on the car (the note) is not the order's."""
    yield from dispatched(visit)
    yield 6
    visit.verify_plate(seen=visit.plan.note)


def plate_verified(visit: Visit) -> Pauses:
    """The plate on the car is the order's."""
    yield from dispatched(visit)
    yield 6
    visit.verify_plate()


def discrepancy(visit: Visit) -> Pauses:
    """What the customer told is not what the order says."""
    yield from plate_verified(visit)
    yield 5
    visit.act(visit.technician, ReportDiscrepancy(order=visit.order, item=visit.items[0], note=visit.plan.note))


def items_confirmed(visit: Visit) -> Pauses:
    """Everything is clear; the work can begin."""
    yield from plate_verified(visit)
    yield 4
    visit.confirm_items()
    yield 2


# --- in work ---------------------------------------------------------------------------------------------------------


def in_work(visit: Visit) -> Pauses:
    """The last item is being worked on, with the tools of the technician's own cart; the car is up, if it can be."""
    yield from items_confirmed(visit)
    draw_own_cart(visit)
    for item in visit.items[:-1]:
        yield from working.do_item(visit, item)
        yield 2
    yield from working.begin(visit, visit.items[-1])
    put_up(visit)


def comeback(visit: Visit) -> Pauses:
    """The car comes back with what the last visit should have cured; two technicians (the note) work on it."""
    visit.open(comeback_of=visit.last_order().number)
    yield 8
    visit.dispatch()
    yield 6
    visit.verify_plate()
    yield 4
    visit.confirm_items()
    yield 2
    yield from working.begin(visit, visit.items[0])
    working.start(visit, visit.items[0], visit.director.people[visit.plan.note])


def waiting_parts(visit: Visit) -> Pauses:
    """The part is not in stock; what came off for it has lain open since."""
    yield from items_confirmed(visit)
    working.start(visit, visit.items[0])
    yield 15
    removed = RegisterAssembly(
        item=visit.items[0], removed=visit.plan.note, rest=Rest.SHELF, where="A 区 3 层", cleaned=True
    )
    visit.act(visit.technician, removed)
    yield 5
    visit.act(visit.technician, PauseItem(item=visit.items[0], reason=PauseReason.WAITING_PARTS))


def awaiting_approval(visit: Visit) -> Pauses:
    """Faults were found; the customer has not been asked yet."""
    yield from items_confirmed(visit)
    yield from working.begin(visit, visit.items[0])
    yield 5
    report_findings(visit)
    visit.act(visit.technician, PauseItem(item=visit.items[0], reason=PauseReason.WAITING_APPROVAL))


def on_loan(visit: Visit) -> Pauses:
    """The new parts had to leave the counter before the old ones."""
    yield from items_confirmed(visit)
    working.start(visit, visit.items[0])
    yield 10
    working.issue(visit, visit.items[0], loan=visit.plan.note)
    yield 15
    working.fit(visit, visit.items[0])


def worked(visit: Visit) -> Pauses:
    """Every item is done."""
    yield from items_confirmed(visit)
    for item in visit.items:
        yield from working.do_item(visit, item)
        yield 2


# --- checked ---------------------------------------------------------------------------------------------------------


def checking_itself(visit: Visit) -> Pauses:
    """Half of the self-check is answered."""
    yield from worked(visit)
    yield from checking.answer_self_check(visit, most=6)


def self_checked(visit: Visit) -> Pauses:
    """The self-check is signed."""
    yield from worked(visit)
    yield from checking.sign_self_check(visit)


def offered(visit: Visit) -> Pauses:
    """The technician has signed the hand-over."""
    yield from self_checked(visit)
    yield 2
    checking.offer(visit)


def handed_over(visit: Visit) -> Pauses:
    """The team leader has signed it too."""
    yield from offered(visit)
    yield 5
    checking.take_over(visit)


def inspecting(visit: Visit) -> Pauses:
    """Half of the final inspection is answered."""
    yield from handed_over(visit)
    yield 5
    yield from checking.answer_inspection(visit, most=9)


def rework(visit: Visit) -> Pauses:
    """The inspector failed it; since an hour it is worked on again."""
    yield from inspecting(visit)
    defect = GivenDefect(item=visit.items[0], defect_class=DefectClass.FUNCTION, note=visit.plan.note)
    mileage = visit.plan.odometer + checking.ROAD_TEST
    visit.act(visit.inspector, FailInspection(order=visit.order, odometer=mileage, defects=(defect,)))
    yield visit.until(60)
    working.start(visit, visit.items[0])


def released(visit: Visit) -> Pauses:
    """The inspector has passed it."""
    yield from handed_over(visit)
    yield 5
    yield from checking.pass_inspection(visit)


def released_without_fit_data(visit: Visit) -> Pauses:
    """Nobody had recorded that the part fits; counter and technician both signed for it (W6a)."""
    yield from items_confirmed(visit)
    item = visit.items[0]
    line = key(working.lines(visit, item)[0][0].id)
    visit.act(visit.clerk, SignWithoutFitData(line=line, reason=visit.plan.note))
    visit.act(visit.technician, AcceptWithoutFitData(line=line, reason=visit.plan.note))
    yield from working.do_item(visit, item)
    yield from _checked_and_released(visit)


# --- delivered -------------------------------------------------------------------------------------------------------


def delivered(visit: Visit) -> Pauses:
    """The customer has the car again; the clerk has thrown away what the shop may not keep."""
    yield from released(visit)
    yield from _delivered(visit)


def delivered_with_addition(visit: Visit) -> Pauses:
    """What was found was approved by telephone, and done too."""
    yield from items_confirmed(visit)
    yield from working.do_item(visit, visit.items[0])
    lines = report_findings(visit)
    yield 10
    for line in lines:
        visit.items.append(_decide(visit, line, Decision.APPROVED))
    for item in visit.items[1:]:
        yield from working.do_item(visit, item)
    yield from _checked_and_released(visit)
    yield from _delivered(visit)


def delivered_with_lines_left(visit: Visit) -> Pauses:
    """Of what was found the customer put off the first and wanted none of the rest."""
    yield from items_confirmed(visit)
    yield from working.do_item(visit, visit.items[0])
    lines = report_findings(visit)
    yield 10
    for place, line in enumerate(lines):
        _decide(visit, line, Decision.DECLINED if place else Decision.DEFERRED)
    yield from _checked_and_released(visit)
    yield from _delivered(visit)


def delivered_after_send_back(visit: Visit) -> Pauses:
    """The team leader sent it back once (the note says why)."""
    yield from offered(visit)
    yield 5
    item = visit.items[0]
    defect = GivenDefect(item=item, defect_class=DefectClass.SAFETY, note=visit.plan.note)
    visit.act(visit.leader, SendBack(order=visit.order, reason=visit.plan.note, defects=(defect,)))
    yield 5
    working.start(visit, item)
    yield 10
    visit.act(visit.technician, FinishItem(item=item))
    yield from _checked_and_released(visit)
    yield from _delivered(visit)


# --- what several stories tell ---------------------------------------------------------------------------------------


def report_findings(visit: Visit) -> list[int]:
    """The technician writes down what the note lists (`what|where|severity|operation;…`); the lines to decide."""
    lines: list[int] = []
    for finding in visit.plan.note.split(";"):
        what, where, severity, operation = finding.split("|")
        proposal = visit.given(PlannedItem(operation))
        command = ReportFinding(
            order=visit.order, what=what, where=where, severity=Severity(severity), proposals=(proposal,)
        )
        lines += [int(str(line)) for line in listed(visit.act(visit.technician, command), "lines")]
    return lines


def _decide(visit: Visit, line: int, decision: Decision) -> str:
    """The advisor decides a line as the customer said on the telephone; the number of its item."""
    customer = visit.plan.brought_by
    command = DecideLine(line=line, decision=decision, channel=Channel.TELEPHONE, consented_by=customer)
    visit.act(visit.advisor, command)
    query = select(OrderItem.number).join(ChangeLine, col(ChangeLine.item_id) == col(OrderItem.id))
    return visit.director.session.exec(query.where(ChangeLine.id == line)).one()


def _checked_and_released(visit: Visit) -> Pauses:
    yield from checking.sign_self_check(visit)
    checking.offer(visit)
    yield 5
    checking.take_over(visit)
    yield 5
    yield from checking.pass_inspection(visit)


def _delivered(visit: Visit) -> Pauses:
    yield 25
    plan = visit.plan
    visit.act(visit.advisor, Deliver(order=visit.order, received_by=plan.brought_by, old_parts=plan.old_parts))
    yield 20
    query = (
        select(OldPart.number)
        .join(PartLine, col(PartLine.id) == col(OldPart.line_id))
        .join(Part, col(Part.id) == col(OldPart.part_id))
        .join(OrderItem, col(OrderItem.id) == col(PartLine.item_id))
        .where(col(OrderItem.number).in_(visit.items), OldPart.state == OldPartState.HELD, col(OldPart.hazardous))
        .order_by(col(OldPart.id))
    )
    for tag in visit.director.session.exec(query).all():
        visit.act(visit.clerk, MoveOldPart(tag=tag, target=OldPartState.HAZARDOUS_WASTE))


STORIES: Final[Mapping[str, Story]] = {
    story.__name__: story
    for story in (
        opened,
        back_again,
        cancelled,
        dispatched,
        plate_held,
        plate_verified,
        discrepancy,
        items_confirmed,
        in_work,
        comeback,
        waiting_parts,
        awaiting_approval,
        on_loan,
        self_checked,
        offered,
        handed_over,
        inspecting,
        rework,
        released,
        released_without_fit_data,
        delivered,
        delivered_with_addition,
        delivered_with_lines_left,
        delivered_after_send_back,
    )
} | {"checking": checking_itself}
