"""Fitting parts: a part that does not match the car is not fitted (W6a); "no data" takes two signatures."""

from pydantic import Field
from sqlmodel import col

from workshop.commands.base import OnLine, OrderAct, Outcome
from workshop.commands.fields import NoteFilled, Pieces, RowId
from workshop.commands.shared import name_of, require_team
from workshop.commands.tx import Tx, key
from workshop.db.tables import (
    FitException,
    OrderItem,
    Part,
    PartFit,
    PartFitting,
    PartIssue,
    PartLine,
    RepairOrder,
    Vehicle,
)
from workshop.domain import fitment
from workshop.domain.fitment import Car, Fit, Match
from workshop.domain.high_voltage import not_dead
from workshop.domain.liability_rules import untouchable
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.states import ItemState, Stage
from workshop.domain.words import N_

DOES_NOT_FIT = ReasonKind("W6a", "does_not_fit", N_("The catalogue says that it does not fit this car: {part}"))
NO_FIT_DATA = ReasonKind(
    "W6a",
    "no_fit_data",
    N_("Nobody has recorded that it fits this car: {part}. The parts clerk and the technician must both sign for it."),
    (Role.PARTS_CLERK, Role.TECHNICIAN),
)
DATA_EXISTS = ReasonKind(
    "W6a", "fit_data_exists", N_("The catalogue has the answer ({match}); nothing to sign: {part}")
)
SIGNED = ReasonKind("W6a", "fit_signed", N_("This exception is already signed: {part}"))
CLERK_FIRST = ReasonKind("W6a", "clerk_signs_first", N_("The parts clerk signs first."), (Role.PARTS_CLERK,))
TWO_PEOPLE = ReasonKind("W6a", "fit_two_people", N_("The two signatures must be of two people."))
NOT_SO_MANY_FREE = ReasonKind("W6a", "not_so_many_free", N_("Fewer are left to be fitted from this issue: {pieces}."))
NOTHING_LEFT = ReasonKind(
    "W3", "line_complete", N_("Every piece of {part} is issued; nothing is left to be not needed.")
)
ITEM_NOT_STARTED = ReasonKind("W5", "fit_unstarted", N_("Start the item yourself before you fit its parts: {item}"))
_SIGNING = (Stage.ITEMS_CONFIRMED, Stage.IN_WORK)
_MATCH_NAMES = {
    Match.FITS: N_("fits"),
    Match.DOES_NOT_FIT: N_("does not fit"),
    Match.NO_DATA: N_("no data"),
}


