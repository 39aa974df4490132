"""Reception: the vehicle is found or registered, its card is looked at, and the new order is opened."""

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, OptionList, Static

from workshop.commands.reception import OpenOrder
from workshop.commands.vehicles import RegisterVehicle
from workshop.domain import plates
from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.domain.words import N_
from workshop.queries.search import Found, Hit, find
from workshop.queries.vehicles import VehicleCard, vehicle
from workshop.tui.acts import Subject
from workshop.tui.forms.act import ask_and_do
from workshop.tui.forms.dialog import FormDialog, FormRequest
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.numbered import Entry, NumberedList
from workshop.tui.places.order_form import OrderForm
from workshop.tui.places.quote import Quote
from workshop.tui.places.vehicle_words import card_text, present_visit, title_of, understood
from workshop.tui.prose import Prose
from workshop.tui.workplace import Workplace

HOW = N_("Type or scan a plate, a VIN, a telephone number, or a name (pinyin initials will do).")
HOW_BLIND = N_("You also check plates (W1): find the vehicle by its whole plate or its VIN.")
NOTHING = N_("No vehicle is known by this. Enter registers it.")
REGISTER = N_("register a new vehicle …")
_REGISTER = "register"
_REGISTERED = (
    "plate",
    "plate_colour",
    "vehicle_class",
    "make",
    "model",
    "model_year",
    "engine",
    "weight",
    "customer",
    "phone",
)
_PATIENCE = 0.15


class Reception(Workplace):
    """A customer has come: find the vehicle, Enter begins its order. F4: correct what is known of it."""

    CSS_PATH = "reception.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 — so declared by Textual
    place = N_("Reception")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._hits: list[Hit] = []
        self._asked = ""
        self._card: VehicleCard | None = None

    def body(self) -> ComposeResult:
        """The line, how it was understood, what was found, and the card of what is highlighted."""
        yield Input(compact=True, max_length=100, id="wanted")
        yield Static(id="understood", classes="hint", markup=False)
        with Horizontal(id="found"):
            yield NumberedList(id="vehicles")
            with VerticalScroll(id="card"):
                yield Static(id="card-text", markup=False)

    def on_mount(self) -> None:
        """Wait for the scanner."""
        self.query_one(Input).focus()

    @property
    def _wanted(self) -> str:
        return self.query_one(Input).value.strip()

    # --- finding -----------------------------------------------------------------------------------------------------

    async def load(self) -> None:
        """What the line means, and the card."""
        text = self._wanted
        fresh = text != self._asked
        self._hits = await self._found(text)
        self._asked = text
        self._show_found()
        if fresh and self._asked:
            self.query_one(NumberedList).highlighted = 0
        await self._load_card()

    async def _found(self, text: str) -> list[Hit]:
        """Vehicles, and an order by its number. W1: who checks plates finds only what was typed whole."""
        roles = self.gateway.person.roles
        hits = await self.gateway.query(find, text, (roles | {Role.ADVISOR}) - {Role.TECHNICIAN})
        whole = plates.normalise(text)
        if Role.TECHNICIAN in roles:
            hits = [hit for hit in hits if whole in {hit.key, hit.title.split("  ")[0]}]
        fitting = [hit for hit in hits if hit.found is Found.VEHICLE or (hit.found is Found.ORDER and hit.key == whole)]
        return sorted(fitting, key=lambda hit: whole not in hit.title)

    def _show_found(self) -> None:
        t = self.t
        entries = [Entry(hit.key, f"{hit.title}  {hit.detail}") for hit in self._hits]
        if self._asked:
            entries.append(Entry(_REGISTER, t(REGISTER)))
        self.query_one(NumberedList).show(entries)
        _, told = understood(self._asked, t) if self._asked else ({}, "")
        if self._asked and not self._hits:
            told = f"{told}  {t(NOTHING)}".strip()
        blind = Role.TECHNICIAN in self.gateway.person.roles
        self.query_one("#understood", Static).update(told or t(HOW_BLIND if blind else HOW))

    async def _load_card(self) -> None:
        key, today = self.query_one(NumberedList).current_key, self.house.now().astimezone(self.t.zone).date()
        self._card = await self.gateway.query(vehicle, key, today) if key and key != _REGISTER else None
        self.query_one("#card-text", Static).update(Prose(card_text(self._card, self.t)) if self._card else "")

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._look_at_card()

    @work(exclusive=True, group="card")
    async def _look_at_card(self) -> None:
        await self._load_card()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.set_timer(_PATIENCE, lambda: self.reload() if event.value.strip() == self._wanted else None)

    def on_key(self, event: events.Key) -> None:
        """Arrows in the line move in the list."""
        if event.key in {"up", "down"} and self.query_one(Input).has_focus:
            event.stop()
            vehicles = self.query_one(NumberedList)
            vehicles.action_cursor_down() if event.key == "down" else vehicles.action_cursor_up()

    # --- going on ----------------------------------------------------------------------------------------------------

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _go_on(self, event: Input.Submitted | OptionList.OptionSelected) -> None:
        event.stop()
        if self._wanted:
            self._begin()

    @work(exclusive=True, group=DOING)
    async def _begin(self) -> None:
        if self._asked != self._wanted:
            await self.load()
        await self._load_card()
        key = self.query_one(NumberedList).current_key
        hit = next((one for one in self._hits if one.key == key), None)
        if hit is not None and hit.found is Found.ORDER:
            self._open(hit.key)
        elif self._card is not None:
            await self._new_order(self._card)
        else:
            await self._register()

    async def _register(self) -> None:
        given, _ = understood(self._wanted, self.t)
        if not given:
            is_phone = sum(one.isdigit() for one in self._wanted) > len(self._wanted) / 2
            given = {"phone" if is_phone else "customer": self._wanted}
        wanted = self._wanted
        outcome = await self.do(RegisterVehicle, given=given, about=lambda: understood(wanted, self.t)[1])
        if outcome is not None:
            self.query_one(Input).value = str(outcome.done.outcome["vin"])

    async def _new_order(self, card: VehicleCard) -> None:
        here = present_visit(card)
        if here is not None:
            self._open(here.order_number)
            return
        known: dict[str, object] = {"vin": card.vin}
        if not card.waiting:
            known["deferred"] = ()
        if not any(visit.stage is Stage.DELIVERED for visit in card.visits):
            known["comeback_of"] = None
        quote = Quote(self.gateway, card.vin)

        def make(request: FormRequest) -> FormDialog:
            return OrderForm(request, card, quote, self.t.zone)

        given = {"brought_by": card.customer, "phone": card.phone}
        outcome = await ask_and_do(self.house, self.gateway, OpenOrder, known=known, given=given, make=make)
        if outcome is not None:
            self.tell_outcome(outcome)
            self.query_one(Input).value = ""
            self._open(str(outcome.done.outcome["order"]))

    def _open(self, number: str) -> None:
        from workshop.tui.places import open_order

        open_order(self, number)

    def subject(self) -> Subject | None:
        """The vehicle under the cursor, with what the register says of it, to be corrected."""
        card = self._card
        if card is None:
            return None
        given = {name: getattr(card, name) for name in _REGISTERED}
        return Subject(title_of(card, self.t), {"vin": card.vin}, given=given)
