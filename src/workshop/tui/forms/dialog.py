"""A form as a dialog: one row a field, errors where they belong, nothing typed ever lost."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from pydantic import BaseModel, ValidationError
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from workshop.commands.invalid import FieldProblem, problems
from workshop.domain.reasons import Reason, Refused
from workshop.domain.words import N_, Message
from workshop.tui.bars import KeyBar, Told, say
from workshop.tui.forms.choices import Suggestion
from workshop.tui.forms.entry import FieldEntry, Surroundings
from workshop.tui.forms.rows import FieldRow
from workshop.tui.forms.spec import REFERENCES, specs
from workshop.tui.keystrokes import DOING
from workshop.tui.messages import Changed
from workshop.tui.scanner import Scan
from workshop.tui.spoken import Dialog

SURE = N_("Press Enter or F12 to do it, Esc to leave it.")
CHANGED = N_("This order has changed meanwhile. What you typed is kept; everything is checked anew when you finish.")
_LOW = 22  # lines of a screen that has no room to spare for what F1 tells as well
NO_HELP = Message("")


async def _no_suggestions(_kind: str, _text: str) -> Sequence[Suggestion]:
    return ()


@dataclass
class FormRequest:
    """What a form is for.

    `known` values are not asked; `given` ones stand in their fields and may be changed. `submit` does it with the whole
    model: it raises `Refused` with the reasons, returns None to stay in the form, or the form's result. What was typed
    and not done is kept in `drafts` under `draft_key` for the next time. `order`: whose number
    it is about. `signed`: it asks for a signature, which is all that is asked where there is nothing to fill in.
    """

    model: type[BaseModel]
    title: Message
    submit: Callable[[Any], Awaitable[object | None]]
    help: Message = NO_HELP
    known: Mapping[str, object] = field(default_factory=dict)
    given: Mapping[str, object] = field(default_factory=dict)
    about: Told = ""
    suggest: Callable[[str, str], Awaitable[Sequence[Suggestion]]] = _no_suggestions
    drafts: dict[object, Mapping[str, object]] = field(default_factory=dict)
    draft_key: object = None
    order: str = ""
    signed: bool = False


class FormDialog(Dialog[object]):
    """A form. Enter goes to the next field and from the last one does it; F12 does it from anywhere."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f12", "submit", N_("Done"), id="submit"),
        Binding("ctrl+s", "submit", show=False, id="submit_too"),
        Binding("up", "previous", show=False, id="field_before"),
        Binding("down", "next", show=False, id="field_after"),
        Binding("enter", "submit_empty", show=False, id="submit_empty"),
    ]

    gives_way = ".rows"
    most = 200

    def __init__(self, request: FormRequest) -> None:
        super().__init__()
        self.request = request
        self.kept: Mapping[str, Any] = {}
        around = Surroundings(lambda: self.t, self._now, request.suggest)
        self._rows = [FieldRow(spec, around) for spec in specs(request.model, request.known)]
        self._problems: list[FieldProblem] = []
        self._reasons: tuple[Reason, ...] = ()
        self._was_changed = False
        self._submitting = False

    def _now(self) -> datetime:
        return self.house.now()

    def compose(self) -> ComposeResult:
        """Title, what it is about, the rows, what stands in the way, the keys."""
        with Vertical(classes="dialog form"):
            yield Static(classes="title", markup=False)
            yield Static(classes="about", markup=False)
            yield Static(classes="hint form-help", markup=False)
            with VerticalScroll(classes="rows", can_focus=False):
                yield from self._rows
            yield Static(classes="refusal error", markup=False)
            yield Static(classes="changed hint", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Fill in what is given, over that what was typed the last time."""
        draft = self.request.drafts.get(self.request.draft_key, {})
        for row in self._rows:
            name = row.spec.name
            row.entry.put(draft.get(name, self.request.given.get(name, row.spec.default)))
        self.query_one(".changed").display = False
        if self._rows:
            self._rows[0].entry.take_focus()
        elif self.request.signed:
            self.call_after_refresh(self.action_submit)

    def on_changed(self, event: Changed) -> None:
        """Somebody else did something to this order: what was typed stays, and it is told."""
        event.stop()
        if self.request.order in event.orders and not self._submitting:
            self._was_changed = True
            self._show_changed()

    def _show_changed(self) -> None:
        notice = self.query_one(".changed", Static)
        notice.update(f"! {self.t(CHANGED)}" if self._was_changed else "")
        notice.display = self._was_changed

    def on_resize(self) -> None:
        """On a low screen the help gives way first."""
        self.set_class(self.size.height < _LOW, "-low")
        self.render_texts()

    def render_texts(self) -> None:
        """Everything in the present language."""
        t, request = self.t, self.request
        self.query_one(".title", Static).update(t(request.title))
        about, hint = self.query_one(".about", Static), self.query_one(".form-help", Static)
        about.update(say(request.about))
        about.display = bool(request.about)
        hint.update("\n".join(part for part in (t(request.help), "" if self._rows else t(SURE)) if part))
        hint.display = not self._rows or (bool(request.help) and self.size.height >= _LOW)
        for row in self._rows:
            row.render_texts()
        if any(row.touched for row in self._rows):
            self._validated()
        self._show_problems({row.spec.name for row in self._rows if row.touched})
        self._show_reasons()
        self._show_changed()

    # --- what was typed ----------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """What is known and what was typed."""
        typed = {row.spec.name: row.entry.typed() for row in self._rows}
        return {**self.request.known, **{name: value for name, value in typed.items() if value is not None}}

    def draft(self) -> dict[str, Any]:
        """What stands in the fields, secrets left out."""
        return {row.spec.name: row.entry.draft() for row in self._rows}

    def _validated(self) -> BaseModel | None:
        try:
            value = self.request.model.model_validate(self.values())
        except ValidationError as error:
            self._problems = problems(error)
            return None
        self._problems = []
        return value

    @on(FieldEntry.Edited)
    def _edited(self, event: FieldEntry.Edited) -> None:
        event.stop()
        row = self._row_of(event.entry)
        was_wrong = row.touched
        row.touched = True
        if was_wrong:
            self._check({row.spec.name})

    def on_descendant_blur(self) -> None:
        """A field that was left with something in it is looked at."""
        self.call_after_refresh(self._check, {row.spec.name for row in self._rows if row.touched})

    def _check(self, names: set[str]) -> None:
        self._validated()
        here = {row.spec.name for row in self._rows if row.has_focus_within}
        self._show_problems(names - here, clear_only=names & here)

    def _row_of(self, entry: FieldEntry) -> FieldRow:
        return next(row for row in self._rows if row.entry is entry)

    # --- what is wrong -----------------------------------------------------------------------------------------------

    def _show_problems(self, names: set[str], clear_only: frozenset[str] | set[str] = frozenset()) -> None:
        for row in self._rows:
            if row.spec.name in names:
                row.show_error(self._told(row.spec.name))
            elif row.spec.name in clear_only and not self._told(row.spec.name):
                row.show_error("")

    def _told(self, name: str) -> str:
        found = [one for one in self._problems if one.path == name or one.path.startswith(f"{name}.")]
        return "\n".join(self._tell(one, name) for one in found)

    def _tell(self, problem: FieldProblem, name: str) -> str:
        place = problem.path.removeprefix(name).strip(".")
        text = self.t(problem.text, **problem.args)
        return f"{place}: {text}" if place else text

    def _show_reasons(self) -> None:
        shown = {row.spec.name for row in self._rows}
        lines = [self._tell(one, "") for one in self._problems if one.path.split(".")[0] not in shown]
        lines += [self.t.reason(one) for one in self._reasons]
        self._refuse(*lines)

    def _refuse(self, *lines: str) -> None:
        refusal = self.query_one(".refusal", Static)
        refusal.update("\n".join(f"! {line}" for line in lines))
        refusal.display = bool(lines)

    # --- scanning ----------------------------------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> None:
        """A code goes to the field that asks for its kind: the one with the cursor, the first empty one, the first."""
        fitting = [row for row in self._rows if row.spec.reference in REFERENCES.get(scan.kind, ())]
        here = next((row for row in fitting if row.has_focus_within), None)
        empty = next((row for row in fitting if not row.entry.draft()), None)
        row = here or empty or next(iter(fitting), None)
        if row is not None:
            row.touched = True
            row.entry.take_scan(scan.text)
        else:
            named = [kind for kind, names in REFERENCES.items() if {one.spec.reference for one in self._rows} & names]
            self.refuse_scan(scan, *(kind for kind in named if kind is not None))

    def tell_scan(self, text: str) -> None:
        """Say why a scan is not taken, where refusals stand."""
        self._refuse(text)

    # --- moving and doing --------------------------------------------------------------------------------------------

    @on(FieldEntry.Finished)
    def _finished(self, event: FieldEntry.Finished) -> None:
        event.stop()
        place = self._rows.index(self._row_of(event.entry))
        if place + 1 < len(self._rows):
            self._rows[place + 1].entry.take_focus()
        else:
            self.action_submit()

    def action_previous(self) -> None:
        """The field above."""
        self.focus_previous()

    def action_next(self) -> None:
        """The field below."""
        self.focus_next()

    def action_submit_empty(self) -> None:
        """Enter in a form without fields."""
        if not self._rows:
            self.action_submit()

    def action_leave(self) -> None:
        """Leave; what was typed is kept for the next time."""
        self.keep_draft()
        self.close(None)

    def keep_draft(self) -> None:
        """Keep what was typed for the next time this form is opened."""
        if self.request.draft_key is not None and any(row.touched for row in self._rows):
            self.request.drafts[self.request.draft_key] = self.draft()

    def action_submit(self) -> None:
        """Do it, or show what stands in the way."""
        if not self._submitting:
            self._submitting = True
            self._submit()

    @work(exclusive=True, group=DOING)
    async def _submit(self) -> None:
        try:
            await self._do()
        finally:
            self._submitting = False

    async def _do(self) -> None:
        self._reasons = ()
        value = self._validated()
        self._show_problems({row.spec.name for row in self._rows})
        self._show_reasons()
        if value is None:
            self._go_to_problem()
            return
        self.keep_draft()
        try:
            result = await self.request.submit(value)
        except Refused as refused:
            self._reasons = refused.reasons
            self._show_reasons()
            return
        if result is not None:
            self.kept = {name: one for name, one in self.draft().items() if one not in (None, "", [])}
            self.request.drafts.pop(self.request.draft_key, None)
            self.close(result)

    def _go_to_problem(self) -> None:
        wrong = [row for row in self._rows if self._told(row.spec.name)]
        for row in self._rows:
            row.touched = True
        if wrong:
            wrong[0].entry.take_focus()
