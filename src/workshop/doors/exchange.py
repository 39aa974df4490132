"""`workshop exchange`: vehicle health records to a folder or a receiving system; every answer is recorded.

What waits is read from the records themselves: every delivered order that no receiver has accepted. So nothing is lost
when the network is, and the next run goes on where this one ended.
"""

from collections.abc import Iterator

from workshop.commands.perform import Clock, perform, utc_now
from workshop.commands.tx import Actor
from workshop.db.database import Database
from workshop.documents.receivers import AGAIN, AWAY, LEFT, NOTHING, SENT, Receiver, Unreachable, attempt
from workshop.domain.health_record import ExchangeResult
from workshop.i18n import Translator
from workshop.queries.health_records import to_send


def send_all(
    db: Database, receiver: Receiver, actor: Actor, terminal: str, said: Translator, clock: Clock = utc_now
) -> Iterator[str]:
    """Send everything that waits and record every answer; what became of each, told one by one."""
    with db.reading() as session:
        waiting = to_send(session, clock())
    left = 0
    for place, one in enumerate(waiting):
        if one.unanswered:
            yield said(AGAIN, order=one.order_number)
        try:
            answered = attempt(receiver, one)
        except Unreachable as error:
            yield said(AWAY, order=one.order_number, detail=str(error))
            left += len(waiting) - place
            break
        perform(db, answered, actor.id, terminal, clock=clock)
        left += answered.exchange_result is not ExchangeResult.ACCEPTED
        yield said(SENT, order=one.order_number, result=answered.exchange_result, answer=answered.receiver_said)
    yield said(LEFT, count=left) if left else said(NOTHING)
