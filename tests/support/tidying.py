"""What people of the small shop do next about cleaning: so that random walks get lists to their signatures."""

import random
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session

from support.act import Act
from support.milestones import Milestone, Wishes
from support.shop import SmallShop
from workshop.domain.cleaning import CleaningMoment, ListState
from workshop.queries.cleaning import CleaningPage, ListView, cleaning_page

_PEOPLE = ("technician", "technician2", "technician3", "all_rounder", "leader", "clerk")


class Tidying:
    """Plans the next acts on one list, with the mistakes that people make."""

    def __init__(self, shop: SmallShop, rng: random.Random, wishes: Wishes) -> None:
        self.shop = shop
        self.rng = rng
        self.wishes = wishes

    def plan(self, session: Session, now: datetime) -> list[Act]:
        """Somebody answers and signs a list, or a leader countersigns and goes round."""
        leads = self.rng.random() < 0.4
        return list(self._lead(session, now) if leads else self._tidy(session, now))

    def _tidy(self, session: Session, now: datetime) -> Iterator[Act]:
        who = self.rng.choice(_PEOPLE)
        page = self._page(session, now, who)
        lists = [one for one in (*page.today.lists, *page.missed[:3]) if not one.signed]
        wished = [one for one in lists if self.wishes.want(_leads_to(one))]
        if lists:
            yield from self._clean(who, self.rng.choice(wished or lists))
        for finding in page.findings[:1]:
            yield Act(who, "remedy-spot-check", {"spot_check": finding.id, "remedy": "已清"})

    def _lead(self, session: Session, now: datetime) -> Iterator[Act]:
        leader = self.rng.choice(["leader", "leader2", "manager", "all_rounder"])
        for one in self._page(session, now, leader).to_countersign[:2]:
            yield Act(leader, "countersign-cleaning-list", named(one))
        if self.rng.random() < self.wishes.share(0.4, Milestone.REMEDIED):
            area = self.rng.choice(sorted(self.shop.areas.values()))
            yield Act(leader, "record-spot-check", {"area": area, "passed": False, "found": "地面有油"})

    def _page(self, session: Session, now: datetime, who: str) -> CleaningPage:
        person = self.shop.people[who]
        teams = {"一组": 1, "二组": 2}
        return cleaning_page(session, now, person.id, teams.get(person.team), frozenset(person.roles))

    def _clean(self, who: str, one: ListView) -> Iterator[Act]:
        for line in one.lines:
            if line.done is None and self.rng.random() < 0.95:
                done = self.rng.random() < 0.9
                given: dict[str, Any] = {"position": line.position, "done": done, "reason": "" if done else "来不及"}
                yield Act(who, "answer-cleaning-line", named(one) | given)
        late = one.state is ListState.MISSED or self.rng.random() < 0.3
        reasons = {"late_reason": "补录" if late else ""}
        if one.due.moment is CleaningMoment.CLOSING and self.rng.random() < 0.8:
            reasons["open_reason"] = "外出救援"
        yield Act(who, "sign-cleaning-list", named(one) | reasons)


def _leads_to(one: ListView) -> Milestone:
    """What is met when this list is signed."""
    if one.state is ListState.MISSED:
        return Milestone.CLEANED_LATE
    return Milestone.DAY_CLOSED if one.due.moment is CleaningMoment.CLOSING else Milestone.CLEANED


def named(one: ListView) -> dict[str, Any]:
    """What names a list in an act."""
    return {"area": one.area.number, "list_day": one.due.day, "moment": one.due.moment.value}
