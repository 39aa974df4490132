"""The work on an item: clock, parts over the counter and onto the car."""

from sqlmodel import col, select

from workshop.commands.base import Command
from workshop.commands.counter import IssueOnLoan, IssuePart
from workshop.commands.fitting import FitPart
from workshop.commands.labour import FinishItem, StartItem, conditions
from workshop.commands.tx import key
from workshop.db.tables import Operation, OrderItem, Part, PartIssue, PartLine
from workshop.demo.director import Pauses, Worker
from workshop.demo.high_voltage import make_dead
from workshop.demo.visit import Visit
from workshop.domain.states import OldPartClass


def start(visit: Visit, item: str, who: Worker | None = None) -> None:
    """The technician confirms what the operation asks for, then starts the clock."""
    code = item_row(visit, item).operation
    operation = visit.director.session.exec(select(Operation).where(Operation.code == code)).one()
    asked = conditions(operation)
    watcher = visit.leader.badge if asked.watcher else None
    command = StartItem(item=item, confirmed=tuple(sorted(asked.precautions)), watcher=watcher)
    visit.act(who or visit.technician, command)


def begin(visit: Visit, item: str) -> Pauses:
    """Start an item, once nobody can come to harm, and fetch its parts."""
    yield from make_dead(visit, item)
    start(visit, item)
    yield item_row(visit, item).minutes * 0.25
    issue(visit, item)


def do_item(visit: Visit, item: str) -> Pauses:
    """An item from its start to its end."""
    yield from begin(visit, item)
    yield item_row(visit, item).minutes * 0.5
    fit(visit, item)
    yield item_row(visit, item).minutes * 0.15
    visit.act(visit.technician, FinishItem(item=item))


def issue(visit: Visit, item: str, *, loan: str = "") -> None:
    """The clerk issues what the item needs: old for new or, where a reason is given, on loan."""
    badge = visit.technician.badge
    for line, part in lines(visit, item):
        returnable = part.old_part is OldPartClass.RETURNABLE
        number = key(line.id)
        if returnable and loan:
            command: Command = IssueOnLoan(line=number, quantity=line.quantity, technician=badge, reason=loan)
        else:
            command = IssuePart(line=number, quantity=line.quantity, technician=badge, old_part_here=returnable)
        visit.act(visit.clerk, command)


def fit(visit: Visit, item: str) -> None:
    """The technician fits what was issued for the item."""
    for line, _part in lines(visit, item):
        for issued in visit.director.session.exec(select(PartIssue).where(PartIssue.line_id == line.id)).all():
            visit.act(visit.technician, FitPart(issue=key(issued.id), quantity=issued.quantity))


def lines(visit: Visit, item: str) -> list[tuple[PartLine, Part]]:
    """The item's part lines with their parts."""
    query = (
        select(PartLine, Part)
        .join(Part, col(Part.id) == col(PartLine.part_id))
        .where(PartLine.item_id == item_row(visit, item).id)
        .order_by(col(PartLine.id))
    )
    return list(visit.director.session.exec(query).all())


def item_row(visit: Visit, item: str) -> OrderItem:
    """The item by its number."""
    return visit.director.session.exec(select(OrderItem).where(OrderItem.number == item)).one()
