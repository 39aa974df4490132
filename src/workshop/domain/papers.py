"""The papers and labels of the shop: what each is about, who prints it, when, and on what size."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from workshop.domain.reasons import Reason, ReasonKind
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.states import Stage
from workshop.domain.words import N_, Labelled, Message


class PaperSize(Enum):
    """Width and height in millimetres."""

    A4 = (210, 297)
    A5 = (210, 148)
    TAG = (100, 70)
    LABEL = (70, 50)
    CARD = (86, 54)


class About(Labelled):
    """What a paper is about; it is printed by the number of one of these."""

    ORDER = "order", N_("order")
    OLD_PART = "old_part", N_("old-part tag")
    BADGE = "badge", N_("badge")
    VEHICLE = "vehicle", N_("VIN")
    PART = "part", N_("part")
    BAY = "bay", N_("bay")
    TOOL = "tool", N_("tool")
    CART = "cart", N_("tool cart")
    AREA = "area", N_("area")
    MONTH = "month", N_("area and month")
    CASE = "case", N_("liability case")
    DAY = "day", N_("day")
    NOTHING = "nothing", N_("nothing")


class Paper(Labelled):
    """A paper or label that the shop prints."""

    REPAIR_ORDER = "repair-order", N_("repair order")
    JOB_CARD = "job-card", N_("dispatch order")
    SUPPLEMENT = "supplement", N_("added-item sheet")
    ISSUE_SLIP = "issue-slip", N_("parts issue slip")
    OLD_PART_TAG = "old-part-tag", N_("old-part tag")
    WARRANTY_TAG = "warranty-tag", N_("warranty part tag")
    INSPECTION_REPORT = "inspection-report", N_("inspection report")
    CERTIFICATE = "certificate", N_("completion certificate")
    SETTLEMENT = "settlement", N_("settlement list")
    VEHICLE_HISTORY = "vehicle-history", N_("vehicle history")
    CLOSING_REPORT = "closing-report", N_("day's closing report")
    BADGE = "badge", N_("badge")
    PART_LABEL = "part-label", N_("part label")
    BAY_LABEL = "bay-label", N_("bay label")
    TOOL_LABEL = "tool-label", N_("tool label")
    CART_LABEL = "cart-label", N_("cart label")
    AREA_LABEL = "area-label", N_("area label")
    CART_CONTENTS = "cart-contents", N_("contents of the tool cart")
    CLEANING_MONTH = "cleaning-month", N_("cleaning record of the month")
    LIABILITY_RECORD = "liability-record", N_("liability record")
    LIABILITY_STATEMENT = "liability-statement", N_("liability statement")
    COMMAND_SHEET = "command-sheet", N_("command codes")


@dataclass(frozen=True, slots=True)
class PaperRule:
    """How one paper is printed. `stages`: where the order must stand, for papers about one."""

    about: About
    size: PaperSize
    roles: frozenset[Role]
    stages: frozenset[Stage] = frozenset(Stage)

    @property
    def is_label(self) -> bool:
        """Whether it is a label or a card, not a page."""
        return self.size not in {PaperSize.A4, PaperSize.A5}


_DESK = frozenset({Role.ADVISOR, Role.MANAGER})
_FLOOR = frozenset({Role.ADVISOR, Role.TEAM_LEADER, Role.MANAGER})
_COUNTER = frozenset({Role.PARTS_CLERK, Role.MANAGER})
_CRIB = frozenset({Role.TOOL_KEEPER, Role.MANAGER})
_OFFICE = frozenset({Role.MANAGER, Role.ADMINISTRATOR})
_RELEASED = frozenset({Stage.RELEASED, Stage.DELIVERED})

RULES: dict[Paper, PaperRule] = {
    Paper.REPAIR_ORDER: PaperRule(About.ORDER, PaperSize.A4, _DESK),
    Paper.JOB_CARD: PaperRule(
        About.ORDER, PaperSize.A4, _FLOOR | {Role.TECHNICIAN}, frozenset(Stage) - {Stage.OPENED, Stage.CANCELLED}
    ),
    Paper.SUPPLEMENT: PaperRule(About.ORDER, PaperSize.A4, _FLOOR),
    Paper.ISSUE_SLIP: PaperRule(About.ORDER, PaperSize.A5, _COUNTER),
    Paper.OLD_PART_TAG: PaperRule(About.OLD_PART, PaperSize.LABEL, _COUNTER),
    Paper.WARRANTY_TAG: PaperRule(About.OLD_PART, PaperSize.TAG, _COUNTER | {Role.ADVISOR}),
    Paper.INSPECTION_REPORT: PaperRule(
        About.ORDER, PaperSize.A4, _FLOOR | {Role.INSPECTOR}, _RELEASED | {Stage.HANDED_OVER}
    ),
    Paper.CERTIFICATE: PaperRule(About.ORDER, PaperSize.A4, _DESK | {Role.INSPECTOR}, _RELEASED),
    Paper.SETTLEMENT: PaperRule(About.ORDER, PaperSize.A4, _DESK, _RELEASED),
    Paper.VEHICLE_HISTORY: PaperRule(About.VEHICLE, PaperSize.A4, _DESK),
    Paper.CLOSING_REPORT: PaperRule(About.DAY, PaperSize.A4, _OFFICE),
    Paper.LIABILITY_STATEMENT: PaperRule(About.BADGE, PaperSize.A4, _OFFICE),
    Paper.BADGE: PaperRule(About.BADGE, PaperSize.CARD, _OFFICE),
    Paper.PART_LABEL: PaperRule(About.PART, PaperSize.LABEL, _COUNTER),
    Paper.BAY_LABEL: PaperRule(About.BAY, PaperSize.LABEL, _OFFICE),
    Paper.TOOL_LABEL: PaperRule(About.TOOL, PaperSize.LABEL, _CRIB),
    Paper.CART_LABEL: PaperRule(About.CART, PaperSize.LABEL, _CRIB),
    Paper.AREA_LABEL: PaperRule(About.AREA, PaperSize.LABEL, _OFFICE),
    Paper.CART_CONTENTS: PaperRule(About.CART, PaperSize.A4, _CRIB | {Role.TEAM_LEADER, Role.TECHNICIAN}),
    Paper.CLEANING_MONTH: PaperRule(About.MONTH, PaperSize.A4, _OFFICE | {Role.TEAM_LEADER}),
    Paper.LIABILITY_RECORD: PaperRule(About.CASE, PaperSize.A4, _CRIB),
    Paper.COMMAND_SHEET: PaperRule(About.NOTHING, PaperSize.A4, EVERYONE),
}

NOT_YOURS = ReasonKind("-", "paper_not_yours", N_("The {paper} is printed by: {roles}"))
NOT_YET = ReasonKind("-", "paper_not_yet", N_("The {paper} is printed when the order is: {stages}"))
NO_SUBJECT = ReasonKind("-", "paper_no_subject", N_("There is nothing here that a {paper} could be about: {number}"))
NO_CERTIFICATE = ReasonKind(
    "W7c", "paper_no_certificate", N_("No item of this order is of a repair class that asks for a certificate.")
)
NOTHING_ADDED = ReasonKind("W5", "paper_nothing_added", N_("Nothing was asked to be added or changed on this order."))
NOTHING_ISSUED = ReasonKind("W6b", "paper_nothing_issued", N_("No part has been issued on this order yet."))


def printable(paper: Paper, roles: frozenset[Role], stage: Stage | None) -> Iterator[Reason]:
    """Why somebody with these roles cannot print it now; `stage` of the order, for papers about one."""
    rule = RULES[paper]
    if not rule.roles & roles:
        yield NOT_YOURS(paper=paper.label, roles=_labels(rule.roles))
    if stage is not None and stage not in rule.stages:
        yield NOT_YET(paper=paper.label, stages=_labels(rule.stages))


def papers_about(about: About, roles: frozenset[Role], stage: Stage | None = None) -> list[Paper]:
    """The papers about such a thing that somebody with these roles can print now."""
    return [paper for paper, rule in RULES.items() if rule.about is about and not any(printable(paper, roles, stage))]


def _labels(members: frozenset[Role] | frozenset[Stage]) -> tuple[Message, ...]:
    return tuple(one.label for kind in (Role, Stage) for one in kind if one in members)
