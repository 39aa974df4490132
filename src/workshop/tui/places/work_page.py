"""The work page: everything that the people at the car do with one order, from the plate check to its release."""

from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from workshop.commands.assemblies import CoverAssembly
from workshop.commands.base import Command
from workshop.commands.bay import ConfirmItems, VerifyPlate
from workshop.commands.fitting import FitPart
from workshop.commands.hand_over import OfferHandOver, TakeOver
from workshop.commands.inspection import AnswerInspection, PassInspection
from workshop.commands.labour import FinishItem, StartItem
from workshop.commands.lifting import LowerVehicle
from workshop.commands.order_tools import DrawTool
from workshop.commands.self_check import AnswerCheck, SignSelfCheck
from workshop.domain.assemblies import AssemblyFacts
from workshop.domain.facts import IssueFacts, ItemFacts, PartLineFacts
from workshop.domain.moves import CONFIRM_ITEMS, RELEASE, SELF_CHECK, TAKE_OVER, VERIFY_PLATE
from workshop.domain.numbers import Kind
from workshop.domain.order_tools import OrderTool
from workshop.domain.roles import Role
from workshop.domain.states import Answer, Stage
from workshop.domain.words import N_
from workshop.queries.checks import CheckView, final_inspection, self_check
from workshop.queries.floor import start_conditions
from workshop.queries.orders import OrderView, order
from workshop.queries.search import find
from workshop.tui.acts import Offer, Subject
from workshop.tui.forms.act import Outcome
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.places import open_order, order_words, safety_rows, work_rows, work_tools
from workshop.tui.places.start_item import ConfirmStart
from workshop.tui.prose import Prose
from workshop.tui.table import KeyedTable
from workshop.tui.workplace import Workplace

NO_STEP = N_("The next step is another's: {roles}")
PROVE_FIRST = N_("F6: type or scan the plate that is on the car. A car without a plate: the last 8 of its VIN.")
NO_ANSWER_HERE = N_("The cursor is not on a line of the list.")
_STEPS: dict[str, type[Command]] = {
    VERIFY_PLATE.name: VerifyPlate,
    CONFIRM_ITEMS.name: ConfirmItems,
    SELF_CHECK.name: SignSelfCheck,
    TAKE_OVER.name: TakeOver,
    RELEASE.name: PassInspection,
}
_FOLLOWS: dict[type[Command], type[Command]] = {VerifyPlate: ConfirmItems, SignSelfCheck: OfferHandOver}
"""What the person who has just done a step does next."""


