"""A signature: the person's own PIN again."""

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from workshop.commands.perform import Signature
from workshop.domain.numbers import Kind
from workshop.domain.reasons import Refused
from workshop.domain.words import N_, Message
from workshop.tui.bars import KeyBar
from workshop.tui.keystrokes import DOING
from workshop.tui.scanner import Scan
from workshop.tui.spoken import Dialog

if TYPE_CHECKING:
    from workshop.tui.gateway import Gateway

SIGNING = N_("Signature of {name}: {act}")
OTHERS_BADGE = N_("This is somebody else's badge. {name} signs here, or goes back with Esc.")
HOW = N_("Type your own PIN and press Enter; Esc goes back without signing.")


class PinDialog(Dialog[Signature]):
    """Type your own PIN again to sign; Esc goes back without signing."""

    def __init__(self, gateway: "Gateway", act: Message) -> None:
        super().__init__()
        self._gateway = gateway
        self._act = act

    def compose(self) -> ComposeResult:
        """What is signed, and the PIN."""
        with Vertical(classes="dialog"):
            yield Static(classes="title", markup=False)
            yield Static(classes="hint", markup=False)
            yield Input(password=True, compact=True, max_length=40)
            yield Static(classes="error", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Wait for the PIN."""
        self.query_one(Input).focus()

    def render_texts(self) -> None:
        """What is signed, in the present language."""
        self.query_one(".title", Static).update(self.t(SIGNING, name=self._gateway.person.name, act=self._act))
        self.query_one(".hint", Static).update(self.t(HOW))

    def scanned(self, scan: Scan) -> None:
        """The signer's own badge says that it is they; the PIN proves it. Nobody signs with somebody else's."""
        if scan.kind is not Kind.BADGE:
            self.refuse_scan(scan, Kind.BADGE)
        elif scan.text != self._gateway.person.badge:
            self.query_one(".error", Static).update(f"! {self.t(OTHERS_BADGE, name=self._gateway.person.name)}")
        else:
            self.query_one(".error", Static).update("")
            self.query_one(Input).focus()

    @on(Input.Submitted)
    def _given(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value:
            self._sign(event.value)

    @work(exclusive=True, group=DOING)
    async def _sign(self, pin: str) -> None:
        field = self.query_one(Input)
        field.value = ""
        try:
            signature = await self._gateway.sign(pin)
        except Refused as refused:
            self.query_one(".error", Static).update("\n".join(f"! {self.t.reason(one)}" for one in refused.reasons))
            return
        self.close(signature)
