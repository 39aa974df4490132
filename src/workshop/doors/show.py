"""`workshop show` and `workshop board --once`: an order, and the floor, on standard output.

Nobody has signed in here, so that W1 holds as for a technician: what is still to be proven on the car is not told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlmodel import Session

from workshop.domain import numbers
from workshop.domain.moves import Move
from workshop.domain.numbers import NumberError
from workshop.domain.reasons import Reason, ReasonKind, Refused
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.states import ENDED
from workshop.domain.words import N_, Name
from workshop.doors.lines import columns
from workshop.i18n import Translator, money
from workshop.queries.board import BoardRow, board, sees_plate
from workshop.queries.checks import CheckView, final_inspection, self_check
from workshop.queries.orders import ItemView, OrderView, order
from workshop.queries.search import Found, find
from workshop.queries.story import Sentence, story

NO_ORDER = ReasonKind(
    "-",
    "no_order",
    N_("No order is found by this: {text}. By plate only one whose plate is proven is found (W1); give its number."),
)
SEVERAL = ReasonKind("-", "several_orders", N_("Several open orders are found by this. Give the number: {orders}"))
NOBODY = frozenset({Role.TECHNICIAN})  # who reads here is shown what a technician is shown

HIDDEN = N_("plate not proven")
PROMISED = N_("promised {time}")
LATE, WILL_BE_LATE = N_("late"), N_("will be late")
HELD = N_("held: {holds}")
NEXT = N_("next: {move}")
MISSING = N_("missing: {count}")
TOTAL = N_("total {amount}")
NO_ORDERS = N_("No order is open.")
ORDER, STAGE, PLATE, VEHICLE, BAY, TECHNICIAN = (
    N_("order"),
    N_("stage"),
    N_("plate"),
    N_("vehicle"),
    N_("bay"),
    N_("technician"),
)
PROMISE, REMARKS = N_("promised"), N_("remarks")


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with the lines that are to be answered and its story."""

    order: OrderView
    self_check: tuple[CheckView, ...]
    final_inspection: tuple[CheckView, ...]
    story: tuple[Sentence, ...]


def order_page(session: Session, text: str, now: datetime) -> OrderPage:
    """The order by its number, by that of an item or old part of it, or by its plate. Refused if there is none."""
    number = _order_number(session, text)
    view = order(session, number, now, NOBODY)
    if view is None:
        raise Refused(NO_ORDER(text=text))
    return OrderPage(
        view,
        tuple(self_check(session, number)),
        tuple(final_inspection(session, number)),
        tuple(story(session, number, hide_plate=view.plate_hidden)),
    )


def _order_number(session: Session, text: str) -> str:
    """The order that is meant: of several visits of a car the open one, else the last."""
    hits = [hit for hit in find(session, text, EVERYONE - NOBODY) if hit.found is Found.ORDER]
    if not _is_number(text):
        hits = [hit for hit in hits if hit.stage is not None and sees_plate(NOBODY, hit.stage)]
    if not hits:
        raise Refused(NO_ORDER(text=text))
    still_open = [hit.key for hit in hits if hit.stage not in ENDED]
    if len(still_open) > 1:
        raise Refused(SEVERAL(orders=", ".join(still_open)))
    return still_open[0] if still_open else hits[0].key


def _is_number(text: str) -> bool:
    try:
        numbers.parse(text)
    except NumberError:
        return False
    return True


def page_as_text(page: OrderPage, said: Translator) -> Iterator[str]:
    """The order for people, as lines."""
    view = page.order
    plate = said(HIDDEN) if view.plate_hidden else view.plate or view.vin[-8:]
    yield f"{view.facts.number}  {said.value(view.facts.stage)}  {plate}  {view.vehicle}"
    yield "  ".join(part for part in (view.customer, view.advisor, view.team, view.technician, view.bay) if part)
    yield "  ".join([said(PROMISED, time=view.facts.promised_at), *_remarks(view, said)])
    yield from (f"  {line}" for line in view.request.splitlines())
    yield ""
    yield from columns(row for item in view.items for row in _item_rows(item, said))
    yield said(TOTAL, amount=money(view.total))
    if view.step is not None:
        yield ""
        yield said(NEXT, move=view.step.move.label)
        yield from (f"  {said.reason(reason)}" for reason in view.step.missing)
    yield ""
    for sentence in page.story:
        told = " ".join(said(sentence.text, **sentence.args).split())
        yield f"{sentence.number}  {said.moment(sentence.at)}  {sentence.terminal}  {told}"


def _item_rows(item: ItemView, said: Translator) -> Iterator[tuple[str, ...]]:
    facts = item.facts
    yield facts.number, said.name(facts.name), said.value(facts.state), said.minutes(facts.minutes), money(item.price)
    for line in item.lines:
        amount = f"{line.facts.quantity} × {money(line.price)}"
        yield "", f"  {said.name(line.facts.name)}", line.facts.part_no, "", amount


def _remarks(view: OrderView | BoardRow, said: Translator) -> Iterator[str]:
    if view.lateness.late or view.lateness.will_be:
        yield said(LATE if view.lateness.late else WILL_BE_LATE)
    if view.holds:
        yield said(HELD, holds=view.holds)


def board_as_text(session: Session, now: datetime, said: Translator) -> list[str]:
    """The floor for people, as lines: every open order, the earliest promise first."""
    rows = board(session, now, NOBODY)
    if not rows:
        return [said(NO_ORDERS)]
    heads = (ORDER, STAGE, PLATE, VEHICLE, BAY, TECHNICIAN, PROMISE, REMARKS)
    return columns([[said(head) for head in heads], *(_board_row(row, now, said) for row in rows)])


def _board_row(row: BoardRow, now: datetime, said: Translator) -> list[str]:
    remarks = [*_remarks(row, said), *([said(MISSING, count=len(row.missing))] if row.missing else [])]
    return [
        row.number,
        said.value(row.stage),
        row.plate or "-",
        row.vehicle,
        row.bay,
        row.technician,
        said.clock(row.promised_at, now),
        "  ".join(remarks),
    ]


def as_json(value: Any, said: Translator) -> Any:
    """A view for programs: enumerations by their values, amounts and times as text, reasons with their message."""
    if isinstance(value, Reason):
        return {"rule": value.rule, "code": value.code, "message": said(value.kind.text, **value.args)}
    if isinstance(value, Sentence):
        told = said(value.text, **value.args)
        return {"number": value.number, "at": value.at.isoformat(), "command": value.command, "text": told}
    if is_dataclass(value) and not isinstance(value, Name | Move):
        return {one.name: as_json(getattr(value, one.name), said) for one in fields(value)}
    if isinstance(value, tuple | list | frozenset | set):
        return [as_json(one, said) for one in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Name):
        return value.as_json()
    if isinstance(value, Move):
        return value.name
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
