"""Style sheets that are parsed once, however often they are asked for."""

from typing import Any, Final

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_PARSED: Final[dict[frozenset[tuple[str, str]], dict[tuple[Any, ...], list[RuleSet]]]] = {}
"""The rules of every sheet, by the colours and other variables they were parsed with."""


class KeptRules(Stylesheet):
    """The app's style sheet.

    Textual parses all of it anew whenever a screen is shown for the first time, somebody signs in or the terminal is
    unlocked. On a fast machine this takes a few hundredths of a second, in which no key is taken.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parsed = _PARSED.setdefault(frozenset(variables.items()), {})

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take other colours."""
        super().set_variables(variables)
        self._parsed = _PARSED.setdefault(frozenset(variables.items()), {})

    def _parse_rules(self, *args: Any, **more: Any) -> list[RuleSet]:
        key = (*args, *sorted(more.items()))
        if key not in self._parsed:
            self._parsed[key] = super()._parse_rules(*args, **more)
        return self._parsed[key]

    def reparse(self) -> None:
        """Put the rules together anew; they stay as they were if one of the sheets is wrong."""
        self.parse()
