"""A walk of random acts by random people on random orders, against all the rules at once."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import Session

from support.act import Act
from support.arguments import Arguments
from support.guide import Guide
from support.guide_liability import Accuser
from support.guide_training import plan_training
from support.milestones import Milestone, Wishes
from support.shop import PEOPLE, SmallShop
from support.tidying import Tidying
from workshop.commands.base import Command, commands
from workshop.commands.perform import Done, Signature, perform, utc_now
from workshop.db.invariants import check
from workshop.domain.reasons import Refused
from workshop.domain.states import Stage

_OPEN = "SELECT id, stage FROM repair_order WHERE stage NOT IN ('delivered', 'cancelled') ORDER BY id"
_ROLES = "SELECT r.person_id, r.role FROM personrole r JOIN person p ON p.id = r.person_id WHERE p.active"
_MOST_OPEN = 6
_TRAINING = (Milestone.SESSION_CLOSED, Milestone.CERTIFICATE_EARNED)
_TIDYING = (
    Milestone.CLEANED,
    Milestone.CLEANED_LATE,
    Milestone.COUNTERSIGNED,
    Milestone.DAY_CLOSED,
    Milestone.REMEDIED,
)
_LIABILITY = (Milestone.OBJECTED, Milestone.INSTALMENT, Milestone.WRITTEN_OFF, Milestone.TOOL_RELEASED)
_SPARE = ("technician4", "keeper", "leader2")
_ORIGINAL = {name: roles for _who, name, roles, _team in PEOPLE}
Acknowledge = Callable[[str, Command, Done], None]


@dataclass
class Tally:
    """What came of the acts, by command."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    invalid: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def tried(self, command: str) -> int:
        """How often it was tried at all."""
        return self.done[command] + self.refused[command] + self.invalid[command]


