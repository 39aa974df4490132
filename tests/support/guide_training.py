"""What sensible people would do next about trainings and meetings, for the random walks."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from support.act import Act
from support.milestones import Milestone, Wishes
from support.shop import SmallShop
from workshop.db.tables import TrainingSession
from workshop.queries.training import roll

_EVERYBODY = ("technician", "technician2", "technician3", "technician4", "inspector", "clerk", "advisor")


def plan_training(
    shop: SmallShop, rng: random.Random, session: Session, now: datetime, wishes: Wishes
) -> Iterator[Act]:
    """Plan a session, call its roll, close it, or call it off."""
    there_are = select(TrainingSession).where(TrainingSession.closed_at == None)  # noqa: E711
    waiting = session.exec(there_are.order_by(col(TrainingSession.id))).all()
    if not waiting or rng.random() < 0.2:
        yield _planned(shop, rng, now, wishes)
        return
    running = [one for one in waiting if one.starts_at <= now <= one.ends_at]
    chosen = rng.choice(running or waiting)
    holder, number = rng.choice(["leader", "manager"]), {"session": chosen.id}
    if now < chosen.starts_at and rng.random() < 0.1:
        yield Act(holder, "call-off-session", number | {"reason": "讲师生病"})
    over = now > chosen.ends_at and rng.random() < 0.9
    for who in [] if over else rng.sample(_EVERYBODY, k=3):
        yield Act(holder, "call-roll", number | {"attendee": shop.badge(who)})
    there = roll(session, chosen.id or 0, now)
    if there is not None and rng.random() < 0.3:
        yield Act(holder, "excuse-from-session", number | {"excused": there.lines[0].badge, "reason": "出差"})
    if over or (now > chosen.starts_at and rng.random() < wishes.share(0.5, Milestone.SESSION_CLOSED)):
        yield Act(holder, "close-session", number)


def _planned(shop: SmallShop, rng: random.Random, now: datetime, wishes: Wishes) -> Act:
    start = now + timedelta(minutes=rng.randint(1, 120))
    gives = wishes.want(Milestone.CERTIFICATE_EARNED) or rng.random() < 0.7
    certifies = {"gives": rng.choice(["gas", "airbag"]), "certificate_days": 365} if gives else {}
    given = {"topic": "高压安全", "starts_at": start, "ends_at": start + timedelta(hours=8), "room": "培训室"}
    invited = [shop.badge(who) for who in rng.sample(_EVERYBODY, k=4)]
    return Act("manager", "plan-session", given | certifies | {"held_by": "厂家讲师", "invited": invited})
