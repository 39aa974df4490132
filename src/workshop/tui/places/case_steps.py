"""Which step of a liability case is open to whom, and what its form already says (W8a, W6c)."""

from collections.abc import Iterator

from workshop.commands.base import Command
from workshop.commands.liability_decisions import (
    AcknowledgeLiability,
    CloseWithoutLiability,
    DecideLiability,
    ObjectToLiability,
)
from workshop.commands.liability_settlement import (
    AcceptRepair,
    AcceptReplacementParts,
    AcceptReplacementTool,
    RecordPayment,
    ReleaseTool,
)
from workshop.commands.tx import Actor
from workshop.domain.liability import TO_DECIDE, CaseState, CaseSubject, Cause, Method
from workshop.domain.liability_rules import deciding, making_good, releasing
from workshop.queries.liability import CaseView


def steps(view: CaseView, person: Actor) -> list[type[Command]]:
    """The acts that this person can do next on the case, by the rules themselves."""
    return [command for command in _open(view, person.id) if command.roles & person.roles]


def _open(view: CaseView, person_id: int) -> Iterator[type[Command]]:
    facts = view.facts
    if facts.state in TO_DECIDE and not deciding(facts, person_id, ()):
        yield from (DecideLiability, CloseWithoutLiability)
    mine = facts.share_of(person_id)
    if facts.state is CaseState.DECIDED and mine is not None and mine.acknowledged is None:
        yield from (AcknowledgeLiability, ObjectToLiability)
    tool = facts.subject is CaseSubject.TOOL
    if not making_good(facts, Method.REPLACE, person_id, tool=tool):
        yield AcceptReplacementTool if tool else AcceptReplacementParts
    if tool and not making_good(facts, Method.REPAIR, person_id, tool=True):
        yield AcceptRepair
    if facts.state is CaseState.SETTLING and any(share.owed and share is not mine for share in facts.shares):
        yield RecordPayment
    if not releasing(facts, person_id):
        yield ReleaseTool


def given(view: CaseView) -> dict[str, object]:
    """What stands in the forms to be changed: the whole price from the custodian, or what is owed first."""
    owing = [share for share in (view.decisions[-1].shares if view.decisions else ()) if share.amount != share.settled]
    if view.state is CaseState.SETTLING and owing:
        return {"debtor": owing[0].person.badge, "amount": owing[0].amount - owing[0].settled}
    if view.state not in TO_DECIDE:
        return {}
    cause = None if view.cause is Cause.WEAR else view.cause
    terms: dict[str, object] = {"amount": view.facts.price, "method": Method.PAY, "cause": cause}
    if view.decisions:
        first = view.decisions[-1]
        terms = {"amount": first.amount, "method": first.method, "cause": first.cause}
        terms["shares"] = [
            {"badge": one.person.badge, "percent": f"{one.percent.normalize():f}"} for one in first.shares
        ]
    elif view.custodian is not None:
        terms["shares"] = [{"badge": view.custodian.badge, "percent": "100"}]
    return terms
