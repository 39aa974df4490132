"""`workshop plate` and `workshop vin`: what kind it is, its one spelling, what to look at again, or what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from workshop.domain import plates, vins
from workshop.domain.text import clean_line
from workshop.domain.words import N_, Labelled, Message
from workshop.i18n import Translator

DOUBTFUL = N_("The check digit is wrong. Compare the VIN with the car.")
PERHAPS = N_("Perhaps {suggestion} is meant.")
MODEL_YEAR = N_("model year {year}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says as a plate or VIN: its `spelling`, or its `fault` and perhaps the one that is meant."""

    text: str
    spelling: str = ""
    kind: str = ""
    model_year: int | None = None
    warnings: dict[str, Message] = field(default_factory=dict)
    fault: Labelled | None = None
    suggestion: str | None = None

    @property
    def valid(self) -> bool:
        """Whether it can be taken; with warnings a person should look once more."""
        return self.fault is None


Reader = Callable[[str], Reading]


def read_plate(text: str) -> Reading:
    """The text as a plate; `kind` is its sort."""
    shown = clean_line(text)
    try:
        plate = plates.parse(text)
    except plates.PlateError as error:
        return Reading(shown, fault=error.code, suggestion=error.suggestion)
    return Reading(shown, plate.text, plate.kind, warnings={one.value: one.label for one in plate.warnings})


def read_vin(text: str) -> Reading:
    """The text as a VIN; `kind` is the maker, where known."""
    shown = clean_line(text)
    try:
        vin = vins.parse(text)
    except vins.VinError as error:
        return Reading(shown, fault=error.code, suggestion=error.suggestion)
    warnings = {"doubtful": DOUBTFUL} if vin.doubtful else {}
    return Reading(shown, vin.text, vin.maker or "", vins.model_year(vin.text), warnings)


def as_text(reading: Reading, said: Translator) -> Iterator[str]:
    """The reading for people, as lines."""
    if reading.fault is not None:
        yield f"{reading.text}: {said(reading.fault.label)}"
        if reading.suggestion:
            yield f"    {said(PERHAPS, suggestion=reading.suggestion)}"
        return
    year = said(MODEL_YEAR, year=reading.model_year) if reading.model_year else ""
    yield "  ".join(part for part in (reading.spelling, reading.kind, year) if part)
    yield from (f"    {said(warning)}" for warning in reading.warnings.values())


def as_json(reading: Reading, said: Translator) -> dict[str, object]:
    """The reading for programs."""
    if reading.fault is not None:
        return {
            "text": reading.text,
            "valid": False,
            "code": reading.fault.value,
            "message": said(reading.fault.label),
            "suggestion": reading.suggestion,
        }
    found: dict[str, object] = {"text": reading.text, "valid": True, "spelling": reading.spelling}
    found["kind"] = reading.kind or None
    if reading.model_year:
        found["model_year"] = reading.model_year
    found["warnings"] = [{"code": code, "message": said(text)} for code, text in reading.warnings.items()]
    return found
