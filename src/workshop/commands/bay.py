"""The bay before work: the blind plate check and the items against the fault (W1, W2)."""

from pydantic import Field

from workshop.commands.base import OnOrder, OrderAct, Outcome
from workshop.commands.fields import ItemNumber, NoteFilled, RowId, ShortFilled
from workshop.commands.shared import item_on, require_team
from workshop.commands.tx import Tx, key
from workshop.db.tables import Discrepancy, PlateCheck, PlateCorrection, RepairOrder, Vehicle
from workshop.domain import plates
from workshop.domain.moves import CONFIRM_ITEMS, VERIFY_PLATE
from workshop.domain.plates import PlateKind
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.domain.words import N_, told

PLATE_UNREADABLE = ReasonKind("W1", "plate_unreadable", N_("That is no plate as it stands on a car: {fault}"))
LAST8_UNREADABLE = ReasonKind(
    "W1", "last8_unreadable", N_("This car has no fixed plate: type the last 8 characters of the VIN on the car.")
)
PLATE_KNOWN = ReasonKind(
    "W1",
    "plate_known",
    N_("You wrote the plate on this order, so your check would not be blind; a colleague must do it."),
)
OWN_DISCREPANCY = ReasonKind("W2", "own_discrepancy", N_("You reported this yourself; another advisor must answer it."))
ANSWERED = ReasonKind("W2", "discrepancy_answered", N_("This discrepancy is already answered."))
MATCHES = N_("it matches")
MATCHES_NOT = N_("it does not match; the order is held")
_TECHNICIAN = frozenset({Role.TECHNICIAN})


class VerifyPlate(OnOrder):
    """Prove which car it is: type or scan the plate on the car, without seeing the order's (blind check).

    A car without a fixed plate is proven by the last 8 characters of its VIN. A mismatch is kept and holds the order.
    """

    roles = _TECHNICIAN
    rule = "W1"
    label = N_("verify plate")
    story = N_("{actor} checked the plate on the car ({seen}): {result}.")
    stages = VERIFY_PLATE.sources

    seen: ShortFilled = Field(title=N_("plate on the car"))

    def handle(self, tx: Tx) -> Outcome:
        """Compare by normalised value. The outcome says match or not, and nothing of what was expected."""
        order = self.locate(tx)
        require_team(tx, order)
        require(VERIFY_PLATE.objections(tx.facts(order.id)))
        self._require_blind(tx, order)
        expected, seen = self._compare(tx, order)
        matched = seen == expected
        tx.session.add(
            PlateCheck(
                order_id=key(order.id),
                at=tx.now,
                technician_id=tx.actor.id,
                typed=self.seen,
                seen=seen,
                matched=matched,
            )
        )
        if matched:
            order.stage = VERIFY_PLATE.target
            tx.session.add(order)
        return {"matched": matched, "result": told(MATCHES if matched else MATCHES_NOT)}

    def _require_blind(self, tx: Tx, order: RepairOrder) -> None:
        corrections = tx.all(PlateCorrection, PlateCorrection.order_id == order.id)
        if tx.actor.id in {order.advisor_id, *(one.advisor_id for one in corrections)}:
            raise Refused(PLATE_KNOWN())

    def _compare(self, tx: Tx, order: RepairOrder) -> tuple[str, str]:
        if order.plate is None or plates.parse(order.plate).kind is PlateKind.TEMPORARY:
            seen = plates.fold(self.seen)
            if len(seen) != 8 or not (seen.isascii() and seen.isalnum()):
                raise Refused(LAST8_UNREADABLE())
            return tx.get(Vehicle, order.vehicle_id).vin[-8:], seen
        try:
            return order.plate, plates.parse(self.seen).text
        except plates.PlateError as error:
            raise Refused(PLATE_UNREADABLE(fault=error.code.label)) from error


class ConfirmItems(OnOrder):
    """Say that the fault and the listed items agree."""

    roles = _TECHNICIAN
    rule = "W2"
    label = N_("items agree")
    story = N_("{actor} confirmed that the items agree with the fault.")
    stages = CONFIRM_ITEMS.sources

    def handle(self, tx: Tx) -> Outcome:
        """Move on, unless a discrepancy is open."""
        order = self.locate(tx)
        require_team(tx, order)
        order.stage = CONFIRM_ITEMS.require(tx.facts(order.id))
        tx.session.add(order)
        return {}


class ReportDiscrepancy(OnOrder):
    """Report that the fault and the listed items disagree; the order is held until the advisor answers."""

    roles = _TECHNICIAN
    rule = "W2"
    label = N_("report discrepancy")
    story = N_("{actor} reported a discrepancy: {note}")
    stages = (Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED, Stage.IN_WORK)

    item: ItemNumber | None = Field(default=None, title=N_("item"))
    note: NoteFilled = Field(title=N_("what disagrees"))

    def handle(self, tx: Tx) -> Outcome:
        """Keep it, about the whole order or one item."""
        order = self.locate(tx)
        require_team(tx, order)
        item_id = item_on(tx, order, self.item).id if self.item else None
        row = tx.add(
            Discrepancy(order_id=key(order.id), item_id=item_id, at=tx.now, reported_by_id=tx.actor.id, note=self.note)
        )
        return {"discrepancy": key(row.id)}


class AnswerDiscrepancy(OrderAct):
    """Answer a discrepancy that the technician reported."""

    roles = frozenset({Role.ADVISOR})
    rule = "W2"
    label = N_("answer discrepancy")
    story = N_("{actor} answered the discrepancy: {answer}")
    stages = ReportDiscrepancy.stages

    discrepancy: RowId = Field(title=N_("discrepancy"))
    answer: NoteFilled = Field(title=N_("answer"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order that the discrepancy is about."""
        return tx.get(RepairOrder, tx.get(Discrepancy, self.discrepancy).order_id)

    def handle(self, tx: Tx) -> Outcome:
        """Close it with the answer; the hold is lifted when none is open."""
        row = tx.get(Discrepancy, self.discrepancy)
        if row.answered_at is not None:
            raise Refused(ANSWERED())
        if row.reported_by_id == tx.actor.id:
            raise Refused(OWN_DISCREPANCY())
        row.answer, row.answered_by_id, row.answered_at = self.answer, tx.actor.id, tx.now
        tx.session.add(row)
        return {}
