"""`workshop db check` and `workshop verify`: whether the records hold."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlmodel import Session

from workshop.db import ledger
from workshop.db.invariants import check
from workshop.db.ledger import Flaw, Witness
from workshop.db.witness import WitnessFile
from workshop.domain.words import N_
from workshop.i18n import Translator

HOLDS = N_("The ledger holds. Lines: {number}, the last {hash}.")
FLAWS = {
    "missing": N_("Line {number} of the ledger is missing."),
    "broken_chain": N_("Line {number} of the ledger does not follow from the one before."),
    "altered": N_("Line {number} of the ledger was altered."),
    "contradicts_witness": N_("Line {number} of the ledger is not the one that a terminal saw."),
    "cut_off": N_("The ledger was cut off, or added to by hand, at line {number}."),
}
SOUND = N_("Every rule holds over the whole database.")


def witnesses_of(files: Sequence[Path]) -> list[Witness]:
    """What terminals saw, by the files in which they keep it."""
    return [seen for file in files for seen in WitnessFile(file).read()]


def ledger_flaw(session: Session, witnesses: Sequence[Witness] = ()) -> Flaw | None:
    """The first line of the ledger that does not hold, if there is one."""
    return ledger.verify(session, witnesses)


def told_ledger(session: Session, flaw: Flaw | None, said: Translator) -> str:
    """How the ledger stands, in one sentence."""
    if flaw is not None:
        return said(FLAWS[flaw.code], number=flaw.number)
    head = ledger.head(session)
    return said(HOLDS, number=head.number, hash=head.hash)


def breaches(session: Session, said: Translator) -> Iterator[str]:
    """Everything in the rows that breaks a rule, one line each, the rule first."""
    for breach in check(session):
        row = ", ".join(f"{name}={said.value(value)}" for name, value in breach.row.items())
        yield f"{breach.invariant.rule}  {breach.invariant.code}  {said(breach.invariant.text)}  {row}"
