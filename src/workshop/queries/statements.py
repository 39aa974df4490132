"""What each person was found liable for and has made good: statements that add up to the fen (W8a)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.liability_facts import load_cases
from workshop.db.tables import LiabilityDecision, LiabilityShare
from workshop.domain.shares import AccountLine, Entry, account
from workshop.domain.words import Name
from workshop.queries.liability import CaseView, Someone, case_views, everybody


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A line of a person's statement, with what it was for."""

    account: AccountLine
    thing: Name
    pieces: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person was found liable for and has made good: every debit, every credit, and the balance."""

    person: Someone
    lines: tuple[StatementLine, ...]

    @property
    def debit(self) -> Decimal:
        """Everything that was ever owed."""
        return sum((line.account.entry.debit for line in self.lines), start=Decimal(0))

    @property
    def credit(self) -> Decimal:
        """Everything that was ever made good."""
        return sum((line.account.entry.credit for line in self.lines), start=Decimal(0))

    @property
    def balance(self) -> Decimal:
        """What is still owed."""
        return self.debit - self.credit


def statement(session: Session, badge: str) -> Statement | None:
    """The statement of the person with this badge; None if there is no such person."""
    person = next((one for one in everybody(session).values() if one.badge == badge), None)
    if person is None:
        return None
    return Statement(person, _lines(_decided(session, person.id), person.id))


def statements(session: Session) -> list[Statement]:
    """The statements of everybody who was ever found liable for good, those who owe the most first."""
    cases = _decided(session)
    holders = {share.person for one in cases for share in one.decisions[-1].shares}
    found = [Statement(person, _lines(cases, person.id)) for person in holders]
    return sorted(found, key=lambda one: (-one.balance, one.person.badge))


def _decided(session: Session, person_id: int | None = None) -> list[CaseView]:
    """The cases in which somebody (or this person) is liable for good."""
    query = sa.select(col(LiabilityDecision.case_id)).join(
        LiabilityShare, col(LiabilityShare.decision_id) == col(LiabilityDecision.id)
    )
    if person_id is not None:
        query = query.where(col(LiabilityShare.person_id) == person_id)
    facts = load_cases(session, sorted(set(session.execute(query).scalars())))
    final = {one: of for one, of in facts.items() if of.final and of.shares}
    return case_views(session, final)


def _lines(cases: Iterable[CaseView], person_id: int) -> tuple[StatementLine, ...]:
    entries: list[Entry] = []
    of = {one.number: one for one in cases}
    for number, one in of.items():
        share = next((share for share in one.decisions[-1].shares if share.person.id == person_id), None)
        if share is None or one.final_at is None:
            continue
        entries.append(Entry(one.final_at, number, debit=share.amount))
        entries += [
            Entry(paid.at, number, credit=paid.amount, method=paid.method)
            for paid in one.settlements
            if paid.person.id == person_id
        ]
    return tuple(
        StatementLine(line, of[line.entry.case].thing, of[line.entry.case].pieces) for line in account(entries)
    )