class SignWithoutFitData(OnLine):
    """The parts clerk's signature under a part for which there is no fitment data, with the reason."""

    roles = frozenset({Role.PARTS_CLERK})
    rule = "W6a"
    label = N_("sign for missing fitment data")
    story = N_("{actor} signed at the counter for {part} without fitment data: {reason}")
    stages = _SIGNING
    signature = True

    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Keep the first of the two signatures; for ever on the order."""
        line, part = self.row(tx), tx.get(Part, self.row(tx).part_id)
        match = match_on(tx, self.locate(tx), part)
        if match is not Match.NO_DATA:
            raise Refused(DATA_EXISTS(match=_MATCH_NAMES[match], part=name_of(part)))
        if tx.find(FitException, FitException.line_id == line.id):
            raise Refused(SIGNED(part=name_of(part)))
        tx.session.add(
            FitException(line_id=key(line.id), clerk_id=tx.actor.id, clerk_at=tx.now, clerk_reason=self.reason)
        )
        return {"part": name_of(part).as_json()}


class AcceptWithoutFitData(OnLine):
    """The technician's signature under a part for which there is no fitment data, with the reason."""

    roles = frozenset({Role.TECHNICIAN})
    rule = "W6a"
    label = N_("accept missing fitment data")
    story = N_("{actor} signed in the bay for {part} without fitment data: {reason}")
    stages = _SIGNING
    signature = True

    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Keep the second signature; from now on the part may be issued and fitted."""
        require_team(tx, self.locate(tx))
        line, part = self.row(tx), tx.get(Part, self.row(tx).part_id)
        exception = tx.find(FitException, FitException.line_id == line.id)
        if exception is None:
            raise Refused(CLERK_FIRST())
        if exception.technician_id is not None:
            raise Refused(SIGNED(part=name_of(part)))
        if exception.clerk_id == tx.actor.id:
            raise Refused(TWO_PEOPLE())
        exception.technician_id, exception.technician_at = tx.actor.id, tx.now
        exception.technician_reason = self.reason
        tx.session.add(exception)
        return {"part": name_of(part).as_json()}


class FitPart(OrderAct):
    """Record that issued parts were fitted to the car; they are checked against it once more."""

    roles = frozenset({Role.TECHNICIAN})
    rule = "W6a"
    label = N_("fit part")
    story = N_("{actor} fitted {quantity} × {part}.")
    stages = (Stage.IN_WORK,)

    issue: RowId = Field(title=N_("issue"))
    quantity: Pieces = Field(default=1, title=N_("pieces"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order that the parts were issued for."""
        return tx.get(RepairOrder, self._item(tx).order_id)

    def handle(self, tx: Tx) -> Outcome:
        """Only pieces that were issued and are neither fitted nor back."""
        order, item = self.locate(tx), self._item(tx)
        require_team(tx, order)
        facts = tx.facts(order.id)
        workers = next(one for one in facts.items if one.id == item.id).workers
        if item.state is not ItemState.STARTED or tx.actor.id not in workers:
            raise Refused(ITEM_NOT_STARTED(item=name_of(item)))
        require(not_dead(facts.safety.shutdown) if item.id in facts.safety.high_voltage else ())
        issue = tx.get(PartIssue, self.issue)
        part = tx.get(Part, issue.part_id)
        require_fit(tx, order, tx.get(PartLine, issue.line_id), part)
        pieces = next(one for line in facts.lines for one in line.issues if one.id == issue.id)
        require(untouchable(self.quantity, pieces.in_hand, pieces.unfitted))
        if self.quantity > pieces.unfitted:
            raise Refused(NOT_SO_MANY_FREE(pieces=pieces.unfitted))
        tx.session.add(
            PartFitting(issue_id=key(issue.id), quantity=self.quantity, technician_id=tx.actor.id, at=tx.now)
        )
        return {"part": name_of(part).as_json()}

    def _item(self, tx: Tx) -> OrderItem:
        return tx.get(OrderItem, tx.get(PartLine, tx.get(PartIssue, self.issue).line_id).item_id)


class MarkNotNeeded(OnLine):
    """Say that the pieces not yet issued are not needed, with the reason; they are neither fitted nor charged."""

    roles = frozenset({Role.TECHNICIAN})
    rule = "W3"
    label = N_("part not needed")
    story = N_("{actor} marked {part} as not needed: {reason}")
    stages = _SIGNING

    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Close the line for further issues."""
        order, line = self.locate(tx), self.row(tx)
        require_team(tx, order)
        part = tx.get(Part, line.part_id)
        if not next(one for one in tx.facts(order.id).lines if one.id == line.id).to_issue:
            raise Refused(NOTHING_LEFT(part=name_of(part)))
        line.not_needed = self.reason
        tx.session.add(line)
        return {"part": name_of(part).as_json()}


def match_on(tx: Tx, order: RepairOrder, part: Part) -> Match:
    """What the catalogue says of this part on the order's car."""
    vehicle = tx.get(Vehicle, order.vehicle_id)
    car = Car(vehicle.make, vehicle.model, vehicle.model_year, vehicle.engine, vehicle.vin)
    fits = [
        Fit(row.make, row.model, row.year_from, row.year_to, row.engine, row.vin_prefix)
        for row in tx.all(PartFit, PartFit.part_id == part.id)
    ]
    return fitment.match(car, fits)


def require_fit(tx: Tx, order: RepairOrder, line: PartLine, part: Part) -> None:
    """W6a: it matches, or both have signed that there is no data."""
    match = match_on(tx, order, part)
    if match is Match.FITS:
        return
    if match is Match.DOES_NOT_FIT:
        raise Refused(DOES_NOT_FIT(part=name_of(part)))
    signed = tx.find(FitException, FitException.line_id == line.id, col(FitException.technician_id).is_not(None))
    if signed is None:
        raise Refused(NO_FIT_DATA(part=name_of(part)))
