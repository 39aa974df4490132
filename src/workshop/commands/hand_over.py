"""The hand-over: two signatures, the giver's and the taker's (W7b), with the tools clean and back (W8b)."""

from pydantic import Field
from sqlmodel import col

from workshop.commands.base import OnOrder, Outcome
from workshop.commands.fields import NoteFilled
from workshop.commands.order_tools import put_carts_back
from workshop.commands.shared import GivenDefect, add_defects, back_to_work, copy_checklist
from workshop.commands.tx import Tx, key
from workshop.db.tables import HandOver, RepairOrder
from workshop.domain.facts import OrderFacts
from workshop.domain.moves import SEND_BACK, TAKE_OVER
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.domain.tool_gates import tools_back
from workshop.domain.words import N_

FINAL_INSPECTION = "final_inspection"
OFFERED = ReasonKind("W7b", "already_offered", N_("The hand-over is already signed; a team leader takes it over."))
TOOLS_DIRTY = ReasonKind("W8b", "tools_not_clean", N_("Wipe the tools clean and put them back first, then confirm it."))
GIVER_NOT_WORKER = ReasonKind("W7b", "giver_not_worker", N_("Only somebody who worked on the order hands it over."))
TAKER_WORKED = ReasonKind(
    "W7b", "taker_worked", N_("You worked on this order or signed for it; somebody else must take it over.")
)
NO_INSPECTION_LIST = ReasonKind(
    "W7c",
    "no_inspection_list",
    N_("The catalogue has no list for the final inspection. The workshop manager enters it as “{checklist}”."),
    (Role.MANAGER,),
)
_TAKERS = frozenset({Role.TEAM_LEADER, Role.INSPECTOR})


class OfferHandOver(OnOrder):
    """The giver's signature: the work is done, the tools are clean and back."""

    roles = frozenset({Role.TECHNICIAN})
    rule = "W7b"
    label = N_("hand over")
    story = N_("{actor} signed the hand-over.")
    stages = (Stage.SELF_CHECKED,)
    signature = True

    tools_clean: bool = Field(default=False, title=N_("tools wiped clean and back in place"))

    def handle(self, tx: Tx) -> Outcome:
        """Offer the order to the team leader or the next process."""
        order, facts = self.locate(tx), tx.facts(self.locate(tx).id)
        if tx.actor.id not in facts.workers:
            raise Refused(GIVER_NOT_WORKER())
        if facts.offered_by is not None:
            raise Refused(OFFERED())
        if not self.tools_clean:
            raise Refused(TOOLS_DIRTY())
        require(tools_back(facts))
        put_carts_back(tx, order)
        tx.session.add(HandOver(order_id=key(order.id), round=order.round, giver_id=tx.actor.id, given_at=tx.now))
        return {}


class TakeOver(OnOrder):
    """The taker's signature; the order goes to final inspection."""

    roles = _TAKERS
    rule = "W7b"
    label = N_("take over")
    story = N_("{actor} took the order over.")
    stages = TAKE_OVER.sources
    signature = True

    def handle(self, tx: Tx) -> Outcome:
        """Take it over and lay out the inspector's list."""
        order, facts = self.locate(tx), tx.facts(self.locate(tx).id)
        target = TAKE_OVER.require(facts)
        _require_other(tx, facts)
        if not tx.checklist(FINAL_INSPECTION):
            raise Refused(NO_INSPECTION_LIST(checklist=FINAL_INSPECTION))
        offer = _offer(tx, order)
        offer.taker_id, offer.taken_at, offer.accepted = tx.actor.id, tx.now, True
        order.stage = target
        tx.session.add(offer)
        tx.session.add(order)
        return {"lines": copy_checklist(tx, FINAL_INSPECTION, key(order.id), None, order.round)}


class SendBack(OnOrder):
    """Refuse to take the order over: the items with defects go back to work."""

    roles = _TAKERS
    rule = "W7b"
    label = N_("send back")
    story = N_("{actor} sent the order back: {reason}")
    stages = SEND_BACK.sources
    signature = True

    reason: NoteFilled = Field(title=N_("reason"))
    defects: tuple[GivenDefect, ...] = Field(min_length=1, max_length=60, title=N_("defects"))

    def handle(self, tx: Tx) -> Outcome:
        """Record the refusal with its defects; a new round begins."""
        order, facts = self.locate(tx), tx.facts(self.locate(tx).id)
        SEND_BACK.require(facts)
        _require_other(tx, facts)
        offer = _offer(tx, order)
        offer.taker_id = tx.actor.id
        tx.session.add(offer)
        items = add_defects(tx, order, self.defects, hand_over_id=offer.id)
        back_to_work(tx, order, self.reason)
        return {"items": items}


def _offer(tx: Tx, order: RepairOrder) -> HandOver:
    return tx.one(HandOver, HandOver.order_id == order.id, col(HandOver.accepted).is_(None), what=order.number)


def _require_other(tx: Tx, facts: OrderFacts) -> None:
    if tx.actor.id in facts.involved or tx.actor.id == facts.offered_by:
        raise Refused(TAKER_WORKED())
