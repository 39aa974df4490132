"""The help text of a command: its docstring, the same on every screen and at every door."""

from inspect import cleandoc

from workshop.commands.base import Command
from workshop.domain.words import Message


def help_text(command: type[Command]) -> Message:
    """What the command is for, as a source string: its docstring, one line for each paragraph."""
    paragraphs = cleandoc(command.__doc__ or "").split("\n\n")
    return Message("\n".join(" ".join(paragraph.split()) for paragraph in paragraphs))
