"""Shares in a liability, and the account of what a person owes: everything adds up to the fen (W8a)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from workshop.domain.liability import Method

WHOLE: Final = Decimal(100)
_FEN: Final = Decimal("0.01")


def split(amount: Decimal, percents: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The amount (whole fen) by shares in percent (at most two decimals, 100 together), exact to the fen.

    Every share is rounded down; the fen left over go to the largest remainders, of equal ones to the first.
    """
    parts = [divmod(int(amount * 100) * int(percent * 100), 10_000) for percent in percents]
    left = int(amount * 100) - sum(fen for fen, _ in parts)
    by_remainder = sorted(range(len(parts)), key=lambda place: -parts[place][1])
    favoured = set(by_remainder[:left])
    return tuple((fen + (place in favoured)) * _FEN for place, (fen, _) in enumerate(parts))


@dataclass(frozen=True, slots=True)
class Entry:
    """A movement on a person's account: `debit` is owed from then on, `credit` was made good by `method`."""

    at: datetime
    case: str
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    method: Method | None = None


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An entry with what is owed after it."""

    entry: Entry
    balance: Decimal


def account(entries: Iterable[Entry]) -> tuple[AccountLine, ...]:
    """The entries in the order of time, a debit before the credits of its moment, with the running balance."""
    lines: list[AccountLine] = []
    balance = Decimal(0)
    for entry in sorted(entries, key=lambda one: (one.at, one.case, one.credit)):
        balance += entry.debit - entry.credit
        lines.append(AccountLine(entry, balance))
    return tuple(lines)
