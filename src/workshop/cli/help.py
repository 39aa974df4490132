"""Help on the command line, in the reader's language; its lines fit, Chinese characters being two cells wide."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from workshop.cli.mistakes import STATUS, no_command, told_mistake, too_much
from workshop.domain.reasons import Refused
from workshop.domain.words import N_, Message

if TYPE_CHECKING:
    from workshop.i18n import Translator

USAGE, OPTIONS, ARGUMENTS, COMMANDS = N_("Usage: {usage}"), N_("Options:"), N_("Arguments:"), N_("Commands:")
SHOW_HELP = N_("Show this message and exit.")
SHOW_VERSION = N_("Show the program's version and exit.")
NEEDED, FROM_VARIABLE = N_("needed"), N_("or the variable {name}")
_WIDEST: Final = 120
_KINDS: Final = {"%Y-%m-%d": "YYYY-MM-DD", "float range": "N"}
_VERBATIM: Final = "\b"
"""What a paragraph of help begins with that stands as it is written."""


class Said(typer.Typer):
    """Commands whose help and mistakes are told in the reader's language."""

    def __init__(self, **more: Any) -> None:
        super().__init__(cls=_Group, rich_markup_mode=None, **more)

    def command(self, name: str | None = None, **more: Any) -> Callable[[Any], Any]:
        """As Typer's, but for the help."""
        return super().command(name, cls=_Command, **more)


class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        """The help of one command."""
        return told_help(self, ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As Typer's, but what is wrong is told in the reader's language."""
        ctx.allow_extra_args = True  # so that they are told here
        with _mistakes_told(ctx):
            more = super().parse_args(ctx, args)
            if more and not ctx.resilient_parsing:
                raise too_much(more)
            return more


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        """The help of a group with its commands."""
        return told_help(self, ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As Typer's, but what is wrong is told in the reader's language."""
        if not args and self.no_args_is_help:
            return super().parse_args(ctx, args)
        with _mistakes_told(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As Typer's, but a command that there is not is told in the reader's language."""
        with _mistakes_told(ctx):
            if args and args[0] not in self.commands and not args[0].startswith("-"):
                raise no_command(args[0], list(self.commands))
            return super().resolve_command(ctx, args)


@contextmanager
def _mistakes_told(ctx: Any) -> Iterator[None]:
    try:
        yield
    except typer.TyperException as error:
        t, param = _translator(ctx), getattr(error, "param", None)
        row = _told(param, ctx, t) if param is not None else None
        typer.echo(told_mistake(error, ctx, row, t), err=True)
        raise typer.Exit(STATUS) from error


def texts(command: Any) -> Iterator[str]:
    """Everything that the help of a command and of those below it says in words, for the catalogue."""
    yield from (part for part in _paragraphs(command) if not part.startswith(_VERBATIM))
    yield from (text for param in command.params if (text := getattr(param, "help", None)))
    for below in getattr(command, "commands", {}).values():
        yield from texts(below)


def told_help(command: Any, ctx: Any) -> str:
    """The help of a command: how it is called, what it does, its arguments, options and commands."""
    t = _translator(ctx)
    usage = " ".join((ctx.command_path, *command.collect_usage_pieces(ctx)))
    page = _Page()
    page.say(t(USAGE, usage=usage))
    for part in _paragraphs(command):
        page.say(part.removeprefix(_VERBATIM).strip() if part.startswith(_VERBATIM) else t(Message(part)))
    for title, kind in ((ARGUMENTS, "argument"), (OPTIONS, "option")):
        params = [param for param in command.get_params(ctx) if param.param_type_name == kind]
        page.list(t(title), [_told(param, ctx, t) for param in params])
    below = getattr(command, "commands", {}).items()
    page.list(t(COMMANDS), [(name, t(Message(_paragraphs(one)[0]))) for name, one in below])
    return page.text()


class _Page:
    """Paragraphs and lists in two columns."""

    def __init__(self) -> None:
        from rich.console import Console

        self._file = StringIO()
        width = min(get_terminal_size().columns, _WIDEST)
        self._console = Console(file=self._file, width=width, color_system=None, markup=False, highlight=False)

    def say(self, text: str) -> None:
        self._console.print(text, soft_wrap="\n" in text)
        self._console.print()

    def list(self, title: str, rows: list[tuple[str, str]]) -> None:
        from rich.table import Table
        from rich.text import Text

        if not rows:
            return
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(min_width=18, max_width=36, overflow="fold")
        table.add_column(overflow="fold")
        for names, about in rows:
            table.add_row(Text(f"  {names}"), Text(about))
        self._console.print(title)
        self._console.print(table)
        self._console.print()

    def text(self) -> str:
        lines = (line.rstrip() for line in self._file.getvalue().splitlines())
        return "\n".join(lines).rstrip()


def _paragraphs(command: Any) -> list[str]:
    parts = (command.help or "").split("\n\n")
    return [part if part.startswith(_VERBATIM) else " ".join(part.split()) for part in parts]


def _told(param: Any, ctx: Any, t: "Translator") -> tuple[str, str]:
    """The names of an argument or option with what stands behind them, and what is said of it."""
    names, _, value = str(param.get_help_record(ctx)[0]).partition(" <")
    value = value.removesuffix(">")
    choices = value.split("|") if "|" in value else []
    own = {"help": SHOW_HELP, "_version_wanted": SHOW_VERSION}
    said = [t(own.get(param.name) or Message(getattr(param, "help", None) or ""))]
    if choices:
        said.append(", ".join(choices))
    if param.required:
        said.append(f"[{t(NEEDED)}]")
    if param.envvar:
        said.append(f"[{t(FROM_VARIABLE, name=param.envvar)}]")
    shown = names if choices or value in {"", "str"} else f"{names} <{_KINDS.get(value, value)}>"
    return shown, "  ".join(filter(None, said))


def _translator(ctx: Any) -> "Translator":
    """The language asked for before the command, else that of the settings."""
    from workshop.i18n import translator
    from workshop.settings import load

    language = ctx.find_root().params.get("language")
    try:
        return translator(language or load().language)
    except Refused:  # settings that cannot be read are told of by whatever command is run; help is given all the same
        return translator("zh_CN")
