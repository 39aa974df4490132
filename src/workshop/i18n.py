"""Languages: source strings are English, marked where they are declared and translated where they are shown."""

import gettext
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from workshop.domain.reasons import Reason
from workshop.domain.words import N_, Labelled, Message, Name

LANGUAGES = {"zh_CN": "中文", "en": "English"}
_LOCALE = Path(__file__).parent / "locale"

YES, NO = N_("yes"), N_("no")
COMMA = N_(", ")
HOURS_MINUTES = N_("{hours} h {minutes} min")
ONLY_MINUTES = N_("{minutes} min")


class Translator:
    """Puts what the program says into one language; times into one zone."""

    def __init__(self, language: str, zone: str = "Asia/Shanghai") -> None:
        self.language = language if language in LANGUAGES else "en"
        self.zone = ZoneInfo(zone)
        self._catalogue = gettext.translation(
            "workshop", _LOCALE, languages=[self.language], fallback=self.language == "en"
        )

    def __call__(self, message: Message, **args: object) -> str:
        """A source string in this language, with its arguments put in as people write them."""
        text = self._catalogue.gettext(message) if message else ""
        return text.format_map(_Args(self, args)) if args else text

    def reason(self, reason: Reason) -> str:
        """A refusal: the rule, what is wrong and what to do."""
        text = self(reason.kind.text, **reason.args) if reason.args else self(reason.kind.text)
        return text if reason.rule == "-" else f"{reason.rule}  {text}"

    def value(self, value: object) -> str:  # noqa: PLR0911 — one line per kind of value
        """A value as people here write it."""
        if value is None:
            return ""
        if isinstance(value, Labelled):
            return self(value.label)
        if isinstance(value, Message):
            return self(value)
        if isinstance(value, Name):
            return self.name(value)
        if isinstance(value, bool):
            return self(YES if value else NO)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Mapping):
            return self._kept(value)
        if isinstance(value, tuple | list | frozenset | set):
            return self(COMMA).join(self.value(one) for one in value)
        return str(value)

    def name(self, name: Name) -> str:
        """A name that the shop keeps in both languages."""
        return name.zh if self.language == "zh_CN" else name.en

    def moment(self, value: datetime) -> str:
        """A time in the shop's own zone, to the minute."""
        return value.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")

    def clock(self, value: datetime, now: datetime) -> str:
        """A time in short: the hour today, else month and day too."""
        here, today = value.astimezone(self.zone), now.astimezone(self.zone)
        return here.strftime("%H:%M" if here.date() == today.date() else "%m-%d %H:%M")

    def minutes(self, minutes: int) -> str:
        """A duration in hours and minutes."""
        hours, rest = divmod(minutes, 60)
        return self(HOURS_MINUTES, hours=hours, minutes=rest) if hours else self(ONLY_MINUTES, minutes=rest)

    def _kept(self, value: Mapping[object, object]) -> str:
        """A value as the ledger keeps it: a name in both languages, a time, or a source string."""
        if {"zh", "en"} == set(value):
            return self.name(Name(str(value["zh"]), str(value["en"])))
        if "at" in value:
            return self.moment(datetime.fromisoformat(str(value["at"])))
        if "text" in value:
            return self(Message(value["text"]))
        return self(COMMA).join(self.value(one) for one in value.values())


class _Args(dict[str, object]):
    def __init__(self, translator: Translator, args: Mapping[str, object]) -> None:
        super().__init__(args)
        self._translator = translator

    def __getitem__(self, key: str) -> str:
        return self._translator.value(self.get(key))


def money(amount: Decimal) -> str:
    """An amount in yuan, with the sign and thousands."""
    return f"¥{amount:,.2f}"


@cache
def translator(language: str, zone: str = "Asia/Shanghai") -> Translator:
    """The translator of a language and zone."""
    return Translator(language, zone)
