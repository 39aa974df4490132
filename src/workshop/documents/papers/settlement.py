"""维修费用结算清单: the official settlement list, with its three outcomes for the old parts and the guarantee."""

from workshop.documents.blocks import Block, Column, Field, Heading, Options, Prose, Signatures, Table
from workshop.documents.papers.making import (
    ARRIVED,
    CERTIFICATE,
    KIND,
    MILEAGE_IN,
    MILEAGE_OUT,
    ORDER_NO,
    RELEASED,
    REQUEST,
    Desk,
    Made,
    agreed_items,
    grid,
    items_table,
    kilometres,
    parts_table,
    pieces,
    sums,
    vehicle_fields,
)
from workshop.documents.papers.repair_order import CUSTOMER_SIGNS
from workshop.domain.states import ItemState, OldPartsChoice
from workshop.domain.words import N_
from workshop.queries.orders import OrderView
from workshop.queries.papers import car_data

TITLE = N_("Settlement list of repair costs")
OWN = N_("customer's own")
OUTCOME = N_("What became of the old parts:")
OUTCOMES = {
    OldPartsChoice.CUSTOMER_TAKES: N_("taken back by the client"),
    OldPartsChoice.SHOP_KEEPS: N_("taken back by the repairer"),
    OldPartsChoice.NO_OLD_PARTS: N_("no parts came off"),
}
"""The three outcomes in the words of the official form."""
OLD_PART, TAG, STATE = N_("old part"), N_("tag"), N_("where it is")
GUARANTEE, ITEM, UNTIL, AT_MOST = (
    N_("Guarantee, whichever comes first"),
    N_("repair item"),
    N_("until"),
    N_("up to odometer"),
)
BATTERY = N_("For traction batteries, drive motors and their controls the maker's own guarantee holds beside this one.")
TWO = N_("Two copies: one for the customer, one for the shop's archive.")
SHOP_SIGNS, CASHIER_SIGNS = N_("settled for the shop"), N_("cashier")
OTHER, DISCOUNT = N_("other charges"), N_("discount")


def settlement(desk: Desk, view: OrderView) -> Made:
    """The settlement of a released order."""
    voice, car = desk.voice, car_data(desk.session, view.facts.number)
    items = agreed_items(view)
    fields = [
        *vehicle_fields(view, car, voice),
        Field(voice(ARRIVED), voice.moment(view.facts.opened_at)),
        Field(voice(RELEASED), voice.moment(car.released_at)),
        Field(voice(CERTIFICATE), view.certificate_no or ""),
        Field(voice(MILEAGE_IN), kilometres(view.odometer_in)),
        Field(voice(MILEAGE_OUT), kilometres(view.odometer_out)),
        Field(voice(ORDER_NO), view.facts.number),
        Field(voice(REQUEST), view.request, wide=True),
    ]
    blocks: list[Block] = [grid(fields), items_table(items, voice, remark=False), _parts(desk, view)]
    outcomes = tuple((voice(words), one is _outcome(view)) for one, words in OUTCOMES.items())
    blocks.append(Options(voice(OUTCOME), outcomes))
    if view.old_parts:
        heads = (Column(voice(OLD_PART), 5), Column(voice(TAG), 2), Column(voice(STATE), 3))
        rows = tuple(
            (pieces(old.quantity, voice.value(old.name)), old.number, voice.value(old.state)) for old in view.old_parts
        )
        blocks.append(Table(heads, rows))
    blocks += [
        Heading(voice(GUARANTEE)),
        _guarantee(desk, view),
        Prose(voice.text(BATTERY), small=True),
        Prose(voice.text(TWO), small=True),
        Signatures(((voice(CUSTOMER_SIGNS), ""), (voice(SHOP_SIGNS), view.advisor), (voice(CASHIER_SIGNS), ""))),
    ]
    return Made(voice.text(TITLE), view.facts.number, tuple(blocks))


def _outcome(view: OrderView) -> OldPartsChoice:
    """What the form says: nothing came off, or what the customer chose."""
    if not view.old_parts:
        return OldPartsChoice.NO_OLD_PARTS
    wish = view.old_parts_wish
    return OldPartsChoice.SHOP_KEEPS if wish is OldPartsChoice.NO_OLD_PARTS else wish


def _parts(desk: Desk, view: OrderView) -> Table:
    """The parts with the columns that are ticked by hand, and the sums of the whole."""
    voice, items = desk.voice, agreed_items(view)
    ticked = Column(voice(KIND), 2), Column(voice(OWN), 1.5)
    labour, parts, total = sums(items, voice)
    told = (labour, parts, (voice(OTHER), ""), (voice(DISCOUNT), ""), total)
    return parts_table(items, voice, *ticked, sums=told)


def _guarantee(desk: Desk, view: OrderView) -> Table:
    voice = desk.voice
    heads = (Column(voice(ITEM), 5), Column(voice(UNTIL), 2), Column(voice(AT_MOST), 2))
    rows = tuple(
        (voice.value(item.facts.name), voice.day(item.guarantee_until), kilometres(item.guarantee_odometer))
        for item in view.items
        if item.facts.state is ItemState.DONE
    )
    return Table(heads, rows)
