"""Help, made from the screen's own keys and the docstrings of what can be done there."""

from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from workshop.commands.help import help_text
from workshop.domain.words import N_
from workshop.tui.bars import KeyBar
from workshop.tui.prose import Prose
from workshop.tui.spoken import Dialog, Spoken

if TYPE_CHECKING:
    from workshop.tui.acts import Offer

TITLE = N_("Help")
KEYS = N_("Keys")
ACTS = N_("What you can do here (F4)")
SIGNED = N_("signature: asks for your PIN again")


class HelpScreen(Dialog[None]):
    """What the keys do here, and what every act does."""

    def __init__(self, about: Spoken[Any]) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """One text to scroll in."""
        with Vertical(classes="dialog"):
            yield Static(classes="title", markup=False)
            with VerticalScroll(id="entries"):
                yield Static(id="help-text", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def render_texts(self) -> None:
        """Everything in the present language."""
        self.query_one(".title", Static).update(self.t(TITLE))
        text = Text()
        text.append(f"{self.t(help_text(type(self._about)))}\n\n")
        text.append(f"{self.t(KEYS)}\n", style="bold")
        for key, words in self._keys():
            text.append(f"  {key:<8} {words}\n")
        offers = self._offers()
        if offers:
            text.append(f"\n{self.t(ACTS)}\n", style="bold")
        for offer in offers:
            self._append(text, offer)
        text.rstrip()
        self.query_one("#help-text", Static).update(Prose(text))

    def _keys(self) -> list[tuple[str, str]]:
        bindings = [one.binding for one in self._about.active_bindings.values()]
        return [(self.app.get_key_display(one), one.description) for one in bindings if one.id and one.description]

    def _offers(self) -> "list[Offer]":
        from workshop.tui.acts import free_offers, offers
        from workshop.tui.workplace import Workplace

        if not isinstance(self._about, Workplace):
            return []
        roles, subject = self._about.gateway.person.roles, self._about.subject()
        return offers(roles, subject) if subject else free_offers(roles)

    def _append(self, text: Text, offer: "Offer") -> None:
        command = offer.command
        rule = "" if command.rule == "-" else f"  {command.rule}"
        text.append(f"{self.t(command.label)}{rule}\n", style="underline")
        text.append(f"  {self.t(help_text(command))}\n")
        if command.signature:
            text.append(f"  {self.t(SIGNED)}\n")
