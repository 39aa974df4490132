"""A field in a form: its label, the way of entering it, and what is wrong with it."""

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from workshop.domain.words import N_
from workshop.tui.forms.entry import FieldEntry, Surroundings
from workshop.tui.forms.parts import PartsEntry
from workshop.tui.forms.picks import ManyOf, ManyReferences, OneOf, YesNo
from workshop.tui.forms.reference import ReferenceEntry
from workshop.tui.forms.spec import FieldSpec, Way
from workshop.tui.forms.texts import DayEntry, MomentEntry, NoteEntry, NumberEntry, SecretEntry, TextEntry
from workshop.tui.prose import Prose

HINTS = {
    Way.MOMENT: N_("15:30, +2h, 11-24 10:00"),
    Way.DAY: N_("11-24, 2026-11-24"),
    Way.NOTE: N_("Tab goes on"),
    Way.REFERENCE: N_("scan it, or type a few letters"),
}
_ENTRIES: dict[Way, type[FieldEntry]] = {
    Way.TEXT: TextEntry,
    Way.NOTE: NoteEntry,
    Way.SECRET: SecretEntry,
    Way.NUMBER: NumberEntry,
    Way.MOMENT: MomentEntry,
    Way.DAY: DayEntry,
    Way.YES_NO: YesNo,
    Way.ONE: OneOf,
    Way.MANY: ManyOf,
    Way.REFERENCE: ReferenceEntry,
    Way.REFERENCES: ManyReferences,
    Way.PARTS: PartsEntry,
}


class FieldRow(Vertical):
    """Label on the left, entry on the right, the error below it. A required field is marked with a star."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(classes="field")
        self.spec = spec
        self.entry = _ENTRIES[spec.way](spec, around)
        self.touched = False
        self._around = around

    def compose(self) -> ComposeResult:
        """Label and entry beside each other."""
        with Horizontal(classes="field-line"):
            yield Static(classes="field-label", markup=False)
            yield self.entry
        yield Static(classes="field-hint hint", markup=False)
        yield Static(classes="field-error error", markup=False)

    def on_mount(self) -> None:
        """No error yet."""
        self.query_one(".field-error").display = False

    def render_texts(self) -> None:
        """Label and hint in the present language."""
        t = self._around.t()
        star = "* " if self.spec.required else "  "
        self.query_one(".field-label", Static).update(Prose(Text(star + t(self.spec.title))))
        self.entry.render_texts()
        self._show_hint(self.has_focus_within)

    def on_descendant_focus(self) -> None:
        """Show how it is written while the cursor is here."""
        self._show_hint(True)

    def on_descendant_blur(self) -> None:
        """Hide the hint again."""
        self._show_hint(False)

    def _show_hint(self, here: bool) -> None:
        hint = self.query_one(".field-hint", Static)
        text = HINTS.get(self.spec.way)
        hint.update(self._around.t()(text) if text else "")
        hint.display = here and text is not None

    def show_error(self, text: str) -> None:
        """Show what is wrong; nothing hides the line."""
        error = self.query_one(".field-error", Static)
        error.update(f"! {text}" if text else "")
        error.display = bool(text)
