"""What is seen on a walk through the workshop: spot checks of areas with their remedy (W10d), violations (S8)."""

from typing import Self

from pydantic import Field, model_validator

from workshop.commands.areas import AREA_ENDED, area_by, require_own
from workshop.commands.base import Command, Outcome
from workshop.commands.fields import AreaNumber, Badge, Note, NoteFilled, RowId, ShortFilled, problem
from workshop.commands.tx import Tx, key
from workshop.db.tables import Area, Person, SpotCheck, Violation
from workshop.domain.cleaning import ViolationKind
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.words import N_, told

NOTHING_TO_REMEDY = ReasonKind(
    "W10d", "nothing_to_remedy", N_("This spot check was passed, or its finding is remedied.")
)
OWN_VIOLATION = ReasonKind("S8", "own_violation", N_("Somebody else records what you did."))
FINDING_MISSING = N_("Say what was found.")
FINDING_TOO_MUCH = N_("A check that was passed has no finding.")
PASSED, FAILED = N_("passed"), N_("failed")
_WALKERS = frozenset({Role.TEAM_LEADER, Role.MANAGER})


class RecordSpotCheck(Command):
    """Look at an area: no water, oil, dust or litter there, at any time. What is found is named, and remedied."""

    roles = _WALKERS
    rule = "W10d"
    label = N_("spot check")
    story = N_("{actor} looked at {where}: {result}. {found}")

    area: AreaNumber = Field(title=N_("area"))
    passed: bool = Field(title=N_("passed"))
    found: Note = Field(default="", title=N_("finding"))

    @model_validator(mode="after")
    def _finding(self) -> Self:
        if self.passed == bool(self.found):
            raise problem(FINDING_TOO_MUCH if self.passed else FINDING_MISSING)
        return self

    def handle(self, tx: Tx) -> Outcome:
        """Record it."""
        area = area_by(tx, self.area)
        if not area.in_use(tx.today):
            raise Refused(AREA_ENDED(day=str(area.until)))
        row = tx.add(
            SpotCheck(
                area_id=area.id,
                passed=self.passed,
                finding=self.found,
                checked_by_id=tx.actor.id,
                checked_at=tx.now,
            )
        )
        return {"spot_check": row.id, "where": area.name, "result": told(PASSED if self.passed else FAILED)}


class RemedySpotCheck(Command):
    """Say how the finding of a spot check was remedied; the area's own people do."""

    roles = EVERYONE
    rule = "W10d"
    label = N_("remedied")
    story = N_("{actor} remedied the finding in {where}: {remedy}")

    spot_check: RowId = Field(title=N_("spot check"))
    remedy: NoteFilled = Field(title=N_("what was done"))

    def handle(self, tx: Tx) -> Outcome:
        """Keep it beside the finding."""
        row = tx.get(SpotCheck, self.spot_check)
        area = area_by(tx, tx.get(Area, row.area_id).number)
        require_own(tx, area)
        if row.passed or row.remedied_by_id is not None:
            raise Refused(NOTHING_TO_REMEDY())
        row.remedy, row.remedied_by_id, row.remedied_at = self.remedy, tx.actor.id, tx.now
        tx.session.add(row)
        return {"where": area.name}


class RecordViolation(Command):
    """Record that somebody smoked, spat or littered on the premises."""

    roles = _WALKERS | {Role.INSPECTOR}
    rule = "S8"
    label = N_("record violation")
    story = N_("{actor} saw {name}, {where}: {violation}. {note}")

    badge: Badge = Field(title=N_("badge"))
    violation: ViolationKind = Field(title=N_("what happened"))
    where: ShortFilled = Field(title=N_("place"))
    note: Note = Field(default="", title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """Record it on somebody else."""
        row = tx.one(Person, Person.badge == self.badge, what=self.badge)
        if row.id == tx.actor.id:
            raise Refused(OWN_VIOLATION())
        tx.session.add(
            Violation(
                person_id=key(row.id),
                kind=self.violation,
                place=self.where,
                note=self.note,
                seen_by_id=tx.actor.id,
                seen_at=tx.now,
            )
        )
        return {"name": row.name}
