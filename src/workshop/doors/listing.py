"""`workshop commands`: every act with its fields, who may do it, when, and the rule it serves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from workshop.commands import fields
from workshop.commands.base import Command, OrderAct, commands
from workshop.commands.help import help_text
from workshop.domain.words import N_, Labelled, Message
from workshop.doors.lines import columns
from workshop.i18n import Translator

# What a field takes, by the very type that its declaration names.
_KINDS: Final = (
    (fields.OrderNumber, N_("order number")),
    (fields.ItemNumber, N_("item number")),
    (fields.PartNumber, N_("part label number")),
    (fields.OldPartNumber, N_("old part tag")),
    (fields.BayNumber, N_("bay number")),
    (fields.AreaNumber, N_("area number")),
    (fields.Badge, N_("badge")),
    (fields.PlateText, N_("plate")),
    (fields.VinText, N_("VIN")),
    (fields.Pin, N_("PIN")),
    (fields.Phone, N_("telephone")),
    (fields.Note, N_("text")),
    (fields.NoteFilled, N_("text")),
    (fields.Money, N_("yuan")),
    (fields.Minutes, N_("minutes")),
    (fields.Pieces, N_("pieces")),
    (fields.Odometer, N_("km")),
    (fields.RowId, N_("row")),
    (fields.Moment, N_("time with zone")),
)
_PLAIN: Final[Mapping[Any, Message]] = {
    str: N_("one line"),
    int: N_("whole number"),
    Decimal: N_("decimal number"),
    bool: N_("yes or no"),
    date: N_("date"),
}
ENTRY, CHOICE = N_("entry"), N_("choice")
LIST_OF = N_("list of {what}")

WHO = N_("who")
STAGES = N_("stages")
RULE = N_("rule")
SIGNED = N_("a signature: the PIN of the line signs it")
ANY_STAGE = N_("any")


@dataclass(frozen=True, slots=True)
class FieldSheet:
    """One field: what it takes in words, its choices where they are few, its own fields where it is an entry."""

    name: str
    type: Message
    needed: bool
    label: Message
    default: object
    many: bool = False
    choices: tuple[str, ...] = ()
    fields: tuple["FieldSheet", ...] = ()


@dataclass(frozen=True, slots=True)
class CommandSheet:
    """One command, as its class declares it. No stages: it belongs to no order, or to an order in any stage."""

    name: str
    label: Message
    place: str
    rule: str
    signature: bool
    roles: tuple[Labelled, ...]
    stages: tuple[Labelled, ...]
    help: Message
    fields: tuple[FieldSheet, ...]


def sheets() -> list[CommandSheet]:
    """Every command by name."""
    return [_sheet(kind) for kind in commands().values()]


def as_json(sheet: CommandSheet, said: Translator) -> dict[str, object]:
    """A command for programs; labels in the language of `said`."""
    return {
        "command": sheet.name,
        "label": said(sheet.label),
        "place": sheet.place,
        "rule": sheet.rule,
        "signature": sheet.signature,
        "roles": [role.value for role in sheet.roles],
        "stages": [stage.value for stage in sheet.stages],
        "help": said(sheet.help),
        "fields": [_field_json(one, said) for one in sheet.fields],
    }


def as_text(sheet: CommandSheet, said: Translator) -> Iterator[str]:
    """A command for people, as lines."""
    yield f"{sheet.name}  {said(sheet.label)}"
    yield f"    {said(sheet.help)}"
    yield f"    {said(WHO)}: {said.value(sheet.roles)}"
    yield f"    {said(STAGES)}: {said.value(sheet.stages) or said(ANY_STAGE)}    {said(RULE)}: {sheet.rule}"
    if sheet.signature:
        yield f"    {said(SIGNED)}"
    yield from (f"    {line}" for line in columns(_rows(sheet.fields, said, "")))


def _rows(found: tuple[FieldSheet, ...], said: Translator, indent: str) -> Iterator[tuple[str, str, str]]:
    for one in found:
        takes = "|".join(one.choices) or said(one.type)
        takes = said(LIST_OF, what=takes) if one.many else takes
        default = "" if one.needed or one.default in (None, "", []) else f" = {one.default}"
        yield f"{indent}{'*' if one.needed else ' '} {one.name}", said(one.label), takes + default
        yield from _rows(one.fields, said, f"{indent}    ")


def _sheet(kind: type[Command]) -> CommandSheet:
    return CommandSheet(
        name=kind.name,
        label=kind.label,
        place=kind.place,
        rule=kind.rule,
        signature=kind.signature,
        roles=tuple(sorted(kind.roles)),
        stages=kind.stages if issubclass(kind, OrderAct) else (),
        help=help_text(kind),
        fields=_fields(kind),
    )


def _fields(model: type[BaseModel]) -> tuple[FieldSheet, ...]:
    hints = get_type_hints(model, include_extras=True)
    return tuple(_field(name, info, hints[name]) for name, info in model.model_fields.items())


def _field(name: str, info: FieldInfo, hint: Any) -> FieldSheet:
    inner = _without_none(hint)
    many = get_origin(inner) is tuple
    kind = get_args(inner)[0] if many else inner
    plain = get_args(kind)[0] if hasattr(kind, "__metadata__") else kind
    own = _fields(plain) if isinstance(plain, type) and issubclass(plain, BaseModel) else ()
    return FieldSheet(
        name=name,
        type=ENTRY if own else _type_name(kind, plain),
        needed=info.is_required(),
        label=Message(info.title or name),
        default=None if info.is_required() else _plain(info.default),
        many=many,
        choices=_choices(plain),
        fields=own,
    )


def _without_none(hint: Any) -> Any:
    if get_origin(hint) not in {Union, UnionType}:
        return hint
    return next(one for one in get_args(hint) if one is not NoneType)


def _type_name(kind: Any, plain: Any) -> Message:
    named = next((word for known, word in _KINDS if known is kind), None)
    return named or (CHOICE if _choices(plain) else _PLAIN[plain])


def _choices(plain: Any) -> tuple[str, ...]:
    if get_origin(plain) is Literal:
        return tuple(str(one) for one in get_args(plain))
    if isinstance(plain, type) and issubclass(plain, Enum):
        return tuple(str(one.value) for one in plain)
    return ()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _field_json(one: FieldSheet, said: Translator) -> dict[str, object]:
    found: dict[str, object] = {
        "name": one.name,
        "type": one.type,
        "needed": one.needed,
        "label": said(one.label),
        "default": one.default,
        "many": one.many,
    }
    if one.choices:
        found["choices"] = list(one.choices)
    if one.fields:
        found["fields"] = [_field_json(inner, said) for inner in one.fields]
    return found
