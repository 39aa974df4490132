"""What is wrong with a command line, in the reader's language: the parser's own texts are English."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import typer

from workshop.domain.words import N_, Message

if TYPE_CHECKING:
    from workshop.i18n import Translator

NO_COMMAND = N_("There is no command {name}.")
NO_OPTION = N_("There is no option {name}.")
PERHAPS = N_("Perhaps {suggestion} is meant.")
MISSING = N_("This is missing: {name}")
NO_VALUE = N_("A value must stand behind {name}.")
NO_SUCH_VALUE = N_("This value cannot stand for {name}.")
TOO_MUCH = N_("This is too much: {texts}")
NOT_UNDERSTOOD = N_("This command line is not understood: {detail}")
SEE = N_("What can be given is told by: {command}")
STATUS: Final = 2
"""Status of a command line that is not understood, as everywhere."""


class Mistake(typer.TyperException):
    """A mistake that the parser would tell in English, told by its words instead."""

    def __init__(self, words: Message, suggestions: tuple[str, ...] = (), **args: object) -> None:
        super().__init__(words)
        self.words, self.suggestions, self.args_of_words = words, suggestions, args


def no_command(name: str, known: list[str]) -> Mistake:
    """No command is called so; perhaps one of the known ones is meant."""
    return Mistake(NO_COMMAND, tuple(get_close_matches(name, known)), name=name)


def too_much(texts: list[str]) -> Mistake:
    """More was given than the command takes."""
    return Mistake(TOO_MUCH, texts=" ".join(texts))


def told_mistake(error: typer.TyperException, ctx: Any, param: tuple[str, str] | None, t: "Translator") -> str:
    """What is wrong, what is perhaps meant, where to read on. `param`: how help tells of the parameter it is about."""
    mistake = error if isinstance(error, Mistake) else _recognised(error, param)
    said = [t(mistake.words, **mistake.args_of_words)]
    if mistake.suggestions:
        said.append(t(PERHAPS, suggestion=", ".join(mistake.suggestions)))
    if param is not None:
        said.append("  ".join(("", *filter(None, param))))
    return "\n".join((*said, t(SEE, command=f"{ctx.command_path} --help")))


def _recognised(error: typer.TyperException, param: tuple[str, str] | None) -> Mistake:
    """The parser's own mistake by what it carries: its classes are not public, their attributes are."""
    option = getattr(error, "option_name", None)
    if param is not None:
        return Mistake(MISSING if hasattr(error, "param_type") else NO_SUCH_VALUE, name=param[0].partition(" <")[0])
    if option is not None and hasattr(error, "possibilities"):
        return Mistake(NO_OPTION, tuple(error.possibilities or ()), name=option)
    if option is not None:
        return Mistake(NO_VALUE, name=option)
    return Mistake(NOT_UNDERSTOOD, detail=error.format_message())
