"""Removed assemblies: clean, never on the floor, covered if left long, and back before the car goes (S3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workshop.domain.reasons import ReasonKind
from workshop.domain.roles import Role
from workshop.domain.words import N_, Labelled

COVER_AFTER: Final = timedelta(hours=4)
"""How long an assembly may lie uncovered; the regulation says “if left long” (S3), the figure is the shop's."""


class Rest(Labelled):
    """What an assembly lies on; the floor is not among them."""

    TRAY = "tray", N_("tray")
    SHELF = "shelf", N_("shelf")
    TROLLEY = "trolley", N_("parts trolley")
    STAND = "stand", N_("assembly stand")


class AssemblyEnd(Labelled):
    """What became of an assembly."""

    REFITTED = "refitted", N_("refitted")
    REPLACED = "replaced", N_("replaced by another")
    TAKEN = "taken", N_("taken by the customer")


class Whereabouts(Labelled):
    """How an assembly that is not refitted is accounted for."""

    REPLACED = AssemblyEnd.REPLACED.value, AssemblyEnd.REPLACED.label
    TAKEN = AssemblyEnd.TAKEN.value, AssemblyEnd.TAKEN.label


ASSEMBLY_DIRTY = ReasonKind("S3", "assembly_dirty", N_("Clean it before you put it down, then confirm it."))
ASSEMBLY_OFF = ReasonKind(
    "S3",
    "assembly_off",
    N_("Refit it or account for it: {what} ({rest} {where})"),
    (Role.TECHNICIAN,),
)


@dataclass(frozen=True, slots=True)
class AssemblyFacts:
    """An assembly that is off the car. `rest` is what it lies on, `where` which one."""

    id: int
    item_id: int
    what: str
    rest: Rest
    where: str
    removed_at: datetime
    covered: bool

    def asks_for_cover(self, now: datetime) -> bool:
        """Whether it has been left uncovered too long."""
        return not self.covered and now - self.removed_at >= COVER_AFTER
