"""The least that Textual can show: one label."""

from textual.app import App, ComposeResult
from textual.widgets import Label

SHOWN = "Nothing"


class Bare(App[None]):
    """One label."""

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label(SHOWN)


if __name__ == "__main__":
    Bare().run()
