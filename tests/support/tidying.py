"""What people of the small shop do next about cleaning: so that random walks get lists to their signatures."""

import random
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session

from support.act import Act
from support.shop import SmallShop
from workshop.domain.cleaning import CleaningMoment, ListState
from workshop.queries.cleaning import CleaningPage, ListView, cleaning_page

_PEOPLE = ("technician", "technician2", "technician3", "all_rounder", "leader", "clerk")


class Tidying:
    """Plans the next acts on one list, with the mistakes that people make."""

    def __init__(self, shop: SmallShop, rng: random.Random) -> None:
        self.shop = shop
        self.rng = rng

    def plan(self, session: Session, now: datetime) -> list[Act]:
        """Somebody answers and signs a list; a leader countersigns, or goes round."""
        who = self.rng.choice(_PEOPLE)
        page = self._page(session, now, who)
        lists = [one for one in (*page.today.lists, *page.missed[:3]) if not one.signed]
        acts = list(self._clean(who, self.rng.choice(lists))) if lists else []
        leader = self.rng.choice(["leader", "leader2", "manager", "all_rounder"])
        for one in self._page(session, now, leader).to_countersign[:2]:
            acts.append(Act(leader, "countersign-cleaning-list", named(one)))
        if self.rng.random() < 0.3:
            area = self.rng.choice(list(self.shop.areas.values()))
            acts.append(Act(leader, "record-spot-check", {"area": area, "passed": False, "found": "地面有油"}))
        for finding in page.findings[:1]:
            acts.append(Act(who, "remedy-spot-check", {"spot_check": finding.id, "remedy": "已清"}))
        return acts

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


def named(one: ListView) -> dict[str, Any]:
    """What names a list in an act."""
    return {"area": one.area.number, "list_day": one.due.day, "moment": one.due.moment.value}
