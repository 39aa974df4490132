"""What stands before a command on the command line, and how a command tells its end."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

import typer

from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_

if TYPE_CHECKING:
    from workshop.db.database import Database
    from workshop.i18n import Translator
    from workshop.settings import Settings

NO_FILE = ReasonKind("-", "no_file", N_("There is no file that can be read at {file}. Look at its name."))
WRONG_ENDS: Final = 1
"""Status of a command that was not done, or found something wrong."""
OPEN_FAILED: Final = 2
"""Status of a command that could not begin: settings or database."""
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Pin = Annotated[str, typer.Option(help="That person's PIN.", envvar="WORKSHOP_PIN", prompt=True, hide_input=True)]


@dataclass
class Given:
    """The options that stand before the command, and what follows from them."""

    options: dict[str, str]

    @cached_property
    def settings(self) -> "Settings":
        """The settings, with the options in place of what they say."""
        from workshop.settings import load

        try:
            return load(**self.options)
        except Refused as refused:
            fail(refused, self._said("zh_CN"), OPEN_FAILED)

    def say(self, zone: str = "Asia/Shanghai") -> "Translator":
        """Messages in the language asked for, with times in a zone."""
        return self._said(self.settings.language, zone)

    def _said(self, language: str, zone: str = "Asia/Shanghai") -> "Translator":
        from workshop.i18n import translator

        return translator(self.options.get("language", language), zone)

    @contextmanager
    def database(self, *, allow_migration: bool = False) -> "Iterator[tuple[Database, Translator]]":
        """The open database, and messages in the zone of its shop."""
        from workshop.db.opening import open_database
        from workshop.queries.shop import shop

        address = self.settings.database
        try:
            db = open_database(address, allow_migration=allow_migration)
        except Refused as refused:
            fail(refused, self.say(), OPEN_FAILED)
        try:
            with db.reading() as session:
                here = shop(session)
            said = self.say(here.timezone) if here else self.say()
            try:
                yield db, said
            except Refused as refused:
                fail(refused, said)
        finally:
            db.close()


def fail(refused: Refused, said: "Translator", status: int = WRONG_ENDS) -> NoReturn:
    """Tell why it is refused, and end with the status."""
    for reason in refused.reasons:
        typer.echo(said.reason(reason), err=True)
    raise typer.Exit(status)


def readable(file: Path, said: "Translator") -> Path:
    """The file, if it is one that can be read; else ends with status 2."""
    if not file.is_file() or not os.access(file, os.R_OK):
        fail(Refused(NO_FILE(file=str(file))), said, OPEN_FAILED)
    return file


def end(*, well: bool) -> None:
    """End with status 1 unless all is well."""
    if not well:
        raise typer.Exit(WRONG_ENDS)


def print_json(value: Any) -> None:
    """Answer in JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
