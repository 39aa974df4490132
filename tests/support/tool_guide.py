"""What sensible people would do next about the tools of an order: draw, count, find, bring back or keep them."""

import random
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col

from support.act import Act
from support.catalogue import CARTS, KIT
from support.milestones import Milestone, Wishes
from support.shop import SmallShop
from workshop.db.custody import pieces
from workshop.db.tables import Tool, ToolModel
from workshop.domain.custody import unusable
from workshop.domain.facts import OrderFacts
from workshop.domain.states import Stage
from workshop.domain.tools import CountMoment, ToolClass, ToolPlace


class ToolGuide:
    """Plans the acts on an order's tools."""

    def __init__(self, shop: SmallShop, rng: random.Random, wishes: Wishes) -> None:
        self.shop = shop
        self.rng = rng
        self.wishes = wishes

    def chance(self, share: float, *leads_to: Milestone) -> bool:
        """True in this share of cases; in more of them while one of these milestones is wished for."""
        return self.rng.random() < self.wishes.share(share, *leads_to)

    def plan(self, session: Session, facts: OrderFacts, crew: list[str], *, done: bool) -> Iterator[Act]:
        """Draw now and then; count when it is time, mostly everything; settle what is missing, if not at once."""
        who, order = self.rng.choice(crew), {"order": facts.number}
        if (
            self.chance(0.1)
            if facts.tools.own
            else self.chance(0.4, Milestone.DELIVERED_WITH_TOOLS, Milestone.TOOL_KEPT)
        ):
            yield self._draw(session, who, facts)
        signed_for = self.wishes.want(Milestone.TOOL_SIGNED_FOR) and not self.wishes.want(Milestone.TOOL_FOUND)
        for tool in facts.tools.missing:
            if self.chance(0.1 if signed_for else 0.45, Milestone.TOOL_FOUND):
                yield Act(who, "found-tool", order | {"tool": tool.number})
            elif self.chance(0.6):
                signer = self.rng.choice(["leader", "leader", "leader2", "all_rounder"])
                yield Act(signer, "sign-missing-tool", order | {"tool": tool.number, "reason": "全车查找未见"})
        for moment in self._due(facts, done=done):
            lost = (Milestone.TOOL_FOUND, Milestone.TOOL_SIGNED_FOR)
            seen = [tool.number for tool in facts.tools.expected if not self.chance(0.2, *lost)]
            yield Act(who, "count-tools", order | {"moment": moment, "scanned": seen})
        if facts.tools.carts and self.chance(0.1, Milestone.CART_BACK):
            if facts.tools.uncounted(CountMoment.AFTER_WORK) and self.chance(0.9):
                there = [tool.number for tool in facts.tools.expected]
                yield Act(who, "count-tools", order | {"moment": CountMoment.AFTER_WORK, "scanned": there})
            cart = self.shop.carts.get(facts.tools.carts[0])
            yield Act(who, "put-cart-back", order | {"cart": cart})

    def _due(self, facts: OrderFacts, *, done: bool) -> list[CountMoment]:
        if facts.stage is not Stage.IN_WORK:
            moments = [CountMoment.BEFORE_WORK]
        else:
            moments = [CountMoment.BEFORE_CLOSE, CountMoment.AFTER_WORK] if done or self.chance(0.1) else []
        return [moment for moment in moments if facts.tools.uncounted(moment)]

    def _draw(self, session: Session, who: str, facts: OrderFacts) -> Act:
        """What lies ready; the tool keeper buys another for the kit where nothing is left."""
        order = {"order": facts.number}
        if self.chance(0.4, Milestone.CART_BACK):
            theirs = [name for name, _kind, owner in CARTS if owner in {"", who} or self.chance(0.1)]
            return Act(who, "draw-cart", order | {"cart": self.shop.carts[self.rng.choice(theirs)]})
        ready = [one for one in pieces(session).values() if one.place is ToolPlace.CRIB and not one.frozen]
        if len(ready) < 3:
            kit = {"home": self.shop.carts[KIT]} if self.chance(0.5) else {}
            return Act("keeper", "add-tool", {"tool_code": self.rng.choice(("RATCHET", "SOCKETS"))} | kit)
        return Act(who, "draw-tool", order | {"tool": self.rng.choice(ready).number})

    def bring_back(self, session: Session, facts: OrderFacts) -> Iterator[Act]:
        """At the hand-over tools go back to the crib, or are kept by who has them."""
        for tool in facts.tools.out:
            piece = next(iter(pieces(session, col(Tool.number) == tool.number).values()))
            holders = [who for who, worker in self.shop.people.items() if worker.id == piece.custodian_id]
            if holders and self.chance(0.45, Milestone.TOOL_KEPT):  # who was hired on the way plans nothing
                yield Act(holders[0], "keep-tool", {"order": facts.number, "tool": tool.number, "reason": "接着用"})
            else:
                yield Act(self.rng.choice([*holders, "keeper"]), "check-in-tool", {"tool": tool.number})

    def instrument(self, session: Session, now: datetime) -> dict[str, str]:
        """What a value was measured with, where somebody says so."""
        query = col(ToolModel.tool_class) == ToolClass.INSTRUMENT
        if not self.chance(0.5, Milestone.INSTRUMENT_CITED):
            return {}
        there = [one for one in pieces(session, query).values() if self.chance(0.1) or not unusable(one, now.date())]
        return {"instrument": self.rng.choice(there).number} if there else {}
