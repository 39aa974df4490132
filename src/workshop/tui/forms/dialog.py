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
from textual.widgets import Footer, Static

from workshop.commands.invalid import FieldProblem, problems
from workshop.domain.reasons import Reason, Refused
from workshop.domain.words import N_, Message
from workshop.tui.forms.choices import Suggestion
from workshop.tui.forms.entry import FieldEntry, Surroundings
from workshop.tui.forms.rows import FieldRow
from workshop.tui.forms.spec import specs
from workshop.tui.spoken import Dialog

SURE = N_("Press Enter or F12 to do it, Esc to leave it.")
_FRAME = 4  # border above and below, the margins of rows and keys
NO_HELP = Message("")


async def _no_suggestions(_kind: str, _text: str) -> Sequence[Suggestion]:
    return ()


@dataclass
class FormRequest:
    """What a form is for.

    `known` values are not asked; `given` ones stand in their fields and may be changed. `submit` does it with the whole
    model: it raises `Refused` with the reasons, returns None to stay in the form, or the form's result. What was typed
    and not done is kept in `drafts` under `draft_key` for the next time.
    """

    model: type[BaseModel]
    title: Message
    submit: Callable[[Any], Awaitable[object | None]]
    help: Message = NO_HELP
    known: Mapping[str, object] = field(default_factory=dict)
    given: Mapping[str, object] = field(default_factory=dict)
    about: str = ""
    suggest: Callable[[str, str], Awaitable[Sequence[Suggestion]]] = _no_suggestions
    drafts: dict[object, Mapping[str, object]] = field(default_factory=dict)
    draft_key: object = None


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

    def __init__(self, request: FormRequest) -> None:
        super().__init__()
        self.request = request
        self.kept: Mapping[str, Any] = {}
        around = Surroundings(lambda: self.t, self._now, request.suggest)
        self._rows = [FieldRow(spec, around) for spec in specs(request.model, request.known)]
        self._problems: list[FieldProblem] = []
        self._reasons: tuple[Reason, ...] = ()

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
            yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Fill in what is given, over that what was typed the last time."""
        draft = self.request.drafts.get(self.request.draft_key, {})
        for row in self._rows:
            name = row.spec.name
            row.entry.put(draft.get(name, self.request.given.get(name, row.spec.default)))
        if self._rows:
            self._rows[0].entry.take_focus()

    def on_resize(self) -> None:
        """Leave the rows as much room as there is; the keys and the errors stay in sight."""
        self._fit()

    def _fit(self) -> None:
        def fit() -> None:
            form, rows = self.query_one(".form"), self.query_one(".rows")
            others = sum(one.outer_size.height for one in form.children if one is not rows and one.display)
            rows.styles.max_height = max(self.size.height - others - _FRAME, 3)

        self.call_after_refresh(fit)

    def render_texts(self) -> None:
        """Everything in the present language."""
        t, request = self.t, self.request
        self.query_one(".title", Static).update(t(request.title))
        about, hint = self.query_one(".about", Static), self.query_one(".form-help", Static)
        about.update(request.about)
        about.display = bool(request.about)
        hint.update("\n".join(part for part in (t(request.help), "" if self._rows else t(SURE)) if part))
        hint.display = bool(request.help) or not self._rows
        for row in self._rows:
            row.render_texts()
        self._show_problems({row.spec.name for row in self._rows if row.touched})
        self._show_reasons()

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
        refusal = self.query_one(".refusal", Static)
        refusal.update("\n".join(f"! {line}" for line in lines))
        refusal.display = bool(lines)
        self._fit()

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
        self._keep_draft()
        self.close(None)

    def _keep_draft(self) -> None:
        if self.request.draft_key is not None and any(row.touched for row in self._rows):
            self.request.drafts[self.request.draft_key] = self.draft()

    @work(exclusive=True, group="submit")
    async def action_submit(self) -> None:
        """Do it, or show what stands in the way."""
        self._reasons = ()
        value = self._validated()
        self._show_problems({row.spec.name for row in self._rows})
        self._show_reasons()
        if value is None:
            self._go_to_problem()
            return
        self._keep_draft()
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
