"""Every key that does something, from the screens' own declarations; and whether a person's own keys name real ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import walk_packages

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from workshop import tui
from workshop.domain.words import Message


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A key as it is declared: its name for the settings, the key itself, what it does, and on what."""

    id: str
    key: str
    label: Message
    action: str
    owner: type[DOMNode]

    @property
    def words(self) -> Message:
        """What it does: as the footer says it, else as the action itself does."""
        name = f"action_{self.action.partition('(')[0].rpartition('.')[2]}"
        doer = getattr(self.owner, name, None) or getattr(App, name, None)
        told = (doer.__doc__ or "").strip().splitlines() if doer is not None else []
        return self.label or Message(told[0].rstrip(".") if told else "")


def key_uses() -> list[KeyUse]:
    """Every named key of every screen and entry, by name; imports all of the terminal."""
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        import_module(module.name)
    found = [use for kind in {*_below(DOMNode)} if kind.__module__.startswith(tui.__name__) for use in _own(kind)]
    return sorted(found, key=lambda use: (use.id, use.owner.__qualname__))


def unknown_keys(wanted: Mapping[str, str]) -> list[str]:
    """The names in a person's own keys that nothing is called by."""
    known = {use.id for use in key_uses()}
    return sorted(name for name in wanted if name not in known)


def _own(kind: type[DOMNode]) -> Iterator[KeyUse]:
    for binding in kind.__dict__.get("BINDINGS", ()):
        if isinstance(binding, Binding) and binding.id:
            yield KeyUse(binding.id, binding.key, Message(binding.description), binding.action, kind)


def _below(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
