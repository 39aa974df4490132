"""Areas to keep clean, whose they are, and the plans of what is done there when (W9, W10a)."""

from datetime import timedelta

from pydantic import Field
from sqlmodel import col

from workshop.commands.base import Command, Outcome
from workshop.commands.fields import AreaNumber, Badge, Day, LongFilled, Short, ShortFilled, Upto20Filled
from workshop.commands.people import team_id
from workshop.commands.shared import Given
from workshop.commands.tx import NOT_FOUND, Tx
from workshop.db.cleaning_facts import load_areas
from workshop.db.tables import Area, CleaningPlanLine, Person
from workshop.domain.cleaning import Area as AreaFacts
from workshop.domain.cleaning import CleaningMoment
from workshop.domain.numbers import Kind
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.words import N_

NO_PLAN = ReasonKind("W10a", "no_cleaning_plan", N_("There is no cleaning plan called {plan}. Enter its lines first."))
AREA_TAKEN = ReasonKind("W10a", "area_taken", N_("There is already an area called {name}."))
AREA_ENDED = ReasonKind("W10a", "area_ended", N_("This area was in use until {day}; enter a new one."))
PAST_STAYS = ReasonKind("W10a", "past_stays", N_("Days gone by stay as they were; the last day is today or later."))
NOT_YOUR_AREA = ReasonKind("W10a", "not_your_area", N_("This area is kept by {whose}; they answer for it."))
COMMON_STAYS = ReasonKind(
    "W10e",
    "common_stays",
    N_(
        "An area that is everybody's stays everybody's, another one stays somebody's. End this one and enter a new one."
    ),
)
_KEEPERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


class AddArea(Command):
    """Enter an area; its number is given here, and its lists are due from today.

    Without team and owner it is everybody's: its closing list is the one that the last one out signs.
    """

    roles = _KEEPERS
    rule = "W10a"
    label = N_("add area")
    story = N_("{actor} added the area {area_name} ({number}).")

    area_name: ShortFilled = Field(title=N_("area"))
    plan: Upto20Filled = Field(title=N_("cleaning plan"))
    team: Short = Field(default="", title=N_("team"))
    owner: Badge | None = Field(default=None, title=N_("owner"))

    def handle(self, tx: Tx) -> Outcome:
        """Create it."""
        if not _has_plan(tx, self.plan):
            raise Refused(NO_PLAN(plan=self.plan))
        _require_free_name(tx, self.area_name, None)
        row = tx.add(
            Area(
                number=tx.number(Kind.AREA),
                name=self.area_name,
                plan=self.plan,
                team_id=team_id(tx, self.team),
                owner_id=_owner_id(tx, self.owner),
                since=tx.today,
            )
        )
        return {"number": row.number}


class ReviseArea(Command):
    """Change an area's name, team or owner, or say until when it is in use."""

    roles = _KEEPERS
    rule = "W10a"
    label = N_("change area")
    story = N_("{actor} changed the area {area_name}.")

    area: AreaNumber = Field(title=N_("area"))
    area_name: ShortFilled = Field(title=N_("name"))
    team: Short = Field(default="", title=N_("team"))
    owner: Badge | None = Field(default=None, title=N_("owner"))
    last_day: Day | None = Field(default=None, title=N_("last day in use"))

    def handle(self, tx: Tx) -> Outcome:
        """Replace what may change; its plan and its past stay."""
        row = tx.one(Area, Area.number == self.area, what=self.area)
        if row.until is not None and row.until < tx.today:
            raise Refused(AREA_ENDED(day=row.until.isoformat()))
        if self.last_day is not None and self.last_day < tx.today:
            raise Refused(PAST_STAYS())
        _require_free_name(tx, self.area_name, row.id)
        team, owner = team_id(tx, self.team), _owner_id(tx, self.owner)
        if (team is owner is None) is not (row.team_id is row.owner_id is None):
            raise Refused(COMMON_STAYS())
        row.name, row.team_id, row.owner_id, row.until = self.area_name, team, owner, self.last_day
        tx.session.add(row)
        return {}


class GivenPlanLine(Given):
    """A line of a plan."""

    moment: CleaningMoment = Field(title=N_("when"))
    text_zh: LongFilled = Field(title=N_("Chinese text"))
    text_en: LongFilled = Field(title=N_("English text"))


class PutCleaningPlan(Command):
    """Enter a cleaning plan or replace its lines. A changed plan counts from tomorrow; no day gone by is rewritten."""

    roles = _KEEPERS
    rule = "W10a"
    label = N_("enter cleaning plan")
    story = N_("{actor} entered the cleaning plan {plan}; it counts from {valid_from}.")

    plan: Upto20Filled = Field(title=N_("cleaning plan"))
    lines: tuple[GivenPlanLine, ...] = Field(min_length=1, max_length=60, title=N_("lines"))

    def handle(self, tx: Tx) -> Outcome:
        """End the present lines today and add the new ones; a plan that is new counts at once."""
        new = not _has_plan(tx, self.plan)
        valid_from = tx.today if new else tx.today + timedelta(days=1)
        for old in tx.all(
            CleaningPlanLine, CleaningPlanLine.plan == self.plan, col(CleaningPlanLine.valid_until).is_(None)
        ):
            if old.valid_from >= valid_from:
                tx.session.delete(old)
            else:
                old.valid_until = valid_from - timedelta(days=1)
                tx.session.add(old)
        for position, line in enumerate(self.lines, 1):
            given = line.model_dump()
            tx.session.add(CleaningPlanLine(plan=self.plan, position=position, valid_from=valid_from, **given))
        return {"valid_from": valid_from.isoformat()}


def area_by(tx: Tx, number: str) -> AreaFacts:
    """The area with this number."""
    found = load_areas(tx.session, col(Area.number) == number)
    if not found:
        raise Refused(NOT_FOUND(what=number))
    return found[0]


def require_own(tx: Tx, area: AreaFacts) -> None:
    """W10a: an area is answered for by its owner and its team."""
    if not area.is_of(tx.actor.id, tx.actor.team_id):
        raise Refused(NOT_YOUR_AREA(whose=area.whose))


def _has_plan(tx: Tx, plan: str) -> bool:
    return bool(tx.all(CleaningPlanLine, CleaningPlanLine.plan == plan))


def _owner_id(tx: Tx, badge: str | None) -> int | None:
    return tx.one(Person, Person.badge == badge, what=badge).id if badge else None


def _require_free_name(tx: Tx, name: str, own_id: int | None) -> None:
    """W10a: a name means one area at a time."""
    for row in tx.all(Area, Area.name == name):
        if row.id != own_id and (row.until is None or row.until >= tx.today):
            raise Refused(AREA_TAKEN(name=name))
