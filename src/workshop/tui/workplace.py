"""What every workplace has: the bars, the keys, the acts on what the cursor is on, and records that stay fresh.

To write one: name it (`place`), compose its middle (`body`), read its records (`load`), say what the cursor is on
(`subject`) and put its texts in `render_texts`. Everything else is here:

    class Wash(Workplace):
        place = N_("Car wash")

        def body(self) -> ComposeResult:
            yield KeyedTable(COLUMNS, id="cars")

        async def load(self) -> None:
            cars = await self.gateway.query(washing, self.house.now())
            self.query_one("#cars", KeyedTable).show([Row(car.number, (car.number, car.plate)) for car in cars])

        def subject(self) -> Subject | None:
            key = self.query_one("#cars", KeyedTable).current_key
            return Subject(key, {"order": key}) if key else None

`load` runs when the screen opens, when it comes back to the top, on F5, and when other terminals have changed what it
`concerns`. It must change its widgets by key, never clear and refill them. After `await self.do(SomeCommand, …)` the
message bar tells what was done.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar, Final

from pydantic import ValidationError
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import Key
from textual.widgets import DataTable

from workshop.commands.invalid import problems
from workshop.domain.numbers import Kind
from workshop.domain.reasons import Refused
from workshop.domain.roles import Role
from workshop.domain.words import N_, Message
from workshop.tui.acts import PLACES, Offer, Subject, free_offers, offers
from workshop.tui.bars import KeyBar, MessageBar, Told, TopBar, paint_beneath
from workshop.tui.forms.act import Outcome, ask_and_do
from workshop.tui.keystrokes import DOING
from workshop.tui.menu import Menu
from workshop.tui.messages import Changed
from workshop.tui.numbered import Entry
from workshop.tui.once_more import OnceMore
from workshop.tui.scanner import Scan
from workshop.tui.spoken import Spoken
from workshop.tui.table import KeyedTable

if TYPE_CHECKING:
    from workshop.commands.base import Command
    from workshop.tui.gateway import Gateway

ACTS_ON = N_("What to do with {what}")
ACTS = N_("What to do")
NOT_NOW = N_("Not now:")
NOT_GIVEN_OUT = N_("Scanned: {what} {number}. There is no such record here.")
SIGNED_OUT_LOSES = N_("What was typed into forms and not done is given up.")
_MOVES: Final = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})


class Workplace(Spoken[None]):
    """A place of work. F2 finds anything, F3 goes elsewhere, F4 lists what can be done here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "find", N_("Find"), id="find"),
        Binding("f3", "places", N_("Places"), id="places"),
        Binding("f4", "acts", N_("Acts"), id="acts"),
        Binding("ctrl+p", "palette", N_("Do anything"), id="palette", show=False),
        Binding("ctrl+o", "print", N_("Print"), id="print", show=False),
        Binding("f5", "refresh", N_("Refresh"), id="refresh", show=False),
        Binding("f9", "lock", N_("Lock"), id="lock"),
        Binding("f10", "sign_out", N_("Sign out"), id="sign_out"),
        Binding("escape", "back", N_("Back"), id="back"),
    ]

    place: ClassVar[Message]

    def __init__(self, gateway: "Gateway") -> None:
        super().__init__()
        self.gateway = gateway
        self._loaded_at = -1
        self._reading = OnceMore(self._read)

    # --- for subclasses ----------------------------------------------------------------------------------------------

    @abstractmethod
    def body(self) -> ComposeResult:
        """The middle of the screen."""

    @abstractmethod
    async def load(self) -> None:
        """Read the records and show them, by key."""

    def concerns(self, orders: frozenset[str]) -> bool:  # noqa: ARG002 — for those that show one order only
        """Whether a change of these orders (empty: of something else) is seen here."""
        return True

    def subject(self) -> Subject | None:
        """What the cursor is on, for F4."""
        return None

    async def take_scan(self, kind: Kind, number: str) -> bool:  # noqa: ARG002 — for those that wait for a code
        """Do what a scanned code means on this screen; False if it means nothing here. Runs in a worker."""
        return False

    async def do(
        self,
        command: "type[Command]",
        *,
        known: Mapping[str, object] | None = None,
        given: Mapping[str, object] | None = None,
        context: Mapping[str, object] | None = None,
        about: Told = "",
    ) -> Outcome | None:
        """Open a command's form, do the act and tell what was done; None if it was left. Only in a worker."""
        outcome = await ask_and_do(
            self.house, self.gateway, command, known=known, given=given, context=context, about=about
        )
        if outcome is not None:
            self.tell_outcome(outcome)
            self.reload()
        return outcome

    async def do_at_once(self, command: "type[Command]", **fields: object) -> bool:
        """Do an act that asks for nothing more; a refusal stands in the message bar. Only in a worker."""
        try:
            given = command.model_validate(fields)
            done = await self.gateway.perform(given)
        except ValidationError as error:
            found = problems(error)
            self.tell(lambda: "; ".join(self.t(one.text, **one.args) for one in found), bad=True)
            return False
        except Refused as refused:
            self.tell_refusal(refused)
            return False
        self.tell_outcome(Outcome(given, done))
        self.reload()
        return True

    def tell(self, told: Told, *, bad: bool = False) -> None:
        """Show a sentence in the message bar."""
        self.query_one(MessageBar).tell(told, bad=bad)

    def tell_outcome(self, outcome: Outcome) -> None:
        """Tell an act as the history will tell it."""
        text, args = self.gateway.sentence(outcome.command, outcome.done)
        self.tell(lambda: self.t(text, **args))

    def tell_refusal(self, refused: Refused) -> None:
        """Tell why something may not be done."""
        self.tell(lambda: "; ".join(self.t.reason(one) for one in refused.reasons), bad=True)

    # --- the frame ---------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Bars around the middle."""
        yield TopBar(lambda moment: self.t.clock(moment, moment), self.house.now)
        with Container(id="body"):
            yield from self.body()
        yield MessageBar(self._more)
        yield KeyBar()

    def render_texts(self) -> None:
        """The top bar and the headings of tables; subclasses add their own texts and call this too."""
        t, shop, person = self.t, self.house.shop, self.gateway.person
        bar = self.query_one(TopBar)
        bar.left = "  ".join(filter(None, (t(self.place), shop.name if shop else "", self.gateway.door.terminal)))
        bar.right = f"{person.name} ({t.value(sorted(person.roles, key=list(Role).index))})"
        self.query_one(MessageBar).refresh()
        for table in self.query(KeyedTable):
            table.render_texts(t)

    def retell(self) -> None:
        """Tell everything again after a switch of language; rows are words too."""
        before = self._told_in
        super().retell()
        if before and before != self._told_in:
            self.reload()

    def on_mount(self) -> None:
        """Read the records for the first time."""
        self.reload()

    def on_screen_resume(self) -> None:
        """Catch up with what changed while something else was on top."""
        if self._loaded_at >= 0 and self._loaded_at != self.house.latest:
            self.reload()

    def on_changed(self, event: Changed) -> None:
        """Another terminal, or this one, changed something."""
        event.stop()
        if self.concerns(event.orders):
            self.reload()
        else:
            self._loaded_at = event.number

    def reload(self) -> None:
        """Read the records again; calls while that is under way lead to one more reading."""
        if self._reading.ask():
            self.run_worker(self._load, group="load")

    async def _read(self) -> None:
        self._loaded_at = self.house.latest
        await self.load()

    async def _load(self) -> None:
        try:
            await self._reading.run()
        except Refused as refused:
            self.tell_refusal(refused)
        self.refresh_bindings()
        self.query_one(MessageBar).refresh()
        paint_beneath(self)

    # --- keys --------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Back is offered where there is a way back."""
        if action == "back":
            return self.house.screen_stack[0] is not self
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """To the screen below."""
        self.house.pop_screen()

    def action_refresh(self) -> None:
        """Read the records again."""
        self.reload()

    def action_lock(self) -> None:
        """Lock the terminal; everything stays as it is."""
        self.house.lock()

    @work(exclusive=True, group=DOING)
    async def action_sign_out(self) -> None:
        """End the session; asked first where something typed would be given up."""
        from workshop.tui.confirm import Confirm

        if self.gateway.drafts and not await self.house.push_screen_wait(Confirm(SIGNED_OUT_LOSES)):
            return
        self.house.sign_out()

    @work(exclusive=True, group=DOING)
    async def action_find(self) -> None:
        """Find anything by number, plate, name, pinyin initials or telephone."""
        from workshop.tui.find import Find

        hit = await self.house.push_screen_wait(Find(self.gateway))
        if hit is not None:
            from workshop.tui.places import open_hit

            await open_hit(self, hit)

    def scanned(self, scan: Scan) -> None:
        """A code that means something on this screen does what it is for; any other opens what it names."""
        if scan.kind is None:
            self.refuse_scan(scan)
        else:
            self._scanned(scan, scan.kind)

    @work(exclusive=True, group=DOING)
    async def _scanned(self, scan: Scan, kind: Kind) -> None:
        if await self.take_scan(kind, scan.text):
            return
        if kind is Kind.BADGE:
            await self._change_places(scan.text)
            return
        from workshop.queries.search import find
        from workshop.tui.places import open_hit

        hits = await self.gateway.query(find, scan.text, self.gateway.person.roles)
        if hits:
            await open_hit(self, hits[0])
        else:
            self.tell(self.t(NOT_GIVEN_OUT, what=kind.label, number=scan.text), bad=True)

    def tell_scan(self, text: str) -> None:
        """Say why a scan is not taken, in the message bar."""
        self.tell(text, bad=True)

    async def _change_places(self, badge: str) -> None:
        from workshop.tui.confirm import Confirm
        from workshop.tui.lock import OTHER_ASKED

        if badge == self.gateway.person.badge:
            self.house.lock()
        elif await self.house.push_screen_wait(Confirm(OTHER_ASKED, name=self.gateway.person.name)):
            await self.house.to_the_door(badge)

    @work(exclusive=True, group=DOING)
    async def action_places(self) -> None:
        """Go to another workplace, or do what needs nothing on the screen."""
        from workshop.tui.places import go_elsewhere

        await go_elsewhere(self)

    @work(exclusive=True, group=DOING)
    async def action_acts(self) -> None:
        """What can be done with what the cursor is on."""
        subject = self.subject()
        await (self.act_on(subject) if subject else self.act_freely())

    @work(exclusive=True, group=DOING)
    async def action_print(self) -> None:
        """Print a paper about what the cursor is on, or show its bar code."""
        from workshop.tui.printing import print_about

        await print_about(self, self.subject())

    async def act_on(self, subject: Subject) -> Outcome | None:
        """Choose an act on a subject, fill in its form, do it. Only in a worker."""
        found = offers(self.gateway.person.roles, subject)
        offer = await self._choose(lambda: self.t(ACTS_ON, what=self._title(subject)), found, subject)
        return await self.do_offer(offer, subject) if offer else None

    async def do_offer(self, offer: Offer, subject: Subject) -> Outcome | None:
        """Do an act that was offered on a subject: its form, and what came of it. Only in a worker."""
        return await self.do(
            offer.command,
            known=offer.known,
            given=_fitting(offer, subject),
            context=subject.values,
            about=lambda: self._title(subject),
        )

    def _title(self, subject: Subject) -> str:
        """What a subject is called in the language of the moment, as long as the cursor is on it."""
        now = self.subject()
        return now.title if now is not None and now.values == subject.values else subject.title

    async def act_freely(self) -> Outcome | None:
        """Choose an act that needs nothing on the screen. Only in a worker."""
        offer = await self._choose(lambda: self.t(ACTS), free_offers(self.gateway.person.roles), None)
        return await self.do(offer.command) if offer else None

    @work(exclusive=True, group=DOING)
    async def action_palette(self) -> None:
        """Anything that can be done here, by a few letters of its words."""
        from workshop.tui.palette import Palette, deeds_of

        deed = await self.house.push_screen_wait(Palette(list(deeds_of(self))))
        if deed is not None and isawaitable(doing := deed.run()):
            await doing

    async def _choose(self, title: Callable[[], str], found: list[Offer], subject: Subject | None) -> Offer | None:
        """The act chosen; None where none was, or a paper was chosen instead and is printed."""
        from workshop.tui.printing import papers_of, print_chosen, print_entries

        papers = papers_of(self, subject)
        acts = self._entries if subject else self._entries_by_place

        def entries() -> list[Entry]:
            free, waiting = ([one for one in found if bool(one.blocked) is blocked] for blocked in (False, True))
            return [*acts(free), *print_entries(self, papers, subject), *self._entries(waiting)]

        chosen = await self.house.push_screen_wait(Menu(title, entries))
        await print_chosen(self, papers, subject, chosen)
        return next((offer for offer in found if offer.command.name == chosen), None)

    def _entries(self, found: list[Offer]) -> Iterator[Entry]:
        blocked = False
        for offer in found:
            if offer.blocked and not blocked:
                blocked = True
                yield Entry("", self.t(NOT_NOW), heading=True)
            rule = "" if offer.command.rule == "-" else f"  {offer.command.rule}"
            detail = self.t.reason(offer.blocked) if offer.blocked else ""
            yield Entry(offer.command.name, self.t(offer.command.label) + rule, detail)

    def _entries_by_place(self, found: list[Offer]) -> Iterator[Entry]:
        for place, label in PLACES.items():
            here = [offer for offer in found if offer.command.place == place]
            if here:
                yield Entry("", self.t(label), heading=True)
                yield from self._entries(here)

    def on_key(self, event: Key) -> None:
        """Who moves on has read what was told."""
        for bar in self.query(MessageBar) if event.key in _MOVES else ():
            bar.tell("")

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """What Enter and F4 do may depend on the row, and so does what has no room in it."""
        event.stop()
        self.refresh_bindings()
        self.query(MessageBar).refresh()

    @on(KeyedTable.LaidOut)
    def _fitted(self, event: KeyedTable.LaidOut) -> None:
        event.stop()
        self.query(MessageBar).refresh()

    def _more(self) -> str:
        tables = [one for one in (self.focused, *self.query(KeyedTable)) if isinstance(one, KeyedTable)]
        return tables[0].cut if tables else ""


def _fitting(offer: Offer, subject: Subject) -> dict[str, object]:
    return {name: value for name, value in subject.given.items() if name in offer.command.model_fields}
