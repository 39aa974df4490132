"""The work page: everything that the people at the car do with one order, from the plate check to its release."""

from typing import ClassVar

from pydantic import ValidationError
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from workshop.commands.base import Command
from workshop.commands.bay import ConfirmItems, VerifyPlate
from workshop.commands.fitting import FitPart
from workshop.commands.hand_over import OfferHandOver, TakeOver
from workshop.commands.inspection import AnswerInspection, PassInspection
from workshop.commands.invalid import problems
from workshop.commands.labour import FinishItem, StartItem
from workshop.commands.self_check import AnswerCheck, SignSelfCheck
from workshop.domain.facts import IssueFacts, ItemFacts, PartLineFacts
from workshop.domain.moves import CONFIRM_ITEMS, RELEASE, SELF_CHECK, TAKE_OVER, VERIFY_PLATE
from workshop.domain.reasons import Refused
from workshop.domain.roles import Role
from workshop.domain.states import Answer, Stage
from workshop.domain.words import N_
from workshop.queries.checks import CheckView, final_inspection, self_check
from workshop.queries.floor import start_conditions
from workshop.queries.orders import OrderView, order
from workshop.tui.acts import Subject
from workshop.tui.forms.act import Outcome
from workshop.tui.gateway import Gateway
from workshop.tui.places import open_order, order_words, work_rows
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


class WorkPage(Workplace):
    """One order at work. Enter does what the row is for, F6 the order's next step, F4 lists everything.

    On a line of the list: 1 is OK, 2 not OK, 3 not applicable.
    """

    CSS = """
    WorkPage #head, WorkPage #missing { height: auto; padding: 0 1; }
    WorkPage #missing { max-height: 7; border-bottom: ascii $primary; }
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
        table.show(work_rows.work_rows(view, checks, person.id, self.t))
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

    def subject(self) -> Subject | None:
        """The item, part line, issue or check line under the cursor; always the order."""
        view = self._view
        if view is None:
            return None
        values: dict[str, object] = {"order": self.number}
        item, line, issue = self._item(), self._line(), self._issue()
        title = view.vehicle
        if item:
            values["item"], title = item.number, self.t.name(item.name)
        if line:
            values["part_line"], title = line.id, self.t.name(line.name)
        if issue:
            values["issue"], title = issue.id, self.t.value(issue.basis)
        if check := self._checks.get(self._key):
            values["self_check" if check.item_number else "inspection_check"] = check.id
            title = self.t.name(check.line.text)
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

    @work(exclusive=True, group="keys")
    async def _enter(self) -> None:
        item, issue = self._item(), self._issue()
        if item is not None and work_rows.doable(item) and Role.TECHNICIAN in self.gateway.person.roles:
            await (self._finish(item) if self.gateway.person.id in item.running else self._start(item))
        elif issue is not None and issue.unfitted:
            given = {"quantity": issue.unfitted}
            await self.do(FitPart, known={"issue": issue.id}, given=given, about=self.number)
        elif self._key in self._checks:
            await self._answer(Answer.OK)
        elif (subject := self.subject()) is not None:
            await self.act_on(subject)

    @work(exclusive=True, group="keys")
    async def action_step(self) -> None:
        """The order's next step, if it is yours."""
        view = self._view
        if view is None or view.step is None:
            return
        move = view.step.move
        command = _STEPS.get(move.name)
        if move is TAKE_OVER and view.facts.offered_by is None:
            command = OfferHandOver
        if command is None or not command.roles & self.gateway.person.roles:
            self.tell(self.t(NO_STEP, roles=command.roles if command else move.roles), bad=True)
            return
        given = {"odometer": view.odometer_in}
        await self.do(command, known={"order": self.number}, given=given, about=f"{self.number}  {view.vehicle}")

    @work(exclusive=True, group="keys")
    async def action_answer(self, answer: str) -> None:
        """Answer the line under the cursor."""
        if self._key in self._checks:
            await self._answer(Answer(answer))
        else:
            self.tell(self.t(NO_ANSWER_HERE), bad=True)

    def action_page(self) -> None:
        """The whole order: parts, consent, story."""
        open_order(self, self.number)

    # --- acts --------------------------------------------------------------------------------------------------------

    async def _start(self, item: ItemFacts) -> None:
        asked = await self.gateway.query(start_conditions, item.number, self.gateway.person.id)
        fields: dict[str, object] | None = {}
        if asked is not None and (asked.precautions or asked.watcher):
            fields = await self.house.push_screen_wait(ConfirmStart(item.name, asked))
        if fields is not None:
            await self._at_once(StartItem, item=item.number, **fields)

    async def _finish(self, item: ItemFacts) -> None:
        await self.do(FinishItem, known={"item": item.number}, about=self.t.name(item.name))

    async def _answer(self, answer: Answer) -> None:
        check = self._checks[self._key]
        command = AnswerCheck if check.item_number else AnswerInspection
        known: dict[str, object] = {"check": check.id, "answer": answer}
        if answer is Answer.OK and not check.line.unit:
            done = await self._at_once(command, **known)
        else:
            known |= {"value": None} if not check.line.unit else {}
            known |= {"reason": ""} if answer is Answer.OK else {}
            about = " ".join((self.t.name(check.line.text), check.line.limits, check.line.unit))
            done = await self.do(command, known=known, about=about) is not None
        if done:
            self._go_to_next(check)

    def _go_to_next(self, answered: CheckView) -> None:
        keys = list(self._checks)
        after = keys[keys.index(work_rows.check_key(answered)) + 1 :]
        following = next((key for key in after if self._checks[key].answer is None), None)
        if following:
            self.query_one(KeyedTable).point_at(following)

    async def _at_once(self, command: type[Command], **fields: object) -> bool:
        """Do an act that asks for nothing more; a refusal stands in the message bar."""
        try:
            given = command.model_validate(fields)
            done = await self.gateway.perform(given)
        except ValidationError as error:
            self.tell("; ".join(self.t(one.text, **one.args) for one in problems(error)), bad=True)
            return False
        except Refused as refused:
            self.tell("; ".join(self.t.reason(one) for one in refused.reasons), bad=True)
            return False
        self.tell_outcome(Outcome(given, done))
        self.reload()
        return True
