"""任务委托书: what is agreed at reception, with the quote and the clause on added items, for the customer to sign."""

from workshop.documents.blocks import Column, Field, Options, Prose, Signatures
from workshop.documents.papers.making import (
    ADVISOR,
    ARRIVED,
    KIND,
    MILEAGE_IN,
    PROMISED,
    REQUEST,
    Desk,
    Made,
    agreed_items,
    grid,
    items_table,
    kilometres,
    parts_table,
    sums,
    vehicle_fields,
)
from workshop.domain.states import OldPartsChoice
from workshop.domain.words import N_
from workshop.queries.orders import OrderView
from workshop.queries.papers import car_data

TITLE = N_("Repair order")
FUEL, BELONGINGS, APPEARANCE = N_("fuel level"), N_("belongings left in the car"), N_("appearance, existing damage")
SUGGESTION, COMEBACK = N_("repair advice"), N_("comeback of")
OLD_PARTS, WASH, YES, NO = N_("Old parts:"), N_("Wash the car:"), N_("yes"), N_("no")
CLAUSE = N_(
    "The repairer does no work beyond the items above and fits no part that is not named here. Where an item must be "
    "added or the scope widened, the repairer asks the customer first; it is done only after the customer has agreed "
    "to item, price and time, by signature, telephone or message, and the consent is recorded. Work done without "
    "consent need not be paid for. Old parts are shown to the customer and handled as chosen above."
)
VALUABLES = N_("Please take valuables with you. The amounts are an estimate; the settlement list shows what was done.")
CUSTOMER_SIGNS, ADVISOR_SIGNS = N_("customer's signature, date"), N_("service advisor's signature, date")


def repair_order(desk: Desk, view: OrderView) -> Made:
    """The repair order as it stands now."""
    voice, car = desk.voice, car_data(desk.session, view.facts.number)
    items = agreed_items(view)
    fields = [
        *vehicle_fields(view, car, voice),
        Field(voice(ARRIVED), voice.moment(view.facts.opened_at)),
        Field(voice(PROMISED), voice.moment(view.facts.promised_at)),
        Field(voice(MILEAGE_IN), kilometres(view.odometer_in)),
        Field(voice(FUEL), view.fuel),
        Field(voice(ADVISOR), view.advisor),
        Field(voice(COMEBACK), view.comeback_of or ""),
        Field(voice(REQUEST), view.request, wide=True),
        Field(voice(SUGGESTION), "\n", wide=True),
        Field(voice(BELONGINGS), view.belongings, wide=True),
        Field(voice(APPEARANCE), "\n\n", wide=True),
    ]
    wishes = [one for one in OldPartsChoice if one is not OldPartsChoice.NO_OLD_PARTS]
    return Made(
        voice.text(TITLE),
        view.facts.number,
        (
            grid(fields),
            items_table(items, voice),
            parts_table(items, voice, Column(voice(KIND), 2), sums=sums(items, voice)),
            Options(voice(OLD_PARTS), tuple((voice.value(one), one is view.old_parts_wish) for one in wishes)),
            Options(voice(WASH), ((voice(YES), False), (voice(NO), False))),
            Prose(voice.text(CLAUSE), framed=True),
            Prose(voice.text(VALUABLES), small=True),
            Signatures(((voice(CUSTOMER_SIGNS), ""), (voice(ADVISOR_SIGNS), view.advisor))),
        ),
    )
