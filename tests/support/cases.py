"""Liability cases made up of facts alone, and the lives that they can lead, for the rules that need no database."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st

from workshop.domain.liability import CaseFacts, CaseSubject, DecisionFacts, Ground, Method, ShareFacts
from workshop.domain.shares import split

CUSTODIAN, FIRST, SECOND = 1, 11, 12
"""Who had it, and two managers who have nothing to do with it."""

AMOUNTS = st.integers(1, 10_000_000).map(lambda fen: Decimal(fen).scaleb(-2))


@st.composite
def percents(draw: st.DrawFn, most: int = 6) -> tuple[Decimal, ...]:
    """Shares of at most two decimals that come to exactly 100 %."""
    cuts = draw(st.lists(st.integers(1, 9_999), unique=True, max_size=most - 1).map(sorted))
    edges = [0, *cuts, 10_000]
    return tuple(Decimal(high - low).scaleb(-2) for low, high in pairwise(edges))


def decision(by: int, amount: str, shares: dict[int, str], method: Method = Method.PAY) -> DecisionFacts:
    """A decision that lays these percents on people."""
    sums = split(Decimal(amount), [Decimal(one) for one in shares.values()])
    held = tuple(
        ShareFacts(place, person, Decimal(percent), part)
        for place, ((person, percent), part) in enumerate(zip(shares.items(), sums, strict=True))
    )
    return DecisionFacts(by, held, method)


def answered(made: DecisionFacts, *answers: bool | None) -> DecisionFacts:
    """The decision with the answers of those concerned."""
    pairs = zip(made.shares, answers, strict=True)
    return replace(made, shares=tuple(replace(share, acknowledged=answer) for share, answer in pairs))


def settled(made: DecisionFacts, *sums: str) -> DecisionFacts:
    """The decision with what was made good of each share."""
    pairs = zip(made.shares, sums, strict=True)
    return replace(made, shares=tuple(replace(share, settled=Decimal(one)) for share, one in pairs))


@st.composite
def cases(draw: st.DrawFn) -> CaseFacts:
    """A case at any point of any life: answered by some, decided once or twice, paid in part, released or not."""
    subject = draw(st.sampled_from(CaseSubject))
    price = draw(AMOUNTS)
    custodian = draw(st.none() | st.just(CUSTODIAN))
    managers = draw(st.sampled_from([(), (FIRST,), (FIRST, SECOND)]))
    taken = tuple(draw(_decisions(by, price, last=by == managers[-1])) for by in managers)
    if len(taken) == 2 and not any(share.acknowledged is False for share in taken[0].shares):
        taken = taken[:1]
    released = subject is CaseSubject.TOOL and draw(st.booleans())
    return CaseFacts(1, subject, price, custodian, taken, released)


@st.composite
def _decisions(draw: st.DrawFn, by: int, price: Decimal, *, last: bool) -> DecisionFacts:
    if last and draw(st.booleans()):
        return DecisionFacts(by, ground=draw(st.sampled_from(Ground)))
    whole = draw(percents(most=3))
    amount = draw(st.integers(1, int(price * 100))) * Decimal("0.01")
    shares = []
    for place, (percent, part) in enumerate(zip(whole, split(amount, whole), strict=True)):
        answer = draw(st.sampled_from([None, True, False])) if by == FIRST else None
        paid = draw(st.integers(0, int(part * 100))) * Decimal("0.01") if last else Decimal(0)
        shares.append(ShareFacts(place, CUSTODIAN + place, percent, part, answer, paid))
    return DecisionFacts(by, tuple(shares), draw(st.sampled_from(Method)))
