"""What a form asks for: every field of a model with the way in which it is entered."""

import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel, SecretStr
from pydantic.fields import FieldInfo

from workshop.commands import fields
from workshop.domain.numbers import Kind
from workshop.domain.words import Labelled, Message
from workshop.i18n import LANGUAGES

_LONG_TEXT = 1000


class Way(Enum):
    """The way in which a value is entered."""

    TEXT = auto()
    NOTE = auto()
    SECRET = auto()
    NUMBER = auto()
    MOMENT = auto()
    DAY = auto()
    YES_NO = auto()
    ONE = auto()
    MANY = auto()
    REFERENCE = auto()
    REFERENCES = auto()
    PARTS = auto()


@dataclass(frozen=True, slots=True)
class Option:
    """A value and the words for it."""

    value: str
    label: Message


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: how it is called, how it is entered, and whether it may stay empty.

    `reference` names the kind of thing that the value is the number of (see `choices`); `model` is the form of one
    entry where the field is a list of them.
    """

    name: str
    title: Message
    way: Way
    required: bool
    default: object = None
    options: tuple[Option, ...] = ()
    reference: str = ""
    model: type[BaseModel] | None = None


# Aliases of `commands.fields` by the validator that each carries; the kind of thing whose number they are.
_BY_VALIDATOR: Final = tuple(
    (get_args(alias)[1], kind)
    for alias, kind in (
        (fields.OrderNumber, "order"),
        (fields.ItemNumber, "item"),
        (fields.OldPartNumber, "old_part"),
        (fields.ToolNumber, "tool"),
        (fields.CartNumber, "cart"),
        (fields.CaseNumber, "liability_case"),
        (fields.BayNumber, "bay"),
        (fields.AreaNumber, "area"),
        (fields.Badge, "person"),
        (fields.VinText, "vin"),
        (fields.PlateText, "plate"),
    )
)
# Which references the code of a kind may stand for.
REFERENCES: Final[Mapping[Kind | None, frozenset[str]]] = {
    Kind.ORDER: frozenset({"order"}),
    Kind.ITEM: frozenset({"item"}),
    Kind.PART: frozenset({"part"}),
    Kind.OLD_PART: frozenset({"old_part"}),
    Kind.TOOL: frozenset({"tool", "instrument", "order_tool", "tool_out", "missing_tool"}),
    Kind.CART: frozenset({"cart", "order_cart"}),
    Kind.BAY: frozenset({"bay"}),
    Kind.AREA: frozenset({"area"}),
    Kind.BADGE: frozenset({"person", "technician"}),
    Kind.CASE: frozenset({"liability_case"}),
}
# Fields that are plain texts or row numbers and still name something.
_BY_NAME: Final = {
    "part_no": "part",
    "operation": "operation",
    "team": "team",
    "checklist": "checklist",
    "timezone": "timezone",
    "technician": "technician",
    "line": "part_line",
    "issue": "issue",
    "tool_code": "tool_model",
    "discrepancy": "discrepancy",
    "finding": "finding",
    "session": "session",
    "spot_check": "spot_check",
    "plan": "cleaning_plan",
    "assembly": "assembly",
    "invited_teams": "team",
}
# Where the same name means different things.
_BY_PLACE: Final = {
    ("AddTeam", "team"): "",
    ("PutOperation", "code"): "operation",
    ("DecideLine", "line"): "change_line",
    ("AnswerCheck", "check"): "self_check",
    ("AnswerInspection", "check"): "inspection_check",
    ("OpenOrder", "deferred"): "waiting_line",
    ("Answering", "instrument"): "instrument",
    ("AddTool", "home"): "cart",
    ("ReviseTool", "home"): "cart",
    ("CountTools", "scanned"): "order_tool",
    ("KeepTool", "tool"): "tool_out",
    ("FoundTool", "tool"): "missing_tool",
    ("SignMissingTool", "tool"): "missing_tool",
    ("PutCartBack", "cart"): "order_cart",
    ("ShutDownHighVoltage", "order"): "high_voltage",
    ("OnShutdown", "order"): "shutdown",
    ("LowerVehicle", "lift"): "lift",
}


def specs(model: type[BaseModel], without: Iterable[str] = ()) -> list[FieldSpec]:
    """The fields of a model in the order of their declaration, without those already known."""
    left_out = set(without)
    return [spec(model, name) for name in model.model_fields if name not in left_out]


def spec(model: type[BaseModel], name: str) -> FieldSpec:
    """How one field is entered."""
    info = model.model_fields[name]
    base, metadata = _unwrapped(info.annotation, tuple(info.metadata))
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    title = Message(info.title or name.replace("_", " "))
    reference = reference_of(model, name)
    way, options, entry = _way(base, metadata, reference)
    return FieldSpec(name, title, way, info.is_required(), default, options, reference, entry)


def reference_of(model: type[BaseModel], name: str) -> str:
    """The kind of thing that a field names; empty if it names none."""
    for one in model.__mro__:
        if (found := _BY_PLACE.get((one.__name__, name))) is not None:
            return found
    info = model.model_fields[name]
    base, metadata = _unwrapped(info.annotation, tuple(info.metadata))
    if get_origin(base) is tuple:
        _, metadata = _unwrapped(get_args(base)[0], ())
    kinds = [kind for validator, kind in _BY_VALIDATOR if validator in metadata]
    return _BY_NAME.get(name) or (kinds[0] if kinds else "")


def _unwrapped(annotation: Any, metadata: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The bare type, with everything that was annotated to it on the way; `None` beside it is dropped."""
    origin = get_origin(annotation)
    if origin is Annotated:
        base, *more = get_args(annotation)
        return _unwrapped(base, (*metadata, *_flat(more)))
    if origin in {Union, types.UnionType}:
        inner = [one for one in get_args(annotation) if one is not types.NoneType]
        return _unwrapped(inner[0], metadata)
    return annotation, metadata


