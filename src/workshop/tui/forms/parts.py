"""Values that are lists of entries, each with fields of its own (items with parts, defects, checklist lines)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.worker import get_current_worker

from workshop.domain.words import N_
from workshop.tui.forms.choices import Suggestion
from workshop.tui.forms.entry import FieldEntry, Surroundings
from workshop.tui.forms.spec import FieldSpec, Way, specs
from workshop.tui.keystrokes import DOING
from workshop.tui.numbered import Entry, NumberedList

ADD = N_("add an entry …")
_ADD = "add"


class PartsEntry(FieldEntry):
    """A list of entries: Enter changes one or adds one, Delete takes one out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "remove", N_("Take out"), id="take_out"),
    ]

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._entries: list[Mapping[str, Any]] = []
        self._names: dict[tuple[str, str], Suggestion] = {}

    def compose(self) -> ComposeResult:
        """The list."""
        yield NumberedList()

    @property
    def _list(self) -> NumberedList:
        return self.query_one(NumberedList)

    def take_focus(self) -> None:
        """Put the cursor into the list."""
        self._list.focus()

    def put(self, value: Any) -> None:
        """Show these entries."""
        self._entries = [_as_mapping(one) for one in value or ()]
        self.render_texts()
        if self._entries:
            self._name_them()

    @work(group="names")
    async def _name_them(self) -> None:
        await self._learn_names()
        self.render_texts()

    async def _learn_names(self) -> None:
        """Ask what the things are called that the entries name."""
        named = [one for one in specs(self.spec.model) if one.way is Way.REFERENCE] if self.spec.model else []
        wanted = {(one.reference, str(entry.get(one.name) or "")) for one in named for entry in self._entries}
        for kind, value in wanted - self._names.keys():
            found = await self.around.suggest(kind, value) if value else ()
            self._names |= {(kind, one.value): one for one in found if one.value == value}

    def draft(self) -> list[Mapping[str, Any]]:
        """The entries as they were typed."""
        return list(self._entries)

    def render_texts(self) -> None:
        """One line an entry, and one to add another."""
        lines = [Entry(str(place), self._told(one)) for place, one in enumerate(self._entries)]
        self._list.show([*lines, Entry(_ADD, self.t(ADD))])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be an entry to take out."""
        if action == "remove":
            return bool(self._entries)
        return super().check_action(action, parameters)

    def action_remove(self) -> None:
        """Take the highlighted entry out."""
        place = self._list.current_key
        if place is not None and place != _ADD:
            del self._entries[int(place)]
            self.render_texts()
            self.edited()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._change(None if event.option_id == _ADD else int(event.option_id or 0))

    @work(exclusive=True, group=DOING)
    async def _change(self, place: int | None) -> None:
        from workshop.tui.forms.dialog import FormDialog, FormRequest

        if self.spec.model is None:
            return

        async def keep(_value: object) -> bool:
            return True

        request = FormRequest(
            model=self.spec.model,
            title=self.spec.title,
            given=self._entries[place] if place is not None else {},
            submit=keep,
            suggest=self.around.suggest,
        )
        dialog = FormDialog(request)
        if not await self.app.push_screen_wait(dialog) or get_current_worker().is_cancelled:
            return
        if place is None:
            self._entries.append(dialog.kept)
        else:
            self._entries[place] = dialog.kept
        await self._learn_names()
        self.render_texts()
        self.edited()

    def _told(self, entry: Mapping[str, Any]) -> str:
        if self.spec.model is None:
            return ""
        told = [(one, self._value(one, entry.get(one.name))) for one in specs(self.spec.model)]
        shown = [
            value if one.way in {Way.REFERENCE, Way.TEXT, Way.NOTE, Way.ONE} else f"{self.t(one.title)} {value}"
            for one, value in told
            if value
        ]
        return "  ".join(shown).replace("\n", " ")

    def _value(self, spec: FieldSpec, value: Any) -> str:
        if value is None or value in ("", [], ()):
            return ""
        if name := self._names.get((spec.reference, str(value))):
            return name.short(self.t)
        if spec.way is Way.PARTS:
            return "+".join(str(next(iter(_as_mapping(one).values()), "")) for one in value)
        found = [option for option in spec.options if option.value == str(value)]
        return self.t(found[0].label) if found else self.t.value(value)


def _as_mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else value.model_dump(mode="json")
