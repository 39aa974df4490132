"""Labels and cards: an old part's tags (W6b), the label of a part or a bay, a badge."""

from workshop.documents.blocks import Label
from workshop.documents.papers.making import MILEAGE_IN, PART_NO, QUANTITY, REQUEST, VEHICLE, VIN, Desk, kilometres
from workshop.domain.cleaning import Area
from workshop.domain.papers import RULES, Paper
from workshop.domain.units import unit_word
from workshop.domain.words import N_
from workshop.queries.shop import PersonView
from workshop.queries.tags import BayCard, CataloguePart, TaggedPart
from workshop.queries.tool_papers import CartCard, ToolCard

ORDER, ITEM, TAKEN, TECHNICIAN = N_("order"), N_("item"), N_("handed in"), N_("technician")
HAZARDOUS = N_("hazardous waste")
REPAIRED = N_("repaired on")
CLAIM, SUPPLIER, CLERK, PLACE, FAULT_CODE = (
    N_("claim number"),
    N_("supplier"),
    N_("warranty clerk"),
    N_("storage place"),
    N_("fault code"),
)
TEAM, UNIT = N_("team"), N_("unit")
CLASS, SERIAL, HOME, VALID = N_("kind"), N_("serial number"), N_("belongs in"), N_("valid until")
CART, AREA, OWNER, KEPT_BY, BAY = N_("tool cart"), N_("area"), N_("whose it is"), N_("kept clean by"), N_("bay")
ROOM = "______________"


def old_part_tag(desk: Desk, old: TaggedPart) -> Label:
    """The tag that stays on an old part for its whole life."""
    voice = desk.voice
    marks = [("", f"【{voice(HAZARDOUS)}】")] if old.hazardous else []
    return _label(
        desk,
        Paper.OLD_PART_TAG,
        _one_line(voice.value(old.name)),
        [
            *marks,
            (voice(QUANTITY), str(old.quantity)),
            (voice(ORDER), f"{old.order_number}  {old.plate or old.vin[-8:]}"),
            (voice(PART_NO), old.part_no),
            (voice(ITEM), _one_line(voice.value(old.item))),
            (voice(TAKEN), f"{voice.moment(old.received_at)}  {old.technician} → {old.clerk}"),
        ],
        old.number,
    )


def warranty_tag(desk: Desk, old: TaggedPart) -> Label:
    """The tag that goes with an old part to the maker; what only the claim knows is written by hand."""
    voice = desk.voice
    return _label(
        desk,
        Paper.WARRANTY_TAG,
        _one_line(voice.value(old.name)),
        [
            (voice(PART_NO), f"{old.part_no}   {voice(QUANTITY)}: {old.quantity}"),
            (voice(VEHICLE), f"{old.vehicle}  {old.plate or ''}".strip()),
            (voice(VIN), old.vin),
            (voice(MILEAGE_IN), kilometres(old.odometer)),
            (voice(ORDER), old.order_number),
            (voice(REPAIRED), f"{voice.day(voice.here(old.received_at))}  {old.technician}"),
            (voice(REQUEST), _at_most(_one_line(old.request), 200)),
            (voice(FAULT_CODE), f"{ROOM}   {voice(CLAIM)}: {ROOM}"),
            (voice(SUPPLIER), f"{ROOM}   {voice(PLACE)}: {ROOM}"),
            (voice(CLERK), ROOM),
        ],
        old.number,
    )


def part_label(desk: Desk, part: CataloguePart) -> Label:
    """The label of a part on its shelf."""
    voice = desk.voice
    lines = [(voice(PART_NO), part.part_no), (voice(UNIT), voice.value(unit_word(part.unit)))]
    return _label(desk, Paper.PART_LABEL, voice.value(part.name), lines, part.number)


def bay_label(desk: Desk, bay: BayCard) -> Label:
    """The label of a bay."""
    return _label(desk, Paper.BAY_LABEL, bay.name, [("", desk.voice(BAY))], bay.number)


def tool_label(desk: Desk, tool: ToolCard) -> Label:
    """The label of a tool, with the date until which it may be used."""
    voice = desk.voice
    lines = [
        (voice(CLASS), voice.value(tool.piece.tool_class)),
        (voice(SERIAL), tool.serial_no),
        (voice(HOME), tool.home),
        (voice(VALID), voice.day(tool.valid_until)),
    ]
    return _label(
        desk, Paper.TOOL_LABEL, voice.value(tool.piece.name), [line for line in lines if line[1]], tool.piece.number
    )


def cart_label(desk: Desk, cart: CartCard) -> Label:
    """The label of a cart or kit."""
    voice = desk.voice
    lines = [("", voice(CART)), (voice(TEAM), cart.team), (voice(OWNER), cart.owner)]
    return _label(desk, Paper.CART_LABEL, cart.name, [line for line in lines if line[1]], cart.number)


def area_label(desk: Desk, area: Area) -> Label:
    """The label of an area that is kept clean."""
    lines = [("", desk.voice(AREA)), (desk.voice(KEPT_BY), area.whose)]
    return _label(desk, Paper.AREA_LABEL, area.name, [line for line in lines if line[1]], area.number)


def badge(desk: Desk, person: PersonView) -> Label:
    """The badge that a person signs in with."""
    voice = desk.voice
    lines = [("", voice.value(tuple(role.label for role in person.roles)))]
    if person.team:
        lines.append((voice(TEAM), person.team))
    return _label(desk, Paper.BADGE, person.name, lines, person.badge)


def _at_most(text: str, length: int) -> str:
    """The text, shortened where it would leave no room for what is written by hand; that is seen."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _label(desk: Desk, paper: Paper, title: str, lines: list[tuple[str, str]], number: str) -> Label:
    return Label(RULES[paper].size, desk.shop.name, title, tuple(lines), number)
