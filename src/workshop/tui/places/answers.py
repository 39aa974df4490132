"""The answers that an advisor can give to what waits at the front desk, each under its digit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from workshop.commands.approvals import DecideLine
from workshop.commands.base import Command
from workshop.commands.bay import AnswerDiscrepancy
from workshop.commands.change_requests import RequestChange
from workshop.commands.findings import CloseFinding
from workshop.commands.reception import CorrectPlate
from workshop.domain.states import ChangeKind, Decision, FindingEnd
from workshop.domain.words import N_, Message
from workshop.queries.inbox import InboxEntry, Matter
from workshop.queries.story import HIDDEN


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to answer: its words, the act, and the field by which the act names the matter."""

    words: Message
    command: type[Command]
    names: str
    fixed: Mapping[str, object] = field(default_factory=dict)

    def known(self, entry: InboxEntry) -> dict[str, object]:
        """The fields that the entry and the answer already say."""
        named: object = entry.order_number if self.names == "order" else entry.id
        known = {self.names: named, **self.fixed}
        if self.command is RequestChange:
            known["order"] = entry.order_number
        if self.fixed.get("decision") in {Decision.DECLINED, Decision.DEFERRED}:
            known["price"] = None
        return known

    def given(self, entry: InboxEntry, consent: Mapping[str, object], plate: str) -> dict[str, object]:
        """What stands in the form to be changed: the price asked for, how the customer consented to the last line, and
        the plate as the reader may see it."""
        given: dict[str, object] = {}
        if self.command is DecideLine:
            given |= {"price": price_of(entry), **consent}
        elif self.command is CorrectPlate:
            given["plate"] = "" if plate == HIDDEN else plate
        elif self.command is RequestChange:
            given["reason"] = entry.text
        return given


def price_of(entry: InboxEntry) -> Decimal | None:
    """What the decision agrees on: the labour charge of an item, the sum of an added part."""
    return None if entry.kind is ChangeKind.REMOVE_ITEM else entry.price


ANSWERS: Final[Mapping[Matter, tuple[Answer, ...]]] = {
    Matter.PLATE: (Answer(CorrectPlate.label, CorrectPlate, "order"),),
    Matter.DISCREPANCY: (Answer(AnswerDiscrepancy.label, AnswerDiscrepancy, "discrepancy"),),
    Matter.FINDING: (
        Answer(N_("propose items for it"), RequestChange, "finding"),
        Answer(N_("customer declines"), CloseFinding, "finding", {"end": FindingEnd.DECLINED}),
        Answer(N_("keep for the next visit"), CloseFinding, "finding", {"end": FindingEnd.NEXT_VISIT}),
    ),
    Matter.LINE: (
        Answer(N_("approve"), DecideLine, "line", {"decision": Decision.APPROVED}),
        Answer(N_("decline"), DecideLine, "line", {"decision": Decision.DECLINED}),
        Answer(N_("defer"), DecideLine, "line", {"decision": Decision.DEFERRED}),
    ),
}
"""By matter; the first is under 1, and so on."""
