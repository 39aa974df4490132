"""Refusals: every one names the rule behind it, what is wrong and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from workshop.domain.roles import Role
from workshop.domain.words import Args, Message, Name

_kinds: dict[str, "ReasonKind"] = {}


@dataclass(frozen=True, slots=True)
class ReasonKind:
    """One kind of refusal, declared once beside the rule that it serves.

    `rule` is the id in the shop's regulation (or `-` where the program itself is the reason), `code` is stable
    and unique, `text` says what is wrong and what to do, `by` who can mend it.
    """

    rule: str
    code: str
    text: Message
    by: tuple[Role, ...] = ()

    def __post_init__(self) -> None:
        if _kinds.setdefault(self.code, self) is not self:
            raise ValueError(f"two kinds of reason share the code {self.code!r}")

    def __call__(self, **args: str | int | Name | datetime | tuple[str, ...]) -> "Reason":
        return Reason(self, args)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an act is refused, or what still stands between an order and its next stage."""

    kind: ReasonKind
    args: Args = field(default_factory=dict)
    under: str = ""

    @property
    def rule(self) -> str:
        """The id of the rule behind it: the kind's, or that of the act which is refused."""
        return self.under or self.kind.rule

    @property
    def code(self) -> str:
        """The stable code of its kind."""
        return self.kind.code


class Refused(Exception):
    """The act is not done; nothing was changed."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(f"{r.rule} {r.code}" for r in reasons))
        self.reasons = reasons


def require(reasons: Iterable[Reason]) -> None:
    """Refuse with all the reasons at once, if there are any."""
    found = tuple(reasons)
    if found:
        raise Refused(*found)


def all_kinds() -> tuple[ReasonKind, ...]:
    """Every kind of refusal declared by the modules loaded so far, by code."""
    return tuple(_kinds[code] for code in sorted(_kinds))