class Walk:
    """One walk, the same for a seed, a shop and a moment at which it begins (now, unless it is given).

    `wild` is the share of acts that make no sense where they are done; `opens`: vehicles come in; `milestones`: what
    the sensible acts lead to sooner than they would by chance.
    """

    def __init__(
        self,
        shop: SmallShop,
        seed: int,
        wild: float = 0.4,
        *,
        opens: bool = True,
        acknowledge: Acknowledge | None = None,
        begins: datetime | None = None,
        milestones: Iterable[Milestone] = (),
    ) -> None:
        self.shop = shop
        self.rng = random.Random(seed)
        self.now = begins or utc_now()
        self.wishes = Wishes(milestones)
        self.guide = Guide(shop, self.rng, self.wishes, self.now)
        self.tidying = Tidying(shop, self.rng, self.wishes)
        self.accuser = Accuser(shop, self.rng, self.wishes)
        self.draw = Arguments(self.rng, self.now)
        self.wild = wild
        self.opens = opens
        self.tally = Tally()
        self.steps = 0
        self.commands = commands()
        self._planned: list[Act] = []
        self._in_hand: int | None = None
        self._acknowledge = acknowledge
        self._looked = -100

    def take(self, steps: int) -> None:
        """Do that many acts; anything but a refusal is the program's fault and is raised with the act that met it."""
        for _ in range(steps):
            if self.rng.random() < self.wild:
                self._do_wild()
            else:
                self._do_sensible()
            self.steps += 1

    def assert_sound(self) -> None:
        """Nothing that the rules forbid is in the database."""
        with self.shop.db.reading() as session:
            breaches = [str(breach) for breach in check(session)]
        assert not breaches, f"after {self.steps} acts: " + "\n".join(breaches)

    @property
    def missed(self) -> list[Milestone]:
        """The milestones that it has not met yet."""
        with self.shop.db.reading() as session:
            self.wishes.look(session)
        return self.wishes.left

    @property
    def untried(self) -> list[str]:
        """The commands that nobody has tried yet."""
        return [name for name in self.commands if not self.tally.tried(name)]

    def _do_sensible(self) -> None:
        if not self._planned:
            self._planned = self._plan()
        if not self._planned:
            return
        act = self._planned.pop(0)
        command = self.commands[act.command]
        self.do(self.shop.people[self._stand_in(act.who, command)].id, command, act.fields)

    def _stand_in(self, who: str, command: type[Command]) -> str:
        """Mostly somebody who may do it, of the same team first: the walk takes roles away from people."""
        if self.rng.random() < 0.1:
            return who
        with self.shop.db.reading() as session:
            roles = {(person, role) for person, role in session.execute(sa.text(_ROLES))}
        people = self.shop.people
        able = [name for name, one in people.items() if any((one.id, role) in roles for role in command.roles)]
        if who in able or not able:
            return who
        return self.rng.choice([one for one in able if people[one].team == people[who].team] or able)

    def _plan(self) -> list[Act]:
        with self.shop.db.reading() as session:
            self.wishes.look(session)
            if self.rng.random() < self._share(0.06, *_TRAINING):
                return list(plan_training(self.shop, self.rng, session, self.now, self.wishes))
            if self.rng.random() < self._share(0.1, *_TIDYING):
                return self.tidying.plan(session, self.now)
            if self.rng.random() < self._share(0.15, *_LIABILITY):
                return self.accuser.plan(session)
            stages = {key: Stage(stage) for key, stage in session.execute(sa.text(_OPEN))}
            if self.opens and len(stages) < _MOST_OPEN and (not stages or self.rng.random() < 0.2):
                return [self.guide.open_order(session, self.now, self.draw.odometer())]
            if not stages:
                return []
            return self.guide.plan(session, self._order(session, stages), self.now)[: self.rng.randint(1, 6)]

    def _share(self, share: float, *leads_to: Milestone) -> float:
        """Half as often again, where plans of this kind lead to something wished for: orders are wished for as well."""
        return share * 1.5 if self.wishes.want(*leads_to) else share

    def _order(self, session: Session, stages: dict[int, Stage]) -> int:
        """Mostly the one that is in hand, until it is done; the next in hand is one of those that are furthest on."""
        if self._in_hand not in stages or self.rng.random() < 0.03:
            leading = self.guide.leading(session)
            weights = [2 ** list(Stage).index(stage) * (20 if key in leading else 1) for key, stage in stages.items()]
            (self._in_hand,) = self.rng.choices(list(stages), weights)
        return (
            self._in_hand if self.rng.random() < (0.8 if self.wishes.left else 0.5) else self.rng.choice(list(stages))
        )

    def _do_wild(self) -> None:
        if self.steps - self._looked > 10:
            with self.shop.db.reading() as session:
                self.draw.look(session)
            self._looked = self.steps
        self.draw.now = self.now
        command = self._any_command()
        fields = self._tamed(command, self.draw.fields(command))
        self.do(self._anybody(command), command, fields)

    def _any_command(self) -> type[Command]:
        if self.rng.random() < (0.5 if self.untried else 0.3):
            return min(self.commands.values(), key=lambda one: (self.tally.tried(one.name), one.name))
        return self.rng.choice(list(self.commands.values()))

    def _anybody(self, command: type[Command]) -> int:
        people = list(self.shop.people.values())
        able = [worker for worker in people if command.roles & set(worker.roles)]
        return self.rng.choice(able if able and self.rng.random() < 0.85 else people).id

    def _tamed(self, command: type[Command], fields: dict[str, Any]) -> dict[str, Any]:
        """Let nobody whom the walk needs lose his work, nor the shop its tools, and the shop work on most days."""
        if command.name in {"retire-tool", "report-damage"} and fields.get("tool") in self.shop.tools:
            later = [tool for tool in self.draw.pools["tool"] if tool not in self.shop.tools]
            return fields | {"tool": self.rng.choice(later)} if later else fields
        if command.name == "set-working-week" and self.rng.random() < 0.8:
            return fields | {"weekdays": list("1234567")}
        if command.name != "revise-person":
            return fields
        if self.rng.random() < 0.5:
            return fields | {"badge": self.shop.badge(self.rng.choice(_SPARE))}
        worker = self.rng.choice(list(self.shop.people.values()))
        return {"badge": worker.badge, "person": worker.name, "has_roles": _ORIGINAL[worker.name], "team": worker.team}

    def do(self, person: int, command: type[Command], fields: dict[str, Any]) -> None:
        """One act at the walk's own time, which now and then runs backwards, as clocks of terminals do."""
        self.now += timedelta(seconds=self.rng.choice((1, 5, 60, 300, 1800)))
        now = self.now - timedelta(seconds=90) if self.rng.random() < 0.02 else self.now
        signature = Signature(person, now) if self.rng.random() < 0.97 else None
        try:
            self._perform(command, fields, person, now, signature)
        except ValidationError:
            self.tally.invalid[command.name] += 1
        except Refused as refused:
            self.tally.refused[command.name] += 1
            self.tally.reasons.update(f"{command.name}: {reason.code}" for reason in refused.reasons)
        except Exception as error:
            error.add_note(f"act {self.steps}: {command.name} {fields!r} by person {person}")
            raise

    def _perform(
        self, command: type[Command], fields: dict[str, Any], person: int, now: datetime, signature: Signature | None
    ) -> None:
        act = command(**fields)
        command_id = f"{self.rng.getrandbits(96):024x}"
        done = perform(self.shop.db, act, person, "walk", signature=signature, command_id=command_id, clock=lambda: now)
        self.tally.done[command.name] += 1
        if self._acknowledge is not None:
            self._acknowledge(command_id, act, done)
