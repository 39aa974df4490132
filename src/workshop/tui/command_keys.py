"""Command codes at the terminal: a scanned one does what its key does here, by the same way as the key.

What a code stands for is looked up among the keys of the screen by name, so that a person's own keys and whatever a
screen has made of a key hold for the codes too. Nothing is told of a character: it may belong to a PIN.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final

from textual.events import Key
from textual.widgets import TextArea

from workshop.commands.base import Command
from workshop.commands.findings import ReportFinding
from workshop.commands.labour import FinishItem, PauseItem, StartItem
from workshop.domain.command_codes import CharacterCode, CommandCode, command_code
from workshop.domain.states import Answer
from workshop.domain.words import N_
from workshop.queries.floor import running_item
from workshop.tui.acts import offers
from workshop.tui.forms.entry import FieldEntry
from workshop.tui.forms.picks import OneOf
from workshop.tui.keystrokes import DOING
from workshop.tui.numbered import ChosenByDigit
from workshop.tui.spoken import Spoken
from workshop.tui.workplace import Workplace

NOT_IN_USE = N_("Scanned: command code {number}. This shop's sheet has no such code; print the sheet anew.")
NOTHING_HERE = N_('Scanned: "{code}". It does nothing here.')
POINT_FIRST = N_('Scanned: "{code}". Scan the order first, and put the cursor on what is meant.')

_PLAIN: Final[Mapping[CommandCode, str]] = {
    CommandCode.CONFIRM: "enter",
    CommandCode.NEXT: "down",
    CommandCode.PREVIOUS: "up",
    CommandCode.ERASE: "backspace",
}
"""What is one key everywhere."""
_NAMED: Final[Mapping[CommandCode, frozenset[str]]] = {
    CommandCode.BACK: frozenset({"back", "leave"}),
    CommandCode.STEP: frozenset({"step"}),
    CommandCode.ACTS: frozenset({"acts"}),
    CommandCode.OK: frozenset({"answer_ok"}),
    CommandCode.NOT_OK: frozenset({"answer_not_ok"}),
    CommandCode.NOT_APPLICABLE: frozenset({"answer_na"}),
    CommandCode.LOCK: frozenset({"lock"}),
    CommandCode.DONE: frozenset({"submit", "start"}),
}
"""What the screens have keys for, by the names of `tui/keymap.py`."""
_ACTS: Final[Mapping[CommandCode, type[Command]]] = {
    CommandCode.START: StartItem,
    CommandCode.PAUSE: PauseItem,
    CommandCode.FINISH: FinishItem,
    CommandCode.FINDING: ReportFinding,
}
"""What is an act on what the cursor is on."""
_OF_THE_CLOCK: Final = frozenset({CommandCode.PAUSE, CommandCode.FINISH})
"""A person has one clock: it is paused and finished wherever the cursor, or the person, is."""
_ANSWERS: Final[Mapping[CommandCode, Answer]] = {
    CommandCode.OK: Answer.OK,
    CommandCode.NOT_OK: Answer.NOT_OK,
    CommandCode.NOT_APPLICABLE: Answer.NOT_APPLICABLE,
}


async def obey(screen: Spoken[Any], number: str, press: Callable[[Key], Awaitable[None]]) -> None:
    """Do what a scanned command code says; `press` presses a key. What means nothing here is told."""
    code = command_code(number)
    if code is None:
        _refuse(screen, screen.t(NOT_IN_USE, number=number))
    elif isinstance(code, CommandCode) and code in _ACTS and isinstance(screen, Workplace):
        screen.run_worker(partial(_act, screen, code), group=DOING, exclusive=True)
    elif code is CommandCode.CONFIRM and (note := _note_of(screen)) is not None:
        note.finished()
    elif key := _key_of(screen, code):
        await press(Key(key, code.character if isinstance(code, CharacterCode) else _character(key)))
    else:
        _refuse(screen, screen.t(NOTHING_HERE, code=_told(code)))


def _refuse(screen: Spoken[Any], text: str) -> None:
    screen.house.bell()
    screen.tell_scan(text)


def _told(code: CommandCode | CharacterCode) -> object:
    return code.character if isinstance(code, CharacterCode) else code.label


def _character(key: str) -> str | None:
    return key if len(key) == 1 else {"enter": "\r", "backspace": "\x7f", "escape": "\x1b"}.get(key)


def _note_of(screen: Spoken[Any]) -> FieldEntry | None:
    """The field of several lines that has the cursor: there Enter would be a line feed, and confirming goes on."""
    here = screen.focused
    return here.parent if isinstance(here, TextArea) and isinstance(here.parent, FieldEntry) else None


def _key_of(screen: Spoken[Any], code: CommandCode | CharacterCode) -> str:
    """The key that the code stands for on this screen; empty if it is none here."""
    here = screen.focused
    active = {key: one.binding.id for key, one in screen.active_bindings.items() if one.enabled}
    if isinstance(code, CharacterCode):
        key = code.character
        taken = here is not None and here.check_consume_key(key, key)
        chooses = isinstance(here, ChosenByDigit) and key in "123456789"
        return key if taken or chooses or key in active else ""
    if code in _PLAIN:
        return _PLAIN[code] if _PLAIN[code] in active else ""
    if isinstance(here, OneOf) and code in _ANSWERS:
        values = [option.value for option in here.options]
        return str(values.index(_ANSWERS[code]) + 1) if _ANSWERS[code] in values else ""
    return next((key for key, name in active.items() if name in _NAMED.get(code, ())), "")


async def _act(place: Workplace, code: CommandCode) -> None:
    command, person = _ACTS[code], place.gateway.person
    running = await place.gateway.query(running_item, person.id) if code in _OF_THE_CLOCK else None
    subject = place.subject()
    found = offers(person.roles, subject) if subject else []
    offer = next((one for one in found if one.command is command), None)
    if running is not None and command is FinishItem:
        await place.do_at_once(FinishItem, item=running.number)
    elif running is not None:
        await place.do(command, known={"item": running.number}, about=lambda: place.t.name(running.name))
    elif offer is None or subject is None:
        _refuse(place, place.t(POINT_FIRST if command.roles & person.roles else NOTHING_HERE, code=code.label))
    elif (blocked := offer.blocked) is not None:
        _refuse(place, place.t.reason(blocked))
    else:
        await place.do_offer(offer, subject)
