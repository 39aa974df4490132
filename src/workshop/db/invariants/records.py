"""The records themselves: the ledger's chain, numbers, and what only the ledger still knows."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from workshop.db import ledger
from workshop.db.invariants.rule import Invariant, Row
from workshop.db.stays import load_stays
from workshop.db.tables import (
    Area,
    Bay,
    Cart,
    LedgerLine,
    LiabilityCase,
    NumberSeries,
    OldPart,
    OrderItem,
    Part,
    PartIssue,
    Person,
    RepairOrder,
    Tool,
)
from workshop.domain import numbers
from workshop.domain.numbers import Kind, NumberError
from workshop.domain.states import IssueBasis, OldPartClass
from workshop.domain.words import N_

# The acts, by the names that the ledger keeps for ever.
_PUT_PART = "put-part"
_ACTS = (_PUT_PART, "issue-part", "issue-on-loan")
_NUMBERED: tuple[tuple[Kind, type[SQLModel], str], ...] = (
    (Kind.ORDER, RepairOrder, "number"),
    (Kind.ITEM, OrderItem, "number"),
    (Kind.PART, Part, "number"),
    (Kind.OLD_PART, OldPart, "number"),
    (Kind.TOOL, Tool, "number"),
    (Kind.CART, Cart, "number"),
    (Kind.BAY, Bay, "number"),
    (Kind.AREA, Area, "number"),
    (Kind.BADGE, Person, "badge"),
    (Kind.CASE, LiabilityCase, "number"),
)


def _broken_ledger(session: Session) -> Iterator[Row]:
    flaw = ledger.verify(session)
    if flaw is not None:
        yield {"id": flaw.number, "flaw": flaw.code}


def _bad_numbers(session: Session) -> Iterator[Row]:
    last = {row.kind: row.last for row in session.exec(select(NumberSeries))}
    for kind, table, column in _NUMBERED:
        for text in session.exec(select(getattr(table, column))):
            try:
                serial = numbers.parse(text, kind).serial
            except NumberError as error:
                yield {"number": text, "kind": kind.name, "flaw": error.code.value}
                continue
            if serial > last.get(kind.value, 0):
                yield {"number": text, "kind": kind.name, "flaw": "never_given_out"}


def _without_old_part(session: Session) -> Iterator[Row]:
    """The catalogue may be corrected later; what counts is what it said when the part was issued."""
    query = select(PartIssue, Part).join(Part, col(Part.id) == col(PartIssue.part_id))
    suspects = [(issue, part) for issue, part in session.exec(query) if not _agrees(issue.basis, part.old_part)]
    then = _classes_at_issue(session) if suspects else {}
    for issue, part in suspects:
        old_part = then.get((issue.id, part.part_no), part.old_part)
        if not _agrees(issue.basis, old_part):
            yield {"id": issue.id, "part_no": part.part_no, "basis": issue.basis.value, "old_part": old_part.value}


def _agrees(basis: IssueBasis, old_part: OldPartClass) -> bool:
    if old_part is OldPartClass.RETURNABLE:
        return basis in {IssueBasis.OLD_PART, IssueBasis.LOAN}
    return basis == IssueBasis(old_part.value)


def _classes_at_issue(session: Session) -> dict[tuple[object, str], OldPartClass]:
    """What the catalogue said of every part when an issue was made, by (issue, part number): told by the ledger."""
    query = select(LedgerLine.command, LedgerLine.payload, LedgerLine.outcome)
    classes: dict[str, OldPartClass] = {}
    found: dict[tuple[object, str], OldPartClass] = {}
    acts = session.exec(query.where(col(LedgerLine.command).in_(_ACTS)).order_by(col(LedgerLine.number)))
    for command, payload, outcome in acts:
        if command == _PUT_PART:
            given = json.loads(payload)
            classes[given["part_no"]] = OldPartClass(given["old_part"])
        else:
            issue = json.loads(outcome)["issue"]
            found.update({(issue, part_no): old_part for part_no, old_part in classes.items()})
    return found


def _stages_untold(session: Session) -> Iterator[Row]:
    told = load_stays(session)
    for number, stage in session.execute(sa.select(col(RepairOrder.number), col(RepairOrder.stage))):
        last = told[number][-1].stage if told.get(number) else None
        if last is not stage:
            yield {"number": number, "stage": stage, "told": last}


INVARIANTS = (
    Invariant(
        "-", "ledger_broken", N_("A line of the ledger was altered, removed or added behind its back."), _broken_ledger
    ),
    Invariant(
        "-",
        "number_wrong",
        N_("A number is not of its kind, has a wrong check digit, or was never given out."),
        _bad_numbers,
    ),
    Invariant(
        "W6b",
        "issued_without_old",
        N_("A part that leaves an old one behind was issued without the old part and without a loan."),
        _without_old_part,
    ),
    Invariant(
        "-",
        "stage_untold",
        N_("An order is in another stage than its acts in the ledger led it to."),
        _stages_untold,
    ),
)
