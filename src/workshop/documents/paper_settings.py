"""What printing and exchange need of the settings."""

from pathlib import Path
from typing import Protocol


class PrintSettings(Protocol):
    """Where a terminal prints."""

    @property
    def paper_folder(self) -> Path:
        """Where papers are saved."""

    @property
    def print_queue(self) -> Path:
        """Where what waits for a printer is kept."""

    @property
    def printers(self) -> dict[str, str]:
        """The printers, by name with their addresses."""


class ExchangeSettings(Protocol):
    """Where health records go."""

    @property
    def health_folder(self) -> Path | None:
        """A folder for them."""

    @property
    def health_address(self) -> str:
        """The address of a receiving system."""

    @property
    def health_company(self) -> str:
        """The company's code there."""

    @property
    def health_password(self) -> str:
        """Its password."""
