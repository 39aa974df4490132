"""Input that a command cannot take: which field, and what is wrong with it, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from workshop.domain.words import N_, Message

_TEXTS = {
    "missing": N_("This is needed."),
    "extra_forbidden": N_("There is no such field here."),
    "string_too_long": N_("This is too long: at most {max_length} characters."),
    "string_too_short": N_("This is too short; characters needed: {min_length}."),
    "too_long": N_("Too many entries: at most {max_length}."),
    "too_short": N_("Too few entries: at least {min_length}."),
    "greater_than_equal": N_("This is too small: at least {ge}."),
    "less_than_equal": N_("This is too large: at most {le}."),
    "enum": N_("Choose one of: {expected}"),
    "literal_error": N_("Choose one of: {expected}"),
    "decimal_max_places": N_("Decimals: at most {decimal_places}."),
    "decimal_max_digits": N_("This number has too many digits."),
    "finite_number": N_("This is not a number."),
    "timezone_aware": N_("A time needs its zone, such as 2026-11-23T15:00+08:00."),
    "none_required": N_("Leave this empty."),
}
_BY_PREFIX = {
    "int": N_("Write a whole number."),
    "decimal": N_("Write a number, such as 12.50."),
    "bool": N_("Write yes or no."),
    "date": N_("Write a date that exists, such as 2026-11-23."),
    "datetime": N_("Write a time that exists, such as 2026-11-23 15:00."),
    "string": N_("Write a text."),
    "tuple": N_("Write a list."),
    "model": N_("Write the fields of this entry."),
}
_OTHERWISE = N_("This cannot be understood here.")


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field; `path` is its name, with positions in lists (`items.0.minutes`)."""

    path: str
    text: Message
    args: Mapping[str, object] = field(default_factory=dict)


def problems(error: ValidationError) -> list[FieldProblem]:
    """Every field that cannot be taken."""
    return [_problem(one["type"], one["loc"], one.get("ctx") or {}) for one in error.errors(include_url=False)]


def _problem(kind: str, place: tuple[int | str, ...], context: Mapping[str, object]) -> FieldProblem:
    path = ".".join(str(step) for step in place)
    own = context.get("text")
    if isinstance(own, Message):
        return FieldProblem(path, own)
    text = _TEXTS.get(kind) or _BY_PREFIX.get(kind.split("_", maxsplit=1)[0], _OTHERWISE)
    return FieldProblem(path, text, context)
