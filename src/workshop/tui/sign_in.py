"""The first screen: badge and PIN. It paints before the records are opened, and uses nothing of them itself."""

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static

from workshop.domain.demo import DEMO_PIN
from workshop.domain.numbers import Kind
from workshop.domain.reasons import Refused
from workshop.domain.words import N_
from workshop.tui.bars import KeyBar
from workshop.tui.keystrokes import DOING
from workshop.tui.numbered import Entry, NumberedList
from workshop.tui.scanner import Scan
from workshop.tui.spoken import Spoken

if TYPE_CHECKING:
    from workshop.queries.shop import PersonView
    from workshop.tui.gateway import Door

WELCOME = N_("Sign in")
BADGE = N_("Badge (type or scan it)")
PIN = N_("PIN")
OPENING = N_("The records are being opened …")
CHECKING = N_("Checking …")
DEMO = N_("This is a made-up shop; every PIN is {pin}. Choose somebody, then press Enter.")
EMPTY = N_("This shop is not set up yet. Press F6 to set it up.")
YOUR_BADGE = N_("The shop is set up. Your badge is {badge}: write it down, then sign in.")


class SignInScreen(Spoken[None]):
    """Type or scan the badge, press Enter, type the PIN, press Enter."""

    CSS_PATH = "sign_in.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "set_up", N_("Set up"), id="set_up"),
        Binding("up", "app.focus_previous", N_("Field above"), show=False, id="sign_in_up"),
        Binding("down", "app.focus_next", N_("Field below"), show=False, id="sign_in_down"),
        Binding("f10", "quit", N_("Leave the program"), id="quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._people: list[PersonView] = []
        self._empty = False
        self._refusal: Refused | None = None
        self._note = ""
        self._waiting = False

    def compose(self) -> ComposeResult:
        """Two fields, a line for what went wrong, and in a demo the people."""
        with Vertical(id="sign-in", classes="framed"):
            yield Static(id="shop", markup=False)
            yield Static(id="badge-label", markup=False)
            yield Input(id="badge", compact=True, max_length=40, select_on_focus=True)
            yield Static(id="pin-label", markup=False)
            yield Input(id="pin", compact=True, password=True, max_length=40, select_on_focus=True)
            yield Static(id="outcome", markup=False)
            yield Static(id="demo-note", classes="hint", markup=False)
            yield NumberedList(id="people", numbered=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Be ready for the scanner."""
        self.query_one("#people").display = False
        self.query_one("#badge", Input).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Setting up is offered on an empty database only."""
        return self._empty if action == "set_up" else super().check_action(action, parameters)

    def render_texts(self) -> None:
        """Labels, what went wrong, and the demo's people with their roles."""
        t, shop = self.t, self.house.shop
        self.query_one("#shop", Static).update(f"{shop.name}  {t(WELCOME)}" if shop else t(WELCOME))
        self.query_one("#badge-label", Static).update(t(BADGE))
        self.query_one("#pin-label", Static).update(t(PIN))
        self.query_one("#demo-note", Static).update(t(DEMO, pin=DEMO_PIN) if self._people else "")
        self.query_one(NumberedList).show(
            [Entry(one.badge, f"{one.badge}  {one.name}  {t.value(one.roles)}") for one in self._people]
        )
        self._tell()

    # --- what the app tells ------------------------------------------------------------------------------------------

    async def door_opened(self, door: "Door") -> None:
        """The records are open: ask whether the shop is set up, and in a demo who is here."""
        self._refusal = None
        try:
            self._empty = await door.is_empty()
            demo = self.house.shop is not None and self.house.shop.demo
            self._people = [one for one in await door.staff() if one.active] if demo else []
        except Refused as refused:
            self.tell_refusal(refused)
            return
        people = self.query_one(NumberedList)
        people.display = bool(self._people)
        self.render_texts()
        self.refresh_bindings()
        if self._people and not self._badge.value:
            people.focus()
        if self._empty:
            self.action_set_up()
        elif self._waiting:
            self._sign_in()

    def on_key(self, event: events.Key) -> None:
        """Who types a badge while the list of people has the focus types it into its field."""
        if self.query_one(NumberedList).has_focus and event.character is not None and event.character.isdigit():
            event.stop()
            self._badge.value = ""
            self.set_focus(self._badge)
            self._badge.call_later(self._badge.insert_text_at_cursor, event.character)  # once it has the focus

    def scanned(self, scan: Scan) -> None:
        """A badge, whatever has the focus."""
        if scan.kind is Kind.BADGE:
            self.expect(scan.text)
        else:
            self.refuse_scan(scan, Kind.BADGE)

    def tell_refusal(self, refused: Refused) -> None:
        """Show why it cannot be."""
        self._refusal = refused
        self._tell()

    def expect(self, badge: str) -> None:
        """Fill in a badge and wait for the PIN."""
        self._badge.value = badge
        self._pin.value = ""
        self._pin.focus()

    def _tell(self) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.set_class(self._refusal is not None, "error")
        if self._refusal is not None:
            outcome.update("\n".join(f"! {self.t.reason(one)}" for one in self._refusal.reasons))
        elif self.house.note is not None:
            outcome.update(self.t(self.house.note.text, **self.house.note.args))
        elif self.house.door is None:
            outcome.update(self.t(OPENING))
        else:
            outcome.update(self._note or (self.t(EMPTY) if self._empty else ""))

    # --- signing in --------------------------------------------------------------------------------------------------

    @property
    def _badge(self) -> Input:
        return self.query_one("#badge", Input)

    @property
    def _pin(self) -> Input:
        return self.query_one("#pin", Input)

    @on(Input.Submitted, "#badge")
    def _badge_given(self) -> None:
        if self._badge.value.strip():
            self._pin.focus()

    @on(Input.Submitted, "#pin")
    def _pin_given(self) -> None:
        self._sign_in()

    @on(OptionList.OptionSelected, "#people")
    def _person_chosen(self, event: OptionList.OptionSelected) -> None:
        self._badge.value = event.option_id or ""
        self._pin.value = DEMO_PIN
        self._pin.focus()

    @work(exclusive=True, group=DOING)
    async def _sign_in(self) -> None:
        door, pin = self.house.door, self._pin.value
        self._waiting = door is None and bool(pin)
        if door is None or not pin:
            return
        self._pin.value = ""
        self._refusal, self._note = None, self.t(CHECKING)
        self._tell()
        try:
            gateway = await door.sign_in(self._badge.value, pin)
        except Refused as refused:
            self._note = ""
            self.tell_refusal(refused)
            self._pin.focus()
            return
        self._badge.value, self._note = "", ""
        self.house.note = None
        self._tell()
        self._badge.focus()
        await self.house.admit(gateway)

    # --- setting up --------------------------------------------------------------------------------------------------

    @work(exclusive=True, group=DOING)
    async def action_set_up(self) -> None:
        """Set up an empty shop: its data and its first administrator."""
        from workshop.tui.forms.first_start import set_up

        if self.house.door is None:
            return
        badge = await set_up(self.house, self.house.door)
        if badge is None:
            return
        self._empty = False
        await self.house.learn_shop()
        self._note = self.t(YOUR_BADGE, badge=badge)
        self.refresh_bindings()
        self.render_texts()
        self.expect(badge)

    def action_quit(self) -> None:
        """Leave the program."""
        self.house.exit()
