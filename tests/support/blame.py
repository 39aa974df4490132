"""A liability case in hand, for the tests of the rules: who does what next with it."""

from typing import Any

from sqlmodel import col

from support.acting import Floor
from workshop.commands.base import Outcome
from workshop.db.liability_facts import load_cases
from workshop.db.tables import LiabilityCase
from workshop.domain.liability import CaseFacts

DROPPED = {"cause": "improper_use", "circumstances": "从举升机上掉落"}


class Blame:
    """One case. People are named as in the small shop; two managers know nothing of it: `manager`, `all_rounder`."""

    def __init__(self, floor: Floor, number: object) -> None:
        self.floor = floor
        self.number = str(number)

    @property
    def row(self) -> LiabilityCase:
        """Its row."""
        found: LiabilityCase = self.floor.rows(LiabilityCase, col(LiabilityCase.number) == self.number)[0]
        return found

    @property
    def facts(self) -> CaseFacts:
        """What the rules see now."""
        key = self.row.id or 0
        return load_cases(self.floor.session, [key])[key]

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.facts.state.value

    @property
    def owed(self) -> list[str]:
        """What is still to be made good, share by share."""
        return [f"{share.owed:.2f}" for share in self.facts.shares]

    def do(self, who: str, command: str, **fields: object) -> Outcome:
        """An act that names the case."""
        return self.floor.do(who, command, case=self.number, **fields)

    def refused(self, who: str, command: str, **fields: object) -> list[str]:
        """The codes for which an act that names the case is refused."""
        return self.floor.refused(who, command, case=self.number, **fields)

    def terms(self, amount: str, *shares: tuple[str, str], **more: object) -> dict[str, Any]:
        """A decision: the technician alone, or these people with their percents."""
        given = [
            {"badge": self.floor.badge(who), "percent": percent} for who, percent in shares or (("technician", "100"),)
        ]
        return {"cause": "improper_use", "amount": amount, "shares": given, "reason": "操作不当"} | more

    def decide(self, amount: str, *shares: tuple[str, str], who: str = "manager", **more: object) -> None:
        """Find somebody liable."""
        self.do(who, "decide-liability", **self.terms(amount, *shares, **more))

    def final(self, amount: str, **more: object) -> "Blame":
        """Find the technician liable, who acknowledges it."""
        self.decide(amount, **more)
        self.do("technician", "acknowledge-liability")
        return self

    def pay(self, amount: str, who: str = "technician", to: str = "manager") -> None:
        """An instalment."""
        self.do(to, "record-payment", debtor=self.floor.badge(who), amount=amount)


def reported(floor: Floor, tool: int, who: str = "technician", **more: object) -> Blame:
    """A tool is reported, by its place in `TOOLS`."""
    outcome = floor.do(who, "report-damage", tool=floor.tool(tool), **DROPPED | more)
    return Blame(floor, outcome["case"])
