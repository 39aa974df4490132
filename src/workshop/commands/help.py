"""Help is written once: the docstring of a command or a screen is its help text on every screen and at every door."""

from workshop.domain.words import Message


def help_text(kind: type) -> Message:
    """The docstring as one paragraph, a source string to be translated."""
    return Message(" ".join((kind.__doc__ or "").split()))
