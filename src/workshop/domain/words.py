"""How the domain carries words without speaking a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

JsonValue = str | int | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


class Message(str):
    """An English source string of the program, as distinct from what people typed: translated where it is shown."""

    __slots__ = ()


def N_(text: str) -> Message:  # noqa: N802 — the name gettext's tools look for
    """Mark an English source string for translation; it is translated where it is shown."""
    return Message(text)


def told(text: Message) -> JsonValue:
    """A source string as kept in the ledger, so that it can still be translated when it is read."""
    return {"text": str(text)}


def told_at(moment: datetime) -> JsonValue:
    """A time as kept in the ledger, so that it can still be told in the shop's zone when it is read."""
    return {"at": moment.isoformat()}


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the shop keeps in both languages (an operation, a part)."""

    zh: str
    en: str

    def as_json(self) -> JsonValue:
        """The form kept in the ledger."""
        return {"zh": self.zh, "en": self.en}


Args = Mapping[str, object]


class Labelled(str, Enum):  # noqa: UP042 — StrEnum members cannot carry a label beside their value
    """An enumeration whose members carry the words shown for them beside the value kept for them."""

    label: Message

    def __new__(cls, value: str, label: Message = Message("")) -> "Labelled":  # noqa: B008
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)
