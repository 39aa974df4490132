"""What the receiver of vehicle health records answered, kept with the order."""

from pydantic import Field

from workshop.commands.base import OnOrder, Outcome
from workshop.commands.fields import LongFilled, Note
from workshop.commands.tx import Tx, key
from workshop.db.tables import HealthExchange
from workshop.domain.health_record import ExchangeResult
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.domain.words import N_

ACCEPTED_BEFORE = ReasonKind(
    "-", "exchange_accepted_before", N_("The health record of this order was accepted already.")
)


class RecordExchange(OnOrder):
    """Keep what became of a vehicle health record that was sent. The program does this by itself when it sends one."""

    roles = frozenset({Role.ADVISOR, Role.MANAGER, Role.ADMINISTRATOR})
    label = N_("record what the health record's receiver answered")
    story = N_("{actor} sent the health record to {receiver}: {exchange_result}. {receiver_said}")
    stages = (Stage.DELIVERED,)

    exchange_result: ExchangeResult = Field(title=N_("result"))
    receiver: LongFilled = Field(title=N_("receiver"))
    receiver_said: Note = Field(default="", title=N_("answer"))

    def handle(self, tx: Tx) -> Outcome:
        """One row for each attempt; a record is accepted once."""
        order = self.locate(tx)
        kept = tx.all(HealthExchange, HealthExchange.order_id == key(order.id))
        if any(one.result is ExchangeResult.ACCEPTED for one in kept):
            raise Refused(ACCEPTED_BEFORE())
        tx.add(
            HealthExchange(
                order_id=key(order.id),
                result=self.exchange_result,
                receiver=self.receiver,
                answer=self.receiver_said,
                by_id=tx.actor.id,
                at=tx.now,
            )
        )
        return {"attempt": len(kept) + 1}
