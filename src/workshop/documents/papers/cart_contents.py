"""工具车清单: everything that belongs in a cart or kit, to be counted before, during and after the work (三清点)."""

from workshop.documents.blocks import Column, Field, Signatures, Table
from workshop.documents.papers.making import Desk, Made, grid
from workshop.domain.words import N_
from workshop.queries.tool_papers import CartCard, ToolCard

TITLE = N_("Contents of the tool cart")
CART, TEAM, OWNER, COUNT = N_("tool cart"), N_("team"), N_("whose it is"), N_("number of tools")
TOOL, NUMBER, WHERE, VALID = N_("tool"), N_("number"), N_("where it is now"), N_("valid until")
BEFORE, MIDDLE, AFTER = N_("before work"), N_("before covers close"), N_("after work")
COUNTED, TEAM_LEADER = N_("counted by, date"), N_("team leader")


def cart_contents(desk: Desk, cart: CartCard) -> Made:
    """The list, with three columns to tick."""
    voice = desk.voice
    known = ((CART, cart.name), (TEAM, cart.team), (OWNER, cart.owner), (COUNT, str(len(cart.tools))))
    fields = [Field(voice(label), value) for label, value in known if value]  # a kit is nobody's
    heads = (
        Column("#", 0.5, right=True),
        Column(voice(NUMBER), 1.8),
        Column(voice(TOOL), 3.4),
        Column(voice(WHERE), 3),
        Column(voice(VALID), 1.9),
        Column(voice(BEFORE), 1.1),
        Column(voice(MIDDLE), 1.1),
        Column(voice(AFTER), 1.1),
    )
    rows = tuple(
        (str(place), one.piece.number, _named(desk, one), _where(desk, one), voice.day(one.valid_until), "", "", "")
        for place, one in enumerate(cart.tools, 1)
    )
    signers = ((voice(COUNTED), ""), (voice(TEAM_LEADER), ""))
    return Made(voice.text(TITLE), cart.number, (grid(fields, len(fields)), Table(heads, rows), Signatures(signers)))


def _named(desk: Desk, one: ToolCard) -> str:
    return "\n".join(filter(None, (desk.voice.value(one.piece.name), one.serial_no)))


def _where(desk: Desk, one: ToolCard) -> str:
    return f"{desk.voice.value(one.piece.place)} {one.piece.holder}".strip()
