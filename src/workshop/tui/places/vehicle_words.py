"""A vehicle's card in words: whose it is, what was done, what is still guaranteed, what waits to be taken up."""

from collections.abc import Iterator

from rich.text import Text

from workshop.domain import plates, vins
from workshop.domain.states import ENDED
from workshop.domain.words import N_, Message
from workshop.i18n import Translator, money
from workshop.queries.vehicles import VehicleCard, Visit
from workshop.tui.places.order_words import short

IN_HOUSE = N_("In the shop now on order {order} ({stage}). Enter opens it.")
NO_PLATE = N_("no plate")
DOUBTFUL = N_("The VIN's check digit is wrong. Compare it with the car.")
WAITING = N_("Declined or deferred before; offer it again:")
WAITED = N_("{item}  {state} on {day}  {hours}  {money}")
GUARANTEED = N_("Still under guarantee:")
GUARANTEE = N_("{item}  until {day} or {odometer} km  (order {order})")
VISITS = N_("Visits:")
VISIT = N_("{day}  {odometer} km  {order}  {stage}  {items}")
FIRST_VISIT = N_("This is its first visit.")
UNDERSTOOD_PLATE = N_("Read as the plate {plate}.")
UNDERSTOOD_VIN = N_("Read as the VIN {vin}.")
MAKER = N_("Maker by the VIN: {maker}.")
DID_YOU_MEAN = N_("Is it {plate}?")


def card_text(card: VehicleCard, t: Translator) -> Text:
    """The whole card: what matters most first."""
    text = Text(title_of(card, t), style="bold")
    text.append(f"\n{card.customer}  {card.phone}  {card.vin}  {card.engine}", style="not bold")
    for line in _lines(card, t):
        text.append(f"\n{line}", style="not bold")
    return text


def title_of(card: VehicleCard, t: Translator) -> str:
    """Plate, make, model and year."""
    year = str(card.model_year or "")
    return "  ".join(filter(None, (card.plate or t(NO_PLATE), card.plate_colour, card.make, card.model, year)))


def present_visit(card: VehicleCard) -> Visit | None:
    """The order on which the vehicle is in the shop now."""
    return next((visit for visit in card.visits if visit.stage not in ENDED), None)


def _lines(card: VehicleCard, t: Translator) -> Iterator[str]:
    here = present_visit(card)
    if here is not None:
        yield f"! {t(IN_HOUSE, order=here.order_number, stage=here.stage)}"
    yield from (f"! {warning}" for warning in warnings(card.plate or "", card.vin, t))
    if card.waiting:
        yield t(WAITING)
    for line in card.waiting:
        day, cost = line.opened_at.astimezone(t.zone).date(), money(line.price + line.parts)
        yield f"  {t(WAITED, item=line.name, state=line.state, day=day, hours=t.minutes(line.minutes), money=cost)}"
    if card.guaranteed:
        yield t(GUARANTEED)
    for one in card.guaranteed:
        yield f"  {t(GUARANTEE, item=one.name, day=one.until, odometer=one.odometer, order=one.order_number)}"
    yield t(VISITS if card.visits else FIRST_VISIT)
    for visit in card.visits:
        yield f"  {_visit(visit, t)}"


def _visit(visit: Visit, t: Translator) -> str:
    return t(
        VISIT,
        day=visit.opened_at.astimezone(t.zone).date(),
        odometer=visit.odometer,
        order=visit.order_number,
        stage=visit.stage,
        items=visit.items or short(visit.request, 100),
    )


def warnings(plate: str, vin: str, t: Translator) -> list[str]:
    """What a person should look at once more; empty texts are not looked at."""
    found: list[Message] = []
    try:
        found += [one.label for one in plates.parse(plate).warnings] if plate else []
        found += [DOUBTFUL] if vin and vins.parse(vin).doubtful else []
    except (plates.PlateError, vins.VinError) as error:
        found.append(error.code.label)
    return [t(one) for one in found]


def understood(text: str, t: Translator) -> tuple[dict[str, object], str]:
    """What a typed plate or VIN says, as fields of the register, and in words with its warnings."""
    try:
        vin = vins.parse(text)
    except vins.VinError:
        return _understood_plate(text, t)
    told = [t(UNDERSTOOD_VIN, vin=vin.text), *warnings("", vin.text, t)]
    told += [t(MAKER, maker=vin.maker)] if vin.maker else []
    return {"vin": vin.text, "model_year": vins.model_year(vin.text)}, "  ".join(told)


def _understood_plate(text: str, t: Translator) -> tuple[dict[str, object], str]:
    try:
        plate = plates.parse(text)
    except plates.PlateError as error:
        if not error.suggestion:
            return {}, ""
        return {}, f"{t(error.code.label)}  {t(DID_YOU_MEAN, plate=error.suggestion)}"
    return {"plate": plate.text}, "  ".join([t(UNDERSTOOD_PLATE, plate=plate.text), *warnings(plate.text, "", t)])
