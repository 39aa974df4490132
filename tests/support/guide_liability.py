"""What sensible people would do next about broken tools and lost parts, for the random walks."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from support.act import Act
from support.milestones import Milestone, Wishes
from support.shop import SmallShop
from workshop.db.liability_facts import load_cases
from workshop.domain.liability import CaseFacts, CaseState, CaseSubject, Method, ShareFacts

_TOOLS = """
    SELECT t.number FROM tool t WHERE NOT EXISTS (
        SELECT 1 FROM liability_case c LEFT JOIN tool_release r ON r.case_id = c.id
        WHERE c.tool_id = t.id AND (r.case_id IS NULL OR r.fate = 'out_of_use')
    ) ORDER BY t.id
"""
_ISSUES = """
    SELECT i.id, i.basis = 'loan' AND NOT EXISTS (SELECT 1 FROM loan_return r WHERE r.issue_id = i.id)
        AND NOT EXISTS (SELECT 1 FROM liability_case c WHERE c.issue_id = i.id) AS owed,
        NOT EXISTS (SELECT 1 FROM part_fitting f WHERE f.issue_id = i.id)
        AND NOT EXISTS (SELECT 1 FROM part_return b WHERE b.issue_id = i.id)
        AND NOT EXISTS (SELECT 1 FROM liability_case c WHERE c.issue_id = i.id) AS in_hand
    FROM part_issue i JOIN part_line n ON n.id = i.line_id JOIN order_item t ON t.id = n.item_id
    JOIN repair_order o ON o.id = t.order_id WHERE o.stage NOT IN ('delivered', 'cancelled') ORDER BY i.id DESC LIMIT 12
"""
_CASES = "SELECT id, number FROM liability_case ORDER BY id"
_MANAGERS = ("manager", "all_rounder")
_KEEPERS = ("keeper", "manager", "all_rounder")
_PERCENTS = (("100",), ("100",), ("50", "50"), ("33.33", "33.33", "33.34"), ("12.5", "87.5"))


class Accuser:
    """Reports now and then, and takes the cases on that are open."""

    def __init__(self, shop: SmallShop, rng: random.Random, wishes: Wishes) -> None:
        self.shop = shop
        self.rng = rng
        self.wishes = wishes

    def plan(self, session: Session) -> list[Act]:
        """The next acts on one case, or a new report."""
        numbers = dict(session.execute(sa.text(_CASES)).all())
        cases = load_cases(session, list(numbers))
        still_open = [key for key in numbers if not cases[key].closed]
        about_parts = any(cases[key].subject is not CaseSubject.TOOL for key in still_open)
        report = 0.25 if about_parts else self.wishes.share(0.25, Milestone.WRITTEN_OFF)
        if not still_open or (len(still_open) < 4 and self.rng.random() < report):
            return list(self._report(session))
        chosen = self.rng.choice(self._urgent([cases[key] for key in still_open]))
        return list(self._go_on(cases[chosen], numbers[chosen]))

    def _urgent(self, cases: list[CaseFacts]) -> list[int]:
        """The ids of those that hold the parts of an order up, mostly, or that somebody can go on with."""
        about_parts = [one.id for one in cases if one.subject is not CaseSubject.TOOL and not one.final]
        if about_parts and self.rng.random() < self.wishes.share(0.5, Milestone.WRITTEN_OFF):
            return about_parts
        return [one.id for one in cases if one.final or self._impartial(one)] or [one.id for one in cases]

    def _impartial(self, facts: CaseFacts) -> list[str]:
        """The managers who may decide: not concerned, and not the one whose decision was objected to."""
        barred = facts.concerned | {decision.decided_by for decision in facts.decisions}
        return [who for who in _MANAGERS if self.shop.people[who].id not in barred]

    def _report(self, session: Session) -> Iterator[Act]:
        what = {"cause": self.rng.choice(["wear", "improper_use", "loss", "wilful"]), "circumstances": "掉落"}
        issues = [
            row for row in session.execute(sa.text(_ISSUES)) if row.owed or row.in_hand or self.rng.random() < 0.1
        ]
        about_parts = self.wishes.share(0.6, Milestone.WRITTEN_OFF)
        if self.wishes.want(Milestone.TOOL_RELEASED) and not self.wishes.want(Milestone.WRITTEN_OFF):
            about_parts = 0.3
        if issues and self.rng.random() < about_parts:
            issue = self.rng.choice(issues)
            sides = [side for side, there in (("old", issue.owed), ("new", issue.in_hand)) if there]
            side = self.rng.choice(sides or ["old", "new"])
            yield Act("clerk", "report-part-loss", {"issue": issue.id, "side": side, **what})
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
            holders = {share.person_id for share in facts.shares}
            keepers = [who for who in _KEEPERS if self.shop.people[who].id not in holders]
            yield Act(
                self.rng.choice(keepers or _KEEPERS),
                "release-tool",
                known | {"fate": self.rng.choice(["in_service", "in_service", "out_of_use"])},
            )

    def _decision(self, facts: CaseFacts, known: dict[str, Any]) -> Act:
        impartial = self._impartial(facts) if self.rng.random() < 0.9 else []
        manager = self.rng.choice(impartial or _MANAGERS)
        to_be_answered = self.wishes.want(Milestone.OBJECTED, Milestone.INSTALMENT)
        if self.rng.random() < (0.1 if to_be_answered else 0.3):
            ground = self.rng.choice(["wear", "no_fault", "unfounded"])
            return Act(manager, "close-without-liability", known | {"ground": ground, "reason": "查明"})
        whole = self.rng.choice(_PERCENTS)
        # A share of a manager's leaves nobody to decide on an objection, and the case open for good.
        floor = [who for who in self.shop.people if who not in _MANAGERS or self.rng.random() < 0.05]
        badges = [self.shop.badge(who) for who in self.rng.sample(floor, k=len(whole))]
        if facts.custodian_id is not None and self.rng.random() < 0.7:
            badges[0] = self._badges().get(facts.custodian_id, badges[0])
        shares = [{"badge": badge, "percent": percent} for badge, percent in zip(badges, whole, strict=True)]
        amount = (facts.price * self.rng.randint(1, 101) / 100).quantize(Decimal("0.01"))
        terms = {"cause": self.rng.choice(["improper_use", "loss", "wilful"]), "amount": amount, "shares": shares}
        method = Method.PAY if self.wishes.want(Milestone.INSTALMENT) else self.rng.choice(list(Method))
        return Act(manager, "decide-liability", known | terms | {"method": method, "reason": "查明"})

    def _badges(self) -> dict[int, str]:
        """By id, of those whom the shop began with; the walk hires others, who plan nothing."""
        return {worker.id: worker.badge for worker in self.shop.people.values()}

    def _answer(self, share: ShareFacts, known: dict[str, Any]) -> Iterator[Act]:
        objects = self.rng.random() < self.wishes.share(0.45, Milestone.OBJECTED)
        for who, worker in self.shop.people.items():
            if worker.id == share.person_id and not objects:
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
