"""What sensible people would do next for safety's sake, for the random walks."""

import random
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col

from support.act import Act
from support.catalogue import LIFT, TOOL_MODELS, TOOLS, TORQUE
from support.milestones import Milestone, Wishes
from support.shop import SmallShop
from workshop.db.custody import pieces
from workshop.db.tables import ToolModel
from workshop.domain.assemblies import Rest, Whereabouts
from workshop.domain.custody import Piece, unusable
from workshop.domain.facts import ItemFacts, OrderFacts
from workshop.domain.high_voltage import PowerUpStep, ShutdownStep
from workshop.domain.states import TO_DO, ItemState
from workshop.domain.tools import ToolClass

TRAINED = ("technician", "all_rounder")


def trained_of(crew: list[str], facts: OrderFacts, item: ItemFacts) -> list[str]:
    """Who of the crew would start an item."""
    if item.id not in facts.safety.high_voltage:
        return crew
    return [who for who in TRAINED if who in crew] or crew


def _ready(session: Session, index: int, now: datetime) -> Piece | None:
    """A piece of the class of that tool of `TOOLS` that may be used, if there is one left."""
    wanted = ToolClass(next(one for one in TOOL_MODELS if one["tool_code"] == TOOLS[index][0])["tool_class"])
    found = pieces(session, col(ToolModel.tool_class) == wanted).values()
    return next((one for one in found if not unusable(one, now.date()) and not one.carries), None)


def _bought(index: int, now: datetime) -> Iterator[Act]:
    """The keeper brings another one, and says again what it is: the walk may have changed its kind."""
    code = TOOLS[index][0]
    yield Act("keeper", "put-tool-model", next(one for one in TOOL_MODELS if one["tool_code"] == code))
    yield Act("keeper", "add-tool", {"tool_code": code, "serviced_on": now.date(), "serviced_by": "计量院"})


def high_voltage(
    shop: SmallShop, rng: random.Random, session: Session, facts: OrderFacts, now: datetime, wishes: Wishes
) -> Iterator[Act]:
    """Take it off before the work, measure, and put it back afterwards; now and then too early."""
    safety, pair = facts.safety, list(TRAINED)
    if not safety.high_voltage:
        return
    rng.shuffle(pair)
    order, watcher = {"order": facts.number}, {"watcher": shop.badge(pair[1])}
    at_work = any(item.running for item in facts.agreed_items)
    to_do = [item for item in facts.agreed_items if item.id in safety.high_voltage and item.state in TO_DO]
    if safety.shutdown is None and to_do:
        yield Act(pair[0], "shut-down-high-voltage", order | watcher | {"shutdown_steps": list(ShutdownStep)})
    elif safety.shutdown is not None and to_do and not safety.shutdown.dead:
        meter = _ready(session, TORQUE, now)
        if meter is None:
            yield from _bought(TORQUE, now)
        else:
            volts = rng.choice(["0.4", "0.4", "0.4", "3", "380"])
            yield Act(pair[0], "measure-voltage", order | {"volts": volts, "instrument": meter.number})
    elif safety.shutdown is None or (at_work and rng.random() < 0.9):
        return
    elif not to_do or rng.random() < wishes.share(0.05, Milestone.POWERED_UP):
        given = {"insulation": "550", "power_up_steps": list(PowerUpStep), "absence": "换班"}
        yield Act(pair[0], "power-up", order | watcher | given)


def assemblies(rng: random.Random, facts: OrderFacts, crew: list[str], wishes: Wishes) -> Iterator[Act]:
    """Something comes off an item that is started; it is covered, and goes back on once the work is done, mostly."""
    started = [item for item in facts.agreed_items if item.state is ItemState.STARTED]
    if started and rng.random() < (0 if facts.safety.assemblies else wishes.share(0.2, Milestone.REFITTED)):
        given = {"item": rng.choice(started).number, "removed": "护板", "rest": rng.choice(list(Rest)), "where": "2号"}
        yield Act(rng.choice(crew), "register-assembly", given | {"cleaned": rng.random() < 0.9})
    for one in facts.safety.assemblies:
        if not one.covered and rng.random() < 0.2:
            yield Act(rng.choice(crew), "cover-assembly", {"assembly": one.id})
        if rng.random() < wishes.share(0.1 if started else 0.7, Milestone.REFITTED):
            yield Act(rng.choice(crew), "refit-assembly", {"assembly": one.id})
        elif rng.random() < 0.05:
            became = {"became": rng.choice(list(Whereabouts)), "note": "换新总成"}
            yield Act(rng.choice(crew), "account-for-assembly", {"assembly": one.id} | became)


def lifts(
    rng: random.Random, session: Session, facts: OrderFacts, crew: list[str], now: datetime, wishes: Wishes
) -> Iterator[Act]:
    """The vehicle goes up now and then, and comes down again, if not always in time."""
    if facts.safety.lifts and rng.random() < 0.5:
        yield Act(rng.choice(crew), "lower-vehicle", {"lift": facts.safety.lifts[0].number})
    elif not facts.safety.lifts and rng.random() < wishes.share(0.1, Milestone.LOWERED):
        lift = _ready(session, LIFT, now)
        if lift is None:
            yield from _bought(LIFT, now)
        else:
            weight = rng.choice([None, 1500, 3900, 4100])
            given = {"order": facts.number, "lift": lift.number, "weight": weight}
            yield Act(rng.choice(crew), "lift-vehicle", given)
