"""The final inspection by an inspector who did not touch the car (W7c)."""

from pydantic import Field

from workshop.commands.base import OnOrder, Outcome
from workshop.commands.fields import Note, Odometer
from workshop.commands.self_check import Answering, keep_answer
from workshop.commands.shared import GivenDefect, add_defects, back_to_work
from workshop.commands.tx import Tx, key
from workshop.db.tables import CheckAnswer, Inspection, NumberSeries, OrderItem, RepairOrder, Vehicle
from workshop.domain.facts import OrderFacts
from workshop.domain.guarantee import guarantee, needs_certificate
from workshop.domain.moves import FAIL, RELEASE
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import Answer, ItemState, Stage
from workshop.domain.words import N_, Name

INSPECTOR_WORKED = ReasonKind(
    "W7c", "inspector_worked", N_("You worked on this car or checked it yourself; another inspector must inspect it.")
)
NOT_INSPECTION = ReasonKind("W7c", "not_inspection", N_("This line belongs to another list or an earlier round."))
FAILED_LINE = ReasonKind("W7c", "failed_line", N_("A line is not OK, so the inspection cannot be passed: {line}"))
ODOMETER_LOWER = ReasonKind("W7c", "odometer_lower", N_("The odometer already showed {before} km; check it."))
_INSPECTOR = frozenset({Role.INSPECTOR})
_CERTIFICATES = "CE"


class AnswerInspection(Answering):
    """Answer one line of the final inspection."""

    roles = _INSPECTOR
    rule = "W7c"
    label = N_("answer inspection line")
    story = N_("{actor} inspected “{line}”: {answer} {value} {reason}")
    stages = (Stage.HANDED_OVER,)

    def handle(self, tx: Tx) -> Outcome:
        """Keep the answer; an inspection with a line not OK can only be failed."""
        row, order = tx.get(CheckAnswer, self.check), self.locate(tx)
        if row.item_id is not None or row.round != order.round:
            raise Refused(NOT_INSPECTION())
        _require_independent(tx, tx.facts(order.id))
        if row.answer is Answer.NOT_OK and row.answered_by_id != tx.actor.id:
            raise Refused(FAILED_LINE(line=Name(row.text_zh, row.text_en)))
        keep_answer(tx, row, self)
        return {"line": Name(row.text_zh, row.text_en).as_json()}


class PassInspection(OnOrder):
    """Pass the vehicle: it is released, its guarantee begins, a certificate number is given where one is due."""

    roles = _INSPECTOR
    rule = "W7c"
    label = N_("pass inspection")
    story = N_("{actor} passed the final inspection at {odometer} km. {note}")
    stages = RELEASE.sources
    signature = True

    odometer: Odometer = Field(title=N_("mileage out"))
    note: Note = Field(default="", title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """Release the vehicle."""
        order, facts = self.locate(tx), tx.facts(self.locate(tx).id)
        target = RELEASE.require(facts)
        _require_independent(tx, facts)
        _require_odometer(tx, order, self.odometer)
        for row in _list(tx, order):
            if row.answer is Answer.NOT_OK:
                raise Refused(FAILED_LINE(line=Name(row.text_zh, row.text_en)))
        tx.add(_result(tx, order, self.odometer, self.note, passed=True))
        done = tx.all(OrderItem, OrderItem.order_id == order.id, OrderItem.state == ItemState.DONE)
        self._guarantee(tx, order, done)
        order.stage, order.released_at, order.odometer_out = target, tx.now, self.odometer
        if any(needs_certificate(item.repair_class) for item in done):
            order.certificate_no = _next_certificate(tx)
        tx.session.add(order)
        return {"certificate": order.certificate_no}

    def _guarantee(self, tx: Tx, order: RepairOrder, items: list[OrderItem]) -> None:
        vehicle = tx.get(Vehicle, order.vehicle_id)
        for item in items:
            given = guarantee(item.repair_class, vehicle.vehicle_class, tx.today, self.odometer)
            item.guarantee_until, item.guarantee_odometer = given.until, given.odometer
            tx.session.add(item)


class FailInspection(OnOrder):
    """Fail the vehicle with its defects per item: back to work, self-check again."""

    roles = _INSPECTOR
    rule = "W7c"
    label = N_("fail inspection")
    story = N_("{actor} failed the final inspection (round {round}). {note}")
    stages = FAIL.sources
    signature = True

    odometer: Odometer = Field(title=N_("mileage out"))
    defects: tuple[GivenDefect, ...] = Field(min_length=1, max_length=60, title=N_("defects"))
    note: Note = Field(default="", title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """Record the defects; a new round begins."""
        order, facts = self.locate(tx), tx.facts(self.locate(tx).id)
        FAIL.require(facts)
        _require_independent(tx, facts)
        _require_odometer(tx, order, self.odometer)
        number = order.round
        result = tx.add(_result(tx, order, self.odometer, self.note, passed=False))
        items = add_defects(tx, order, self.defects, inspection_id=result.id)
        back_to_work(tx, order, self.note)
        return {"items": items, "round": number}


def _list(tx: Tx, order: RepairOrder) -> list[CheckAnswer]:
    rows = tx.all(CheckAnswer, CheckAnswer.order_id == order.id, CheckAnswer.round == order.round)
    return [row for row in rows if row.item_id is None]


def _require_independent(tx: Tx, facts: OrderFacts) -> None:
    if tx.actor.id in facts.involved:
        raise Refused(INSPECTOR_WORKED())


def _require_odometer(tx: Tx, order: RepairOrder, odometer: int) -> None:
    seen = [one.odometer for one in tx.all(Inspection, Inspection.order_id == order.id)]
    before = max(order.odometer_in, *seen) if seen else order.odometer_in
    if odometer < before:
        raise Refused(ODOMETER_LOWER(before=before))


def _result(tx: Tx, order: RepairOrder, odometer: int, note: str, *, passed: bool) -> Inspection:
    return Inspection(
        order_id=key(order.id),
        round=order.round,
        inspector_id=tx.actor.id,
        at=tx.now,
        passed=passed,
        odometer=odometer,
        note=note,
    )


def _next_certificate(tx: Tx) -> str:
    series = tx.session.get(NumberSeries, _CERTIFICATES) or NumberSeries(kind=_CERTIFICATES, last=0)
    series.last += 1
    tx.session.add(series)
    return f"{tx.today.year}{series.last:06d}"
