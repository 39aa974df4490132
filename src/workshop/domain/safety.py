"""What must be confirmed before an item starts (S1, S4 to S7) and when a watcher is needed (S5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workshop.domain.reasons import Reason, ReasonKind
from workshop.domain.words import N_, Labelled


class Precaution(Labelled):
    """Gear worn and covers put on: what a technician confirms before starting."""

    SAFETY_SHOES = "safety_shoes", N_("safety shoes")
    GLOVES = "gloves", N_("gloves")
    GOGGLES = "goggles", N_("goggles")
    MASK = "mask", N_("mask")
    EAR_PROTECTION = "ear_protection", N_("ear protection")
    FACE_SHIELD = "face_shield", N_("face shield")
    INSULATING_GLOVES = "insulating_gloves", N_("insulating gloves")
    INSULATING_SHOES = "insulating_shoes", N_("insulating shoes")
    DRIP_PAN = "drip_pan", N_("drip pan under the work")
    OUTSIDE_COVERS = "outside_covers", N_("fender covers on, nobody in the car")
    INSIDE_COVERS = "inside_covers", N_("seat, floor and wheel covers")


_NOT_GEAR = frozenset({Precaution.DRIP_PAN, Precaution.OUTSIDE_COVERS, Precaution.INSIDE_COVERS})

GEAR_UNCONFIRMED = ReasonKind("S1", "gear_unconfirmed", N_("Put it on and confirm it before starting: {precaution}"))
DRIP_PAN_UNCONFIRMED = ReasonKind("S4", "drip_pan_unconfirmed", N_("Put it in place and confirm it: {precaution}"))
OUTSIDE_UNCONFIRMED = ReasonKind("S6", "outside_covers_unconfirmed", N_("Put them on and confirm it: {precaution}"))
INSIDE_UNCONFIRMED = ReasonKind("S7", "inside_covers_unconfirmed", N_("Lay them and confirm it: {precaution}"))
WATCHER_MISSING = ReasonKind("S5", "watcher_missing", N_("Hoisting needs a second person watching: scan that badge."))
WATCHER_SELF = ReasonKind("S5", "watcher_self", N_("You cannot watch your own hoisting: scan another person's badge."))

_KINDS = {
    Precaution.DRIP_PAN: DRIP_PAN_UNCONFIRMED,
    Precaution.OUTSIDE_COVERS: OUTSIDE_UNCONFIRMED,
    Precaution.INSIDE_COVERS: INSIDE_UNCONFIRMED,
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an operation asks for before it starts."""

    precautions: frozenset[Precaution]
    watcher: bool = False

    def unmet(self, confirmed: Iterable[Precaution], starter: int, watcher: int | None) -> list[Reason]:
        """Everything that is still missing; people are ids."""
        left = sorted(self.precautions - frozenset(confirmed))
        return [_KINDS.get(one, GEAR_UNCONFIRMED)(precaution=one.label) for one in left] + list(
            self._watching(starter, watcher)
        )

    def _watching(self, starter: int, watcher: int | None) -> Iterator[Reason]:
        if self.watcher and watcher is None:
            yield WATCHER_MISSING()
        if watcher == starter:
            yield WATCHER_SELF()


def parse_gear(text: str) -> frozenset[Precaution]:
    """The gear of an operation from its catalogue text (`gloves;goggles`). ValueError names an unknown word."""
    found = frozenset(Precaution(word) for word in text.split(";") if word)
    if found & _NOT_GEAR:
        raise ValueError(text)
    return found