class WorkPage(Workplace):
    """One order at work. Enter does what the row is for, F6 the order's next step, F4 lists everything.

    On a line of the list: 1 is OK, 2 not OK, 3 not applicable.
    """

    CSS = """
    WorkPage #head, WorkPage #missing { height: auto; padding: 0 1; }
    WorkPage #missing { max-height: 40%; border-bottom: ascii $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "step", N_("Next step"), id="step"),
        Binding("f7", "page", N_("Whole order"), id="page"),
        Binding("1", "answer('ok')", N_("OK"), show=False, id="answer_ok"),
        Binding("2", "answer('not_ok')", N_("Not OK"), show=False, id="answer_not_ok"),
        Binding("3", "answer('not_applicable')", N_("n/a"), show=False, id="answer_na"),
    ]
    place = N_("At the car")

    def __init__(self, gateway: Gateway, number: str) -> None:
        super().__init__(gateway)
        self.number = number
        self._view: OrderView | None = None
        self._checks: dict[str, CheckView] = {}
        self._opened = False
        self._instrument: str | None = None

    def body(self) -> ComposeResult:
        """Which order, what is missing, and everything to do."""
        yield Static(id="head", markup=False)
        yield Static(id="missing", markup=False)
        yield KeyedTable(work_rows.ROWS, id="work")

    def concerns(self, orders: frozenset[str]) -> bool:
        """This order, or something that belongs to none, such as the stock."""
        return not orders or self.number in orders

    async def load(self) -> None:
        """The order with the list that is to be answered now."""
        person, now = self.gateway.person, self.house.now()
        view = await self.gateway.query(order, self.number, now, person.roles)
        if view is None:
            return
        inspecting = view.facts.stage in {Stage.HANDED_OVER, Stage.RELEASED}
        checks = await self.gateway.query(final_inspection if inspecting else self_check, self.number)
        self._view, self._checks = view, {work_rows.check_key(one): one for one in checks}
        self.query_one("#head", Static).update(order_words.head(view, self.t, now))
        self.query_one("#missing", Static).update(Prose(self._missing(view)))
        table = self.query_one(KeyedTable)
        safety = safety_rows.safety_rows(view.facts, self.t, now)
        table.show([*safety, *work_rows.work_rows(view, checks, person.id, self.t, now)])
        if not self._opened and (line := work_rows.first_open(checks)):
            table.point_at(line)
        self._opened = True

    def _missing(self, view: OrderView) -> Text:
        to_prove = view.facts.stage is Stage.DISPATCHED and not view.facts.plate_held
        if to_prove and Role.TECHNICIAN in self.gateway.person.roles:
            return Text(self.t(PROVE_FIRST), style="bold")
        return order_words.missing(view, self.t)

    # --- what the cursor is on ---------------------------------------------------------------------------------------

    @property
    def _key(self) -> str:
        return self.query_one(KeyedTable).current_key or ""

    def _item(self) -> ItemFacts | None:
        items = self._view.facts.items if self._view else ()
        return next((one for one in items if self._key == f"item:{one.number}"), None)

    def _line(self) -> PartLineFacts | None:
        lines = self._view.facts.lines if self._view else ()
        return next((one for one in lines if self._key == f"line:{one.id}"), None)

    def _issue(self) -> IssueFacts | None:
        issues = [one for line in (self._view.facts.lines if self._view else ()) for one in line.issues]
        return next((one for one in issues if self._key == f"issue:{one.id}"), None)

    def _tool(self) -> OrderTool | None:
        tools = self._view.facts.tools.own if self._view else ()
        return next((one for one in tools if self._key == work_tools.row_key(one)), None)

    def subject(self) -> Subject | None:
        """The item, part line, issue or check line under the cursor; always the order."""
        view = self._view
        if view is None:
            return None
        values: dict[str, object] = {"order": self.number, **safety_rows.values(view.facts, self._key)}
        item, line, issue = self._item(), self._line(), self._issue()
        title = view.vehicle
        if item:
            values["item"], title = item.number, self.t.name(item.name)
        if line:
            values["part_line"], title = line.id, self.t.name(line.name)
        if issue:
            values["issue"], title = issue.id, self.t.value(issue.basis)
        if assembly := safety_rows.assembly_of(view.facts, self._key):
            title = assembly.what
        if check := self._checks.get(self._key):
            values["self_check" if check.item_number else "inspection_check"] = check.id
            title = self.t.name(check.line.text)
        if tool := self._tool():
            values |= work_tools.values_of(tool, view.facts.tools)
            title = self.t.name(tool.name)
        given = {"odometer": view.odometer_in, "technician": view.technician_badge}
        return Subject(f"{self.number}  {title}", values, stage=view.facts.stage, given=given)

    # --- keys --------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Answers are offered on lines of the list only."""
        if action == "answer":
            return self._key in self._checks
        return super().check_action(action, parameters)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter on a row."""
        event.stop()
        self._enter()

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """An item's code starts or finishes it, a part's fits it, a tool's draws it: nobody scans by accident."""
        if kind in {Kind.TOOL, Kind.CART}:
            return await self._tool_scanned(kind, number)
        if kind is Kind.ITEM:
            row = f"item:{number}"
        elif kind is Kind.PART:
            row = await self._row_of_part(number)
        else:
            return kind is Kind.ORDER and number == self.number
        table = self.query_one(KeyedTable)
        if row not in table.row_keys:
            return False
        table.point_at(row)
        item, issue = self._item(), self._issue()
        if item is not None and self.gateway.person.id in item.running:
            await self.do_at_once(FinishItem, item=item.number)
        elif issue is not None and issue.unfitted == 1:
            await self.do_at_once(FitPart, issue=issue.id)
        else:
            await self._do_row()
        return True

    async def _tool_scanned(self, kind: Kind, number: str) -> bool:
        draws = bool(DrawTool.roles & self.gateway.person.roles)
        if self._view is None or (kind is Kind.CART and not draws):
            return False
        if kind is Kind.TOOL and await safety_rows.lift_scanned(self, self._view.facts, number):
            return True
        facts = self._view.facts.tools
        if kind is Kind.CART:
            await work_tools.cart_scanned(self, self.number, facts, number)
            return True
        measures = await work_tools.instrument_of(self, number)
        if draws and not await work_tools.tool_scanned(self, self.number, facts, number, measures=measures is not None):
            return True
        if measures is not None:
            self._instrument = number
            self.tell(lambda: self.t(work_tools.MEASURES, tool=measures))
        return draws or measures is not None

    async def _row_of_part(self, number: str) -> str:
        hits = await self.gateway.query(find, number, self.gateway.person.roles)
        lines = self._view.facts.lines if self._view else ()
        issues = [one for line in lines for one in line.issues if hits and line.part_no == hits[0].key and one.unfitted]
        return f"issue:{issues[0].id}" if issues else ""

    @work(exclusive=True, group=DOING)
    async def _enter(self) -> None:
        await self._do_row()

    async def _do_row(self) -> None:
        item, issue = self._item(), self._issue()
        if item is not None and work_rows.doable(item) and Role.TECHNICIAN in self.gateway.person.roles:
            await (self._finish(item) if self.gateway.person.id in item.running else self._start(item))
        elif issue is not None and issue.unfitted:
            given = {"quantity": issue.unfitted}
            await self.do(FitPart, known={"issue": issue.id}, given=given, about=self.number)
        elif self._key in self._checks:
            await self._answer(Answer.OK)
        elif self._view and self._key == safety_rows.HIGH_VOLTAGE and (act := safety_rows.next_act(self._view.facts)):
            await self._step(act, self._view)
        elif self._view and (assembly := safety_rows.assembly_of(self._view.facts, self._key)):
            await self._do_with(assembly)
        elif self._view and (lift := safety_rows.lift_of(self._view.facts, self._key)):
            await self.do(LowerVehicle, known={"lift": lift.number}, about=self.number)
        elif (subject := self.subject()) is not None:
            await self.act_on(subject)

    @work(exclusive=True, group=DOING)
    async def action_step(self) -> None:
        """The order's next step, if it is yours; what the same hands do next follows by itself."""
        view = self._view
        if view is None or view.step is None:
            return
        move = view.step.move
        command = _STEPS.get(move.name)
        if move is TAKE_OVER and view.facts.offered_by is None:
            command = OfferHandOver
        if command is None or not command.roles & self.gateway.person.roles:
            roles = command.roles if command else move.roles
            self.tell(lambda: self.t(NO_STEP, roles=roles), bad=True)
            return
        while command is not None:
            done = await self._step(command, view)
            command = _FOLLOWS.get(command) if done else None

    async def _step(self, command: type[Command], view: OrderView) -> bool:
        given = {"odometer": view.odometer_in}
        about = f"{self.number}  {view.vehicle}"
        outcome = await self.do(command, known={"order": self.number}, given=given, about=about)
        return outcome is not None and outcome.done.outcome.get("matched") is not False

    @work(exclusive=True, group=DOING)
    async def action_answer(self, answer: str) -> None:
        """Answer the line under the cursor."""
        if self._key in self._checks:
            await self._answer(Answer(answer))
        else:
            self.tell(lambda: self.t(NO_ANSWER_HERE), bad=True)

    def action_page(self) -> None:
        """The whole order: parts, consent, story."""
        open_order(self, self.number)

    # --- acts --------------------------------------------------------------------------------------------------------

    async def _do_with(self, assembly: AssemblyFacts) -> None:
        if assembly.asks_for_cover(self.house.now()):
            await self.do_at_once(CoverAssembly, assembly=assembly.id)
        elif (subject := self.subject()) is not None:
            await self.act_on(subject)

    async def do_offer(self, offer: Offer, subject: Subject) -> Outcome | None:
        """Starting an item asks for exactly what its work asks for, by whichever way one came to it."""
        if offer.command is StartItem and (item := self._item()):
            await self._start(item)
            return None
        return await super().do_offer(offer, subject)

    async def _start(self, item: ItemFacts) -> None:
        if self._view and (first := safety_rows.before_item(self._view.facts, item)):
            await self._step(first, self._view)
            return
        asked = await self.gateway.query(start_conditions, item.number, self.gateway.person.id)
        fields: dict[str, object] | None = {}
        if asked is not None and (asked.precautions or asked.watcher):
            fields = await self.house.push_screen_wait(ConfirmStart(item.name, asked))
        if fields is not None:
            await self.do_at_once(StartItem, item=item.number, **fields)

    async def _finish(self, item: ItemFacts) -> None:
        await self.do(FinishItem, known={"item": item.number}, about=lambda: self.t.name(item.name))

    async def _answer(self, answer: Answer) -> None:
        check = self._checks[self._key]
        command = AnswerCheck if check.item_number else AnswerInspection
        known: dict[str, object] = {"check": check.id, "answer": answer}
        if answer is Answer.OK and not check.line.unit:
            done = await self.do_at_once(command, **known)
        else:
            known |= {"value": None} if not check.line.unit else {}
            known["instrument"] = self._instrument if answer is Answer.OK and check.line.value_required else None
            known |= {"reason": ""} if answer is Answer.OK else {}
            done = await self.do(command, known=known, about=lambda: self._asked(check)) is not None
        if done:
            self._go_to_next(check)

    def _asked(self, check: CheckView) -> str:
        return " ".join((self.t.name(check.line.text), check.line.limits, check.line.unit))

    def _go_to_next(self, answered: CheckView) -> None:
        """To the next line without an answer, unless the person has gone elsewhere meanwhile."""
        keys, key = list(self._checks), work_rows.check_key(answered)
        if self._key != key or key not in keys:
            return
        after = keys[keys.index(key) + 1 :]
        following = next((key for key in after if self._checks[key].answer is None), None)
        if following:
            self.query_one(KeyedTable).point_at(following)
