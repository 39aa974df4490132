"""What sensible people would do next about broken tools and lost parts, for the random walks."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from support.act import Act
from support.shop import SmallShop
from workshop.db.liability_facts import load_cases
from workshop.domain.liability import CaseFacts, CaseState, CaseSubject, Method, ShareFacts

_TOOLS = "SELECT number FROM tool ORDER BY id"
_ISSUES = """
    SELECT i.id FROM part_issue i JOIN part_line n ON n.id = i.line_id JOIN order_item t ON t.id = n.item_id
    JOIN repair_order o ON o.id = t.order_id WHERE o.stage NOT IN ('delivered', 'cancelled') ORDER BY i.id DESC LIMIT 12
"""
_CASES = "SELECT id, number FROM liability_case ORDER BY id"
_MANAGERS = ("manager", "all_rounder")
_PERCENTS = (("100",), ("100",), ("50", "50"), ("33.33", "33.33", "33.34"), ("12.5", "87.5"))


class Accuser:
    """Reports now and then, and takes the cases on that are open."""

    def __init__(self, shop: SmallShop, rng: random.Random) -> None:
        self.shop = shop
        self.rng = rng

    def plan(self, session: Session) -> list[Act]:
        """The next acts on one case, or a new report."""
        numbers = dict(session.execute(sa.text(_CASES)).all())
        cases = load_cases(session, list(numbers))
        still_open = [key for key, facts in cases.items() if not facts.closed]
        if not still_open or (len(still_open) < 4 and self.rng.random() < 0.4):
            return list(self._report(session))
        chosen = self.rng.choice(still_open)
        return list(self._go_on(cases[chosen], numbers[chosen]))

    def _report(self, session: Session) -> Iterator[Act]:
        what = {"cause": self.rng.choice(["wear", "improper_use", "loss", "wilful"]), "circumstances": "掉落"}
        issues = session.execute(sa.text(_ISSUES)).scalars().all()
        if issues and self.rng.random() < 0.6:
            for issue in self.rng.sample(issues, k=min(2, len(issues))):
                side = self.rng.choice(["old", "new"])
                yield Act("clerk", "report-part-loss", {"issue": issue, "side": side, **what})
        else:
            yield from self._broken(session, what)

    def _broken(self, session: Session, what: dict[str, Any]) -> Iterator[Act]:
        """A tool of its own breaks: those that the small shop began with are wanted elsewhere in the walk."""
        there = [one for one in session.execute(sa.text(_TOOLS)).scalars() if one not in self.shop.tools]
        yield Act("keeper", "add-tool", {"tool_code": "RATCHET"})
        if there:
            tool, holder = self.rng.choice(there), self.rng.choice(list(self.shop.people.values()))
            yield Act("keeper", "check-out-tool", {"tool": tool, "holder": holder.badge})
            yield Act(self.rng.choice(list(self.shop.people)), "report-damage", {"tool": tool, **what})

    def _go_on(self, facts: CaseFacts, number: str) -> Iterator[Act]:
        known = {"case": number}
        if facts.state in {CaseState.REPORTED, CaseState.OBJECTED}:
            yield self._decision(facts, known)
        elif facts.state is CaseState.DECIDED:
            for share in facts.shares:
                if share.acknowledged is None:
                    yield from self._answer(share, known)
        elif facts.state is CaseState.SETTLING:
            yield from self._settlement(facts, known)
        elif facts.subject is CaseSubject.TOOL:
            yield Act(
                "keeper", "release-tool", known | {"fate": self.rng.choice(["in_service", "in_service", "out_of_use"])}
            )

    def _decision(self, facts: CaseFacts, known: dict[str, Any]) -> Act:
        manager = self.rng.choice(_MANAGERS)
        if self.rng.random() < 0.3:
            ground = self.rng.choice(["wear", "no_fault", "unfounded"])
            return Act(manager, "close-without-liability", known | {"ground": ground, "reason": "查明"})
        whole = self.rng.choice(_PERCENTS)
        badges = self.rng.sample([worker.badge for worker in self.shop.people.values()], k=len(whole))
        if facts.custodian_id is not None and self.rng.random() < 0.7:
            badges[0] = self._badges().get(facts.custodian_id, badges[0])
        shares = [{"badge": badge, "percent": percent} for badge, percent in zip(badges, whole, strict=True)]
        amount = (facts.price * self.rng.randint(1, 101) / 100).quantize(Decimal("0.01"))
        terms = {"cause": self.rng.choice(["improper_use", "loss", "wilful"]), "amount": amount, "shares": shares}
        return Act(
            manager, "decide-liability", known | terms | {"method": self.rng.choice(list(Method)), "reason": "查明"}
        )

    def _badges(self) -> dict[int, str]:
        """By id, of those whom the shop began with; the walk hires others, who plan nothing."""
        return {worker.id: worker.badge for worker in self.shop.people.values()}

    def _answer(self, share: ShareFacts, known: dict[str, Any]) -> Iterator[Act]:
        for who, worker in self.shop.people.items():
            if worker.id == share.person_id and self.rng.random() < 0.55:
                yield Act(who, "acknowledge-liability", known)
            elif worker.id == share.person_id:
                yield Act(who, "object-to-liability", known | {"statement": "不是我"})

    def _settlement(self, facts: CaseFacts, known: dict[str, Any]) -> Iterator[Act]:
        method = facts.last.method if facts.last else None
        if method is Method.REPLACE and self.rng.random() < 0.7:
            tool = facts.subject is CaseSubject.TOOL
            yield Act("keeper" if tool else "clerk", f"accept-replacement-{'tool' if tool else 'parts'}", known)
        elif method is Method.REPAIR and self.rng.random() < 0.7:
            yield Act("keeper", "accept-repair", known)
        for share in facts.shares:
            debtor = self._badges().get(share.person_id)
            if share.owed and debtor is not None:
                part = (share.owed * self.rng.choice((1, 1, 3)) / 2).quantize(Decimal("0.01"))
                amount = self.rng.choice((share.owed, max(part, Decimal("0.01"))))
                yield Act(
                    self.rng.choice(("manager", "admin")),
                    "record-payment",
                    known | {"debtor": debtor, "amount": amount},
                )
