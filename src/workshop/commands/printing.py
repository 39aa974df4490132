"""Printing a paper: who may print it now, and whether it is the original or a copy."""

from datetime import date

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import col

from workshop.commands.base import Command, Outcome
from workshop.commands.fields import Upto40
from workshop.commands.tx import Tx, key
from workshop.db.tables import (
    Area,
    Bay,
    Cart,
    ChangeRequest,
    LiabilityCase,
    OldPart,
    OrderItem,
    Part,
    PartIssue,
    PartLine,
    Person,
    PrintedPaper,
    RepairOrder,
    Tool,
    Vehicle,
)
from workshop.domain import numbers, plates, vins
from workshop.domain.numbers import Kind
from workshop.domain.papers import (
    NO_CERTIFICATE,
    NO_SUBJECT,
    NOTHING_ADDED,
    NOTHING_ISSUED,
    RULES,
    About,
    Paper,
    printable,
)
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import EVERYONE
from workshop.domain.words import N_, told

ORIGINAL, COPY = N_("the original"), N_("copy")
DAY_AHEAD = ReasonKind("-", "paper_day_ahead", N_("This day has not come yet: {day}"))
_NUMBERED = {
    About.ORDER: (Kind.ORDER, col(RepairOrder.number)),
    About.OLD_PART: (Kind.OLD_PART, col(OldPart.number)),
    About.BADGE: (Kind.BADGE, col(Person.badge)),
    About.PART: (Kind.PART, col(Part.number)),
    About.BAY: (Kind.BAY, col(Bay.number)),
    About.TOOL: (Kind.TOOL, col(Tool.number)),
    About.CART: (Kind.CART, col(Cart.number)),
    About.AREA: (Kind.AREA, col(Area.number)),
    About.MONTH: (Kind.AREA, col(Area.number)),
    About.CASE: (Kind.CASE, col(LiabilityCase.number)),
}


class PrintPaper(Command):
    """Print a paper or label. The first printing is the original; every later one is marked as a copy.

    It is about an order, an old part, a badge, a part or a bay by its number, a part by its part number, a vehicle by
    its VIN or plate, a day such as 2026-11-25; about an area and a month such as 2300000018 2026-11.
    """

    roles = EVERYONE
    label = N_("print paper")
    story = N_("{actor} printed the {paper} for {subject}: {which} {copy}")

    paper: Paper = Field(title=N_("paper"))
    paper_about: Upto40 = Field(default="", title=N_("about"))

    def locate(self, tx: Tx) -> RepairOrder | None:
        """The order that the paper is about, if about one."""
        if RULES[self.paper].about is not About.ORDER:
            return None
        return tx.find(RepairOrder, RepairOrder.number == self._number(Kind.ORDER, self.paper_about))

    def handle(self, tx: Tx) -> Outcome:
        """Count the copies; the paper itself is made from the records afterwards."""
        order = self.locate(tx)
        require(list(printable(self.paper, tx.actor.roles, order.stage if order else None)))
        subject = self._subject(tx)
        if order is not None:
            self._require_content(tx, order)
        before = tx.session.execute(
            sa.select(sa.func.count())
            .select_from(PrintedPaper)
            .where(col(PrintedPaper.paper) == self.paper, col(PrintedPaper.subject) == subject)
        ).scalar_one()
        row = PrintedPaper(
            paper=self.paper, subject=subject, copy_no=before, by_id=tx.actor.id, at=tx.now, terminal=tx.terminal
        )
        tx.add(row)
        which = told(COPY if before else ORIGINAL)
        return {"subject": subject, "which": which, "copy": before or None}

    def _subject(self, tx: Tx) -> str:
        """What the paper is about, as the records name it."""
        about = RULES[self.paper].about
        if about is About.NOTHING:
            return ""
        if about is About.DAY:
            return self._day(tx)
        if about is About.VEHICLE:
            return self._vehicle(tx)
        if about is About.PART and (part := tx.find(Part, Part.part_no == self.paper_about)) is not None:
            return part.number
        kind, column = _NUMBERED[about]
        text, _, month = self.paper_about.partition(" ") if about is About.MONTH else (self.paper_about, "", "")
        number = self._number(kind, text)
        if tx.session.execute(sa.select(column).where(column == number)).first() is None:
            raise self._nothing()
        return f"{number} {self._month(tx, month)}" if about is About.MONTH else number

    def _number(self, kind: Kind, text: str) -> str:
        try:
            return numbers.parse(text, kind).text
        except numbers.NumberError as error:
            raise self._nothing() from error

    def _vehicle(self, tx: Tx) -> str:
        try:
            condition = Vehicle.vin == vins.parse(self.paper_about).text
        except vins.VinError:
            condition = Vehicle.plate == plates.normalise(self.paper_about)
        vehicle = tx.find(Vehicle, condition)
        if vehicle is None:
            raise self._nothing()
        return vehicle.vin

    def _month(self, tx: Tx, text: str) -> str:
        try:
            return f"{date.fromisoformat(f'{text}-01') if text else tx.today:%Y-%m}"
        except ValueError as error:
            raise self._nothing() from error

    def _day(self, tx: Tx) -> str:
        try:
            day = date.fromisoformat(self.paper_about) if self.paper_about else tx.today
        except ValueError as error:
            raise self._nothing() from error
        if day > tx.today:
            raise Refused(DAY_AHEAD(day=day.isoformat()))
        return day.isoformat()

    def _require_content(self, tx: Tx, order: RepairOrder) -> None:
        """There must be something to print."""
        if self.paper is Paper.CERTIFICATE and order.certificate_no is None:
            raise Refused(NO_CERTIFICATE())
        if self.paper is Paper.SUPPLEMENT and not tx.all(ChangeRequest, ChangeRequest.order_id == key(order.id)):
            raise Refused(NOTHING_ADDED())
        if self.paper is Paper.ISSUE_SLIP and not self._issues(tx, order):
            raise Refused(NOTHING_ISSUED())

    def _issues(self, tx: Tx, order: RepairOrder) -> int:
        query = (
            sa.select(sa.func.count())
            .select_from(PartIssue)
            .join(PartLine, col(PartLine.id) == col(PartIssue.line_id))
            .join(OrderItem, col(OrderItem.id) == col(PartLine.item_id))
            .where(col(OrderItem.order_id) == order.id)
        )
        return int(tx.session.execute(query).scalar_one())

    def _nothing(self) -> Refused:
        return Refused(NO_SUBJECT(paper=self.paper.label, number=self.paper_about))
