"""From a paper and the number it is about to a document, ready for any printer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session

from workshop.documents.blocks import Document, Label, Labels, Sheet
from workshop.documents.papers import labels
from workshop.documents.papers.cart_contents import cart_contents
from workshop.documents.papers.certificate import certificate
from workshop.documents.papers.cleaning_month import cleaning_month
from workshop.documents.papers.closing_report import closing_report
from workshop.documents.papers.command_sheet import command_sheet
from workshop.documents.papers.inspection_report import inspection_report
from workshop.documents.papers.issue_slip import issue_slip
from workshop.documents.papers.job_card import job_card
from workshop.documents.papers.liability_record import liability_record
from workshop.documents.papers.liability_statement import liability_statement
from workshop.documents.papers.making import Desk, Made
from workshop.documents.papers.repair_order import repair_order
from workshop.documents.papers.settlement import settlement
from workshop.documents.papers.supplement import supplement
from workshop.documents.papers.vehicle_history import vehicle_history
from workshop.documents.voice import Voice
from workshop.domain.papers import NO_SUBJECT, RULES, About, Paper
from workshop.domain.reasons import Refused
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.words import N_
from workshop.queries.cleaning_watch import month
from workshop.queries.closing import closing
from workshop.queries.liability import case
from workshop.queries.orders import OrderView, order
from workshop.queries.shop import PersonView, ShopView, shop, staff
from workshop.queries.statements import statement
from workshop.queries.tags import area_card, bay_card, catalogue_part, tagged_part
from workshop.queries.tool_papers import cart_card, tool_card
from workshop.queries.vehicles import vehicle

COPY = N_("COPY {count}")
PRINTED = N_("Printed {at} by {person} at {terminal}")
PAGE = N_("page {page} of {pages}")
MISSING = N_("〓 stands for characters that this font lacks:")


@dataclass(frozen=True, slots=True)
class Print:
    """One printing: of what, in which language, by whom, and the how-manieth copy; 0 is the original."""

    paper: Paper
    subject: str
    language: str
    at: datetime
    person: str
    terminal: str
    copy: int = 0


def printing_of(
    outcome: Mapping[str, object], paper: Paper, language: str, at: datetime, person: str, terminal: str
) -> Print:
    """The printing that the act of printing recorded."""
    copy = outcome["copy"]
    return Print(paper, str(outcome["subject"]), language, at, person, terminal, copy if isinstance(copy, int) else 0)


_READERS: Final = EVERYONE - {Role.TECHNICIAN}  # the papers that technicians get keep the plate to themselves (W1)
_ORDERS: Final[dict[Paper, Callable[[Desk, OrderView], Made]]] = {
    Paper.REPAIR_ORDER: repair_order,
    Paper.JOB_CARD: job_card,
    Paper.SUPPLEMENT: supplement,
    Paper.ISSUE_SLIP: issue_slip,
    Paper.INSPECTION_REPORT: inspection_report,
    Paper.CERTIFICATE: certificate,
    Paper.SETTLEMENT: settlement,
}


def document(session: Session, wanted: Print) -> Document:
    """The document; `Refused` where there is nothing of that number. Whether it may be printed is asked before."""
    here = shop(session)
    if here is None:
        raise Refused(NO_SUBJECT(paper=wanted.paper.label, number=wanted.subject))
    desk = Desk(session, Voice(wanted.language, here.timezone), wanted.at, here)
    made = _made(desk, wanted)
    if made is None:
        raise Refused(NO_SUBJECT(paper=wanted.paper.label, number=wanted.subject))
    copy = desk.voice(COPY, count=wanted.copy) if wanted.copy else ""
    if isinstance(made, Label):
        return Labels(made.size, (replace(made, copy=copy),))
    return _sheet(desk, wanted, made, here, copy)


def _sheet(desk: Desk, wanted: Print, made: Made, here: ShopView, copy: str) -> Sheet:
    voice = desk.voice
    return Sheet(
        size=RULES[wanted.paper].size,
        title=made.title,
        shop=(here.name, here.address, here.phone),
        blocks=made.blocks,
        number=made.number,
        about=made.about,
        copy=copy,
        footer=voice(PRINTED, at=wanted.at, person=wanted.person, terminal=wanted.terminal),
        page=voice(PAGE, page="{page}", pages="{pages}"),
        missing=voice(MISSING),
    )


def _made(desk: Desk, wanted: Print) -> Made | Label | None:
    """The paper about what is asked for; None where there is no such thing."""
    rule, number = RULES[wanted.paper], wanted.subject
    if rule.is_label:
        return _label(desk, wanted.paper, number)
    if rule.about is About.ORDER:
        view = order(desk.session, number, desk.now, _READERS)
        return _ORDERS[wanted.paper](desk, view) if view else None
    return _OTHERS[wanted.paper](desk, number)


def _history(desk: Desk, vin: str) -> Made | None:
    card = vehicle(desk.session, vin, desk.voice.here(desk.now))
    return vehicle_history(desk, card) if card else None


def _closing(desk: Desk, day: str) -> Made:
    return closing_report(desk, closing(desk.session, date.fromisoformat(day), desk.shop.timezone, desk.now))


def _cart(desk: Desk, number: str) -> Made | None:
    card = cart_card(desk.session, number)
    return cart_contents(desk, card) if card else None


def _cleaning(desk: Desk, area_and_month: str) -> Made | None:
    number, _, first = area_and_month.partition(" ")
    view = month(desk.session, desk.now, number, date.fromisoformat(f"{first}-01"))
    return cleaning_month(desk, view) if view else None


def _case(desk: Desk, number: str) -> Made | None:
    found = case(desk.session, number)
    return liability_record(desk, found) if found else None


def _statement(desk: Desk, badge: str) -> Made | None:
    found = statement(desk.session, badge)
    return liability_statement(desk, found) if found else None


_OTHERS: Final[dict[Paper, Callable[[Desk, str], Made | None]]] = {
    Paper.VEHICLE_HISTORY: _history,
    Paper.CLOSING_REPORT: _closing,
    Paper.COMMAND_SHEET: lambda desk, _: command_sheet(desk),
    Paper.CART_CONTENTS: _cart,
    Paper.CLEANING_MONTH: _cleaning,
    Paper.LIABILITY_RECORD: _case,
    Paper.LIABILITY_STATEMENT: _statement,
}


def _person(session: Session, badge: str) -> PersonView | None:
    return next((one for one in staff(session) if one.badge == badge), None)


_LABELS: Final[dict[Paper, tuple[Callable[[Session, str], Any], Callable[[Desk, Any], Label]]]] = {
    Paper.OLD_PART_TAG: (tagged_part, labels.old_part_tag),
    Paper.WARRANTY_TAG: (tagged_part, labels.warranty_tag),
    Paper.PART_LABEL: (catalogue_part, labels.part_label),
    Paper.BAY_LABEL: (bay_card, labels.bay_label),
    Paper.TOOL_LABEL: (tool_card, labels.tool_label),
    Paper.CART_LABEL: (cart_card, labels.cart_label),
    Paper.AREA_LABEL: (area_card, labels.area_label),
    Paper.BADGE: (_person, labels.badge),
}
"""How the thing of a label is found by its number, and what its label says."""


def _label(desk: Desk, paper: Paper, number: str) -> Label | None:
    find, make = _LABELS[paper]
    found = find(desk.session, number)
    return make(desk, found) if found is not None else None
