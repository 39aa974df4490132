"""An order in words: its head, what is missing, what was agreed at the front desk, its story."""

from collections.abc import Sequence
from datetime import datetime

from rich.text import Text

from workshop.domain.states import Stage
from workshop.domain.words import N_, Message
from workshop.i18n import Translator, money
from workshop.queries.orders import OrderView
from workshop.queries.story import HIDDEN, Sentence

PROMISED = N_("promised {time}")
LATE = N_("LATE")
WILL_BE_LATE = N_("will be late")
HELD_BY = N_("held up by: {holds}")
TOTAL = N_("total {money}")
NEXT = N_("Next: {move} ({roles})")
NOTHING_MISSING = N_("Nothing is missing for it.")
MISSING = N_("Still missing for it: {count}")
GIVEN_BY = N_("(from: {roles})")
OVER = N_("Nothing comes after this.")
STORY = N_("Story, the latest first")
NO_PLATE = N_("no plate")

REQUEST = N_("customer request")
ODOMETER = N_("mileage in")
ODOMETER_OUT = N_("mileage out")
FUEL = N_("fuel level")
BELONGINGS = N_("belongings")
BROUGHT_BY = N_("brought by")
PHONE = N_("telephone")
OLD_PARTS = N_("old parts")
ADVISOR = N_("service advisor")
TECHNICIAN = N_("technician")
BAY = N_("bay")
VIN = N_("VIN")
COMEBACK = N_("comeback of order")
CERTIFICATE = N_("completion certificate")
DELIVERED = N_("delivered")
CANCELLED = N_("cancelled")
FAILED = N_("inspections failed")
DEFECT = N_("defect")
KILOMETRES = N_("{count} km")


def short(text: str, cells: int) -> str:
    """A text on one line, cut to that many cells."""
    line = Text(" ".join(text.split()))
    line.truncate(cells, overflow="ellipsis")
    return line.plain


def head(view: OrderView, t: Translator, now: datetime) -> Text:
    """Which order, in which stage, what holds it, when it is promised, what it comes to."""
    text = Text()
    text.append("  ".join(filter(None, (view.facts.number, plate_of(view, t), view.vehicle))), style="bold")
    text.append(f"  {view.customer}  {view.phone}\n")
    text.append_text(stages(view.facts.stage, t))
    text.append(f"\n{t(PROMISED, time=t.clock(view.facts.promised_at, now))}")
    if view.lateness.late or view.lateness.will_be:
        text.append(f"  ! {t(LATE if view.lateness.late else WILL_BE_LATE)}", style="bold")
    if view.holds:
        text.append(f"  ! {t(HELD_BY, holds=view.holds)}", style="bold")
    text.append(f"  {t(TOTAL, money=money(view.total))}")
    return text


def plate_of(view: OrderView, t: Translator) -> str:
    """The plate; dots where the reader must prove it first (W1)."""
    return HIDDEN if view.plate_hidden else view.plate or t(NO_PLATE)


def stages(stage: Stage, t: Translator) -> Text:
    """The way of an order in words; brackets stand around where it is."""
    cancelled = stage is Stage.CANCELLED
    way = [Stage.OPENED, stage] if cancelled else [one for one in Stage if one is not Stage.CANCELLED]
    text = Text()
    for one in way:
        words = t(one.label).replace(" ", "\u00a0")
        text.append(" > " if text else "")
        text.append(f"[{words}]" if one is stage else words, style="bold" if one is stage else "")
    return text


def missing(view: OrderView, t: Translator) -> Text:
    """What comes next and everything that still stands in its way, with who can give it."""
    if view.step is None:
        return Text(t(OVER))
    text = Text(t(NEXT, move=view.step.move.label, roles=view.step.move.roles) + "\n", style="bold")
    reasons = view.step.missing
    text.append(t(MISSING, count=len(reasons)) if reasons else t(NOTHING_MISSING), style="not bold")
    for reason in reasons:
        text.append(f"\n- {t.reason(reason)}", style="not bold")
        if reason.kind.by:
            text.append(f"  {t(GIVEN_BY, roles=reason.kind.by)}", style="not bold")
    return text


def overview(view: OrderView, t: Translator) -> Text:
    """What is missing, then everything that was written down at the front desk and later about the order as a whole."""
    text = missing(view, t)
    text.append("\n")
    for label, value in _facts(view, t):
        if value:
            text.append(f"\n{t(label)}  ", style="not bold dim")
            text.append(value, style="not bold")
    return text


def _facts(view: OrderView, t: Translator) -> Sequence[tuple[Message, str]]:
    out = view.odometer_out
    return (
        (REQUEST, view.request),
        (ODOMETER, t(KILOMETRES, count=view.odometer_in)),
        (ODOMETER_OUT, "" if out is None else t(KILOMETRES, count=out)),
        (BROUGHT_BY, view.brought_by),
        (PHONE, view.phone),
        (FUEL, view.fuel),
        (BELONGINGS, view.belongings),
        (OLD_PARTS, t.value(view.old_parts_wish)),
        (ADVISOR, view.advisor),
        (TECHNICIAN, "  ".join(filter(None, (view.technician, view.team)))),
        (BAY, view.bay),
        (VIN, view.vin),
        (COMEBACK, view.comeback_of or ""),
        (FAILED, str(view.inspections_failed or "")),
        *((DEFECT, f"{t.name(one.item)} ({t.value(one.defect_class)}) {one.note}") for one in view.defects),
        (CERTIFICATE, view.certificate_no or ""),
        (DELIVERED, t.value(view.delivered_at)),
        (CANCELLED, view.cancelled_reason),
    )


def story_text(sentences: Sequence[Sentence], t: Translator, now: datetime) -> Text:
    """The story of an order, the latest first."""
    text = Text(t(STORY), style="bold")
    for one in reversed(sentences):
        text.append(f"\n{t.clock(one.at, now)}  ", style="not bold dim")
        text.append(" ".join(t(one.text, **one.args).split()), style="not bold")
    return text
