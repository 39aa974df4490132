"""What waits at the front desk, in words: who raised it, what was found, what it would cost, how to answer."""

from datetime import datetime

from rich.text import Text

from workshop.domain import plates
from workshop.domain.words import N_
from workshop.i18n import Translator, money
from workshop.queries.inbox import InboxEntry, Matter
from workshop.queries.story import HIDDEN
from workshop.tui.places.answers import ANSWERS
from workshop.tui.places.order_words import short

TYPED = N_("typed on the car: {plate}")
ON_ORDER = N_("on the order:     {plate}")
PLACES = N_("places that differ (^): {places}")
ALIKE = N_("{position} ({left} and {right}, easily mistaken)")
OWN = N_("You raised this yourself; another advisor must answer it.")
RAISED = N_("{name} at {time}, {waited} ago")
HOW = N_("Enter: the order")
MANY_PARTS = N_("{pieces} × {part}, {price} each")

LONGEST = 300
"""Cells of a finding or note that are shown here; the order's story has it whole."""


def waited(entry: InboxEntry, now: datetime) -> int:
    """Minutes since it was raised."""
    return max(0, int((now - entry.since).total_seconds() // 60))


def entry_text(entry: InboxEntry, plate: str, t: Translator, now: datetime, *, own: bool) -> Text:
    """An entry in full, with the plate as its reader may see it; `own` ones are for another advisor."""
    since, ago = t.clock(entry.since, now), t.minutes(waited(entry, now))
    text = Text(f"{entry.order_number}  {plate}  {t(RAISED, name=entry.raised_by, time=since, waited=ago)}\n")
    text.append_text(_keys(entry, t, own=own)).append("\n")
    if entry.matter is Matter.PLATE:
        return text.append_text(_differences(plates.normalise(entry.text), plate, t))
    severity = f"[{t.value(entry.severity)}]" if entry.severity else ""
    text.append(f"{severity} {short(entry.text, LONGEST)}".strip() + "\n")
    if entry.kind is not None:
        cost = "" if entry.price is None else money(entry.price)
        terms = (t.value(entry.kind), t.value(entry.item), t.minutes(entry.minutes or 0), cost)
        text.append("  ".join(terms) + "\n", style="bold")
    for part, pieces, price in entry.parts:
        text.append(f"+ {t(MANY_PARTS, part=part, pieces=pieces, price=money(price))}\n")
    return text


def _keys(entry: InboxEntry, t: Translator, *, own: bool) -> Text:
    if own:
        return Text(f"! {t(OWN)}  {t(HOW)}")
    told = [f"{digit} {t(answer.words)}" for digit, answer in enumerate(ANSWERS[entry.matter], start=1)]
    return Text("   ".join([*told, t(HOW)]), style="bold")


def _differences(seen: str, kept: str, t: Translator) -> Text:
    """What was typed on the car, beside what the order says; a sign stands behind each place that differs."""
    if kept in {"", HIDDEN}:
        return Text(f"{t(TYPED, plate=seen)}\n{t(ON_ORDER, plate=kept or '-')}\n")
    found = plates.differences(seen, kept)
    places = [t(ALIKE, position=d.position, left=d.left, right=d.right) if d.confusable else d.position for d in found]
    text = Text(f"{t(TYPED, plate=_spaced(seen, found))}\n{t(ON_ORDER, plate=_spaced(kept, found))}\n")
    return text.append(f"{t(PLACES, places=places)}\n")


def _spaced(plate: str, found: tuple[plates.Difference, ...]) -> str:
    """A plate with a sign behind each place that differs from the other."""
    positions = {one.position for one in found}
    return " ".join(f"{sign}^" if place in positions else sign for place, sign in enumerate(plate, start=1))
