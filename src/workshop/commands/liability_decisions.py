"""Deciding a liability case: who is liable, the answers of those concerned, the second manager (W8a, W6c)."""

from decimal import Decimal

from pydantic import Field

from workshop.commands.base import Outcome
from workshop.commands.fields import Badge, Note, NoteFilled, Percent, Sum
from workshop.commands.liability import OnCase, conclude, facts_of, release, thing_of
from workshop.commands.shared import Given
from workshop.commands.tx import Tx, key
from workshop.db.tables import LiabilityAnswer, LiabilityCase, LiabilityDecision, LiabilityShare, Person
from workshop.domain.liability import CaseState, CaseSubject, Cause, Ground, Method, ToolFate
from workshop.domain.liability_rules import deciding, share_to_answer, terms
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.shares import split
from workshop.domain.words import N_
from workshop.i18n import money

GONE = ReasonKind("W8a", "share_of_leaver", N_("{person} no longer works here and could not answer the decision."))
_MANAGER = frozenset({Role.MANAGER})


class GivenShare(Given):
    """What part of it one person is liable for."""

    badge: Badge = Field(title=N_("person"))
    percent: Percent = Field(default=Decimal(100), title=N_("percent"))


class DecideLiability(OnCase):
    """Decide who is liable, for how much, how it is made good. After an objection another manager does it, for good."""

    roles = _MANAGER
    rule = "W8a"
    label = N_("decide liability")
    story = N_("{actor} decided case {case} about {thing}: {cause}, {sum}, {method}; {liable}. {reason}")
    signature = True

    cause: Cause = Field(title=N_("cause"))
    amount: Sum = Field(title=N_("amount"))
    method: Method = Field(default=Method.PAY, title=N_("made good by"))
    shares: tuple[GivenShare, ...] = Field(min_length=1, max_length=20, title=N_("shares"))
    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """Record decision and shares; those concerned answer a first one, a second one is final."""
        case = self.row(tx)
        facts = facts_of(tx, case)
        people = [tx.one(Person, Person.badge == one.badge, what=one.badge) for one in self.shares]
        holders, percents = [key(one.id) for one in people], [one.percent for one in self.shares]
        require(deciding(facts, tx.actor.id, holders))
        require(terms(facts, self.cause, self.amount, self.method, holders, percents))
        gone = [one for one in people if not one.active]
        if gone and facts.state is CaseState.REPORTED:
            raise Refused(*(GONE(person=one.name) for one in gone))
        decision = tx.add(
            LiabilityDecision(
                case_id=key(case.id),
                instance=len(facts.decisions) + 1,
                decided_by_id=tx.actor.id,
                at=tx.now,
                cause=self.cause,
                amount=self.amount,
                method=self.method,
                reason=self.reason,
            )
        )
        sums = split(self.amount, percents)
        for person_id, percent, part in zip(holders, percents, sums, strict=True):
            tx.session.add(
                LiabilityShare(decision_id=key(decision.id), person_id=person_id, percent=percent, amount=part)
            )
        conclude(tx, case)
        liable = [f"{one.name} {money(part)}" for one, part in zip(people, sums, strict=True)]
        return {"thing": thing_of(tx, case).as_json(), "sum": money(self.amount), "liable": list(liable)}


class CloseWithoutLiability(OnCase):
    """Decide that nobody is liable: it was worn out, it was nobody's fault, or it is here and whole after all."""

    roles = _MANAGER
    rule = "W8a"
    label = N_("close without liability")
    story = N_("{actor} found nobody liable in case {case} about {thing}: {ground}. {reason}")
    signature = True

    ground: Ground = Field(title=N_("why"))
    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """End the case; a tool that is here and whole may be used again at once."""
        case = self.row(tx)
        facts = facts_of(tx, case)
        require(deciding(facts, tx.actor.id, ()))
        tx.add(
            LiabilityDecision(
                case_id=key(case.id),
                instance=len(facts.decisions) + 1,
                decided_by_id=tx.actor.id,
                at=tx.now,
                ground=self.ground,
                reason=self.reason,
            )
        )
        conclude(tx, case)
        if self.ground is Ground.UNFOUNDED and case.subject is CaseSubject.TOOL:
            release(tx, case, ToolFate.IN_SERVICE, note=self.reason)
        return {"thing": thing_of(tx, case).as_json()}


class AcknowledgeLiability(OnCase):
    """Accept your own share as it was decided."""

    roles = EVERYONE
    rule = "W8a"
    label = N_("acknowledge liability")
    story = N_("{actor} acknowledged {sum} in case {case}. {statement}")
    signature = True

    statement: Note = Field(default="", title=N_("statement"))

    def handle(self, tx: Tx) -> Outcome:
        """Record the answer; with the last one the decision is final."""
        return _answer(tx, self.row(tx), self.statement, acknowledged=True)


class ObjectToLiability(OnCase):
    """Object to your own share, with a statement; a second manager decides the whole case for good."""

    roles = EVERYONE
    rule = "W8a"
    label = N_("object to liability")
    story = N_("{actor} objected to {sum} in case {case}: {statement}")
    signature = True

    statement: NoteFilled = Field(title=N_("statement"))

    def handle(self, tx: Tx) -> Outcome:
        """Record the answer."""
        return _answer(tx, self.row(tx), self.statement, acknowledged=False)


def _answer(tx: Tx, case: LiabilityCase, statement: str, *, acknowledged: bool) -> Outcome:
    share = share_to_answer(facts_of(tx, case), tx.actor.id)
    tx.add(LiabilityAnswer(share_id=share.id, acknowledged=acknowledged, statement=statement, at=tx.now))
    conclude(tx, case)
    return {"sum": money(share.amount)}
