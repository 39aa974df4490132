"""What no database of a shop may ever hold, whatever door was used: the rules as queries.

The commands keep these out one by one; the invariants are written independently of them, over the rows alone, so that
`workshop db check` and the tests can say of any database whether the rules held.
"""

from dataclasses import dataclass

from sqlmodel import Session

from workshop.db.invariants import (
    checking,
    cleaning,
    consent,
    counter,
    high_voltage,
    liability,
    orders,
    papers,
    records,
    safety,
    stock,
    tools,
    training,
    work,
)
from workshop.db.invariants.rule import Invariant, Row

__all__ = ["INVARIANTS", "Breach", "Invariant", "check"]

INVARIANTS: tuple[Invariant, ...] = (
    *orders.INVARIANTS,
    *work.INVARIANTS,
    *consent.INVARIANTS,
    *counter.INVARIANTS,
    *stock.INVARIANTS,
    *checking.INVARIANTS,
    *high_voltage.INVARIANTS,
    *safety.INVARIANTS,
    *training.INVARIANTS,
    *cleaning.INVARIANTS,
    *liability.INVARIANTS,
    *tools.INVARIANTS,
    *records.INVARIANTS,
    *papers.INVARIANTS,
)


@dataclass(frozen=True, slots=True)
class Breach:
    """One row that breaks an invariant."""

    invariant: Invariant
    row: Row

    def __str__(self) -> str:
        fields = ", ".join(f"{name}={value}" for name, value in self.row.items())
        return f"{self.invariant.rule} {self.invariant.code}: {self.invariant.text} ({fields})"


def check(session: Session) -> list[Breach]:
    """Everything in the database that breaks an invariant; empty for a sound one."""
    return [Breach(invariant, row) for invariant in INVARIANTS for row in invariant.rows(session)]