def _flat(metadata: Iterable[Any]) -> Iterator[Any]:
    for one in metadata:
        if isinstance(one, FieldInfo):
            yield from one.metadata
        else:
            yield one


_Found = tuple[Way, tuple[Option, ...], type[BaseModel] | None]


def _way(base: Any, metadata: tuple[Any, ...], reference: str) -> _Found:
    if get_origin(base) is tuple:
        return _way_of_list(get_args(base)[0])
    if get_origin(base) is Literal:
        return Way.ONE, tuple(Option(value, Message(LANGUAGES.get(value, value))) for value in get_args(base)), None
    if isinstance(base, type) and issubclass(base, Labelled):
        return Way.ONE, _members(base), None
    if reference:
        return Way.REFERENCE, (), None
    return _plain(base, metadata), (), None


def _way_of_list(annotation: Any) -> _Found:
    inner, _ = _unwrapped(annotation, ())
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return Way.PARTS, (), inner
    if isinstance(inner, type) and issubclass(inner, Labelled):
        return Way.MANY, _members(inner), None
    return Way.REFERENCES, (), None


def _members(labelled: type[Labelled]) -> tuple[Option, ...]:
    return tuple(Option(member.value, member.label) for member in labelled)


def _plain(base: Any, metadata: tuple[Any, ...]) -> Way:
    if base is AwareDatetime or (isinstance(base, type) and issubclass(base, datetime)):
        return Way.MOMENT
    if base is bool:
        return Way.YES_NO
    by_type = {SecretStr: Way.SECRET, date: Way.DAY, int: Way.NUMBER, Decimal: Way.NUMBER}
    if base in by_type:
        return by_type[base]
    longest = max((one.max_length for one in metadata if hasattr(one, "max_length")), default=0)
    return Way.NOTE if longest >= _LONG_TEXT else Way.TEXT
