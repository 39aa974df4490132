"""What the terminal needs of the settings."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from workshop.documents.paper_settings import ExchangeSettings, PrintSettings


class TerminalSettings(PrintSettings, ExchangeSettings, Protocol):
    """What the terminal needs to know before it starts."""

    @property
    def terminal(self) -> str:
        """The terminal's name."""

    @property
    def language(self) -> str:
        """The language before anybody has signed in."""

    @property
    def idle_minutes(self) -> float:
        """After how many minutes without a key the terminal locks."""

    @property
    def theme(self) -> str:
        """The colours, by the name of a theme of `workshop.tui.looks`."""

    @property
    def borders(self) -> str:
        """`lines`, or `ascii`."""

    @property
    def bell(self) -> bool:
        """Whether it rings when something new waits for the person who is signed in."""

    @property
    def keys(self) -> Mapping[str, str]:
        """Other keys, by the id of the binding."""


class RunSettings(TerminalSettings, Protocol):
    """The same, with where the records are."""

    @property
    def database(self) -> str:
        """The database's address."""

    @property
    def witness_file(self) -> Path:
        """Where the terminal keeps what it saw of the ledger."""

    @property
    def report_folder(self) -> Path:
        """Where reports of the program's own errors go."""
