"""The language or languages of a paper: Chinese, English, or both beside each other."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from workshop.domain.capital_money import capital_money
from workshop.domain.words import N_, Message, Name
from workshop.i18n import Translator, money, translator

BOTH: Final = "both"
CHOICES: Final = ("zh_CN", "en", BOTH)
DAY = N_("{year}-{month}-{day}")


class Voice:
    """Says everything once in each of the paper's languages; what is the same in both is said once."""

    def __init__(self, language: str, zone: str) -> None:
        """A language, or `both`; times are told in the zone."""
        self._said = [translator(one, zone) for one in (("zh_CN", "en") if language == BOTH else (language,))]
        self.language = language

    def __call__(self, message: Message, **args: object) -> str:
        """A few words in a line, such as a label: 里程 mileage; in English alone they begin with a capital."""
        words = self._join(" ", lambda said: said(message, **args))
        return words[:1].upper() + words[1:] if self.language == "en" else words

    def text(self, message: Message, **args: object) -> str:
        """Sentences: a line of its own for each language."""
        return self._join("\n", lambda said: said(message, **args))

    def value(self, value: object) -> str:
        """A value as people write it."""
        if isinstance(value, Name):
            return self._join("\n", lambda said: said.name(value))
        return self._join(" ", lambda said: said.value(value))

    def minutes(self, minutes: int) -> str:
        """A duration in hours with one decimal, as standard hours are written."""
        return f"{Decimal(minutes) / 60:.2f}".rstrip("0").rstrip(".")

    def moment(self, value: datetime | None) -> str:
        """A time in the shop's zone; empty for none."""
        return self._said[0].moment(value) if value is not None else ""

    def day(self, value: date | None) -> str:
        """A date as people here write it: 2026年11月25日."""
        if value is None:
            return ""
        parts = {"year": value.year, "month": f"{value.month:02d}", "day": f"{value.day:02d}"}
        return self._said[0](DAY, **parts)

    def here(self, value: datetime) -> date:
        """The day of a moment in the shop's zone."""
        return value.astimezone(self._said[0].zone).date()

    def money(self, amount: Decimal) -> str:
        """An amount in yuan."""
        return money(amount)

    def capital(self, amount: Decimal) -> str:
        """The amount in capital numerals (大写), which only Chinese has; empty in English."""
        return capital_money(amount) if self.language != "en" else ""

    def _join(self, separator: str, said: Callable[[Translator], str]) -> str:
        found = dict.fromkeys(said(one) for one in self._said)
        return separator.join(text for text in found if text)
