"""`workshop do`: every act of the shop as a line of JSON, under the same rules as at a terminal.

A line is `{"command", "id", "badge", "pin", "terminal", …}` with the command's own fields beside these, or in
`"fields"` where a field bears one of these names (a new PIN, somebody else's badge). Every line gets one line back:

    {"id", "status": "done", "number", "outcome", "repeated", "story"}
    {"id", "status": "refused", "reasons": [{"rule", "code", "message"}]}
    {"id", "status": "invalid", "problems": [{"field", "message"}]}

A line sent again with the same id acts once. Commands that are signatures are signed by the line's PIN.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from workshop.commands.base import Command, commands
from workshop.commands.invalid import FieldProblem, problems
from workshop.commands.perform import Clock, Done, payload_of, perform, utc_now
from workshop.commands.sign_in import KnownPins
from workshop.commands.tx import Actor
from workshop.db.database import Database, DatabaseBusy
from workshop.domain.reasons import Reason, ReasonKind, Refused
from workshop.domain.text import clean_line
from workshop.domain.words import N_
from workshop.doors.lines import json_line
from workshop.i18n import Translator, translator
from workshop.queries.story import sentence_of

BUSY = ReasonKind(
    "-", "database_busy", N_("The database is busy. Nothing was done; send the line again with the same id.")
)
DATABASE_REFUSED = ReasonKind(
    "-", "database_refused", N_("The database refused this, and nothing was done. Tell the administrator.")
)
DATABASE_FAILED = ReasonKind(
    "-", "database_failed", N_("The database did not answer. Send the line again with the same id; it acts once.")
)

NOT_JSON = N_("This line is not JSON.")
NOT_OBJECT = N_("A line is one JSON object, with its command.")
TOO_LONG = N_("This line is too long.")
TOO_DEEP = N_("This is nested too deep.")
BROKEN_TEXT = N_("This text holds half a character.")
TWICE = N_("This field stands here twice.")
NEEDED = N_("This is needed.")
WRITE_TEXT = N_("Write a text.")
NO_SUCH_COMMAND = N_("There is no command of this name; `workshop commands` lists them.")
BAD_ID = N_("An id has 1 to 64 letters, digits and . _ : -")
BAD_TERMINAL = N_("The name of a terminal has 1 to 60 characters.")

_ID = re.compile(r"[0-9A-Za-z._:-]{1,64}")
_DEEPEST = 16
_OWN = ("command", "id", "badge", "pin", "terminal", "fields")

Answer = dict[str, Any]


class Invalid(Exception):
    """The line cannot be taken: which fields, and what is wrong with them."""

    def __init__(self, *found: FieldProblem) -> None:
        super().__init__(", ".join(one.path for one in found))
        self.found = found


@dataclass
class _Line:
    """What is known of a line so far, for its answer."""

    id: str | None = None
    language: str | None = None
    given: dict[str, Any] = field(default_factory=dict)


class Door:
    """Takes lines and does what they say. `language` rules the messages; else the person's own, else `fallback`."""

    def __init__(
        self,
        db: Database,
        terminal: str,
        *,
        language: str | None = None,
        fallback: str = "zh_CN",
        zone: str = "Asia/Shanghai",
        clock: Clock = utc_now,
    ) -> None:
        self._db = db
        self._terminal = terminal
        self._language = language
        self._fallback = fallback
        self._zone = zone
        self._clock = clock
        self._pins = KnownPins(db, clock)

    def serve(self, lines: Iterable[bytes | None], out: BinaryIO) -> bool:
        """Answer every line at once; whether all were done. Empty lines are passed over."""
        all_done = True
        for line in lines:
            if line is not None and not line.strip():
                continue
            answer = self.answer(line)
            all_done &= answer["status"] == "done"
            out.write(json_line(answer))
            out.flush()
        return all_done

    def answer(self, text: bytes | None) -> Answer:
        """What came of one line; None stands for a line that was too long to be read."""
        line = _Line()
        try:
            return self._do(line, text)
        except Invalid as error:
            said = self._speak(line)
            found = [{"field": one.path, "message": said(one.text, **one.args)} for one in error.found]
            return {"id": line.id, "status": "invalid", "problems": found}
        except Refused as error:
            return self._refused(line, *error.reasons)
        except DatabaseBusy:
            return self._refused(line, BUSY())
        except (IntegrityError, DataError):
            return self._refused(line, DATABASE_REFUSED())
        except DBAPIError:
            return self._refused(line, DATABASE_FAILED())

    def _do(self, line: _Line, text: bytes | None) -> Answer:
        line.given = _read(text)
        line.id = _id(line.given)
        kind = _command(line.given)
        terminal = _terminal(line.given, self._terminal)
        badge, pin = _text(line.given, "badge"), _text(line.given, "pin")
        actor, signature = self._pins.sign(badge, pin)
        line.language = actor.language
        command = _build(kind, line.given)
        done = perform(
            self._db, command, actor.id, terminal, signature=signature, command_id=line.id, clock=self._clock
        )
        return {
            "id": line.id,
            "status": "done",
            "number": done.number,
            "outcome": done.outcome,
            "repeated": done.repeated,
            "story": self._story(line, command, done, actor),
        }

    def _story(self, line: _Line, command: Command, done: Done, actor: Actor) -> str:
        text, args = sentence_of(command.name, payload_of(command), done.outcome, actor.name)
        return self._speak(line)(text, **args)

    def _refused(self, line: _Line, *reasons: Reason) -> Answer:
        said = self._speak(line)
        told = [{"rule": one.rule, "code": one.code, "message": said(one.kind.text, **one.args)} for one in reasons]
        return {"id": line.id, "status": "refused", "reasons": told}

    def _speak(self, line: _Line) -> Translator:
        return translator(self._language or line.language or self._fallback, self._zone)


def _read(text: bytes | None) -> dict[str, Any]:
    if text is None:
        raise Invalid(FieldProblem("", TOO_LONG))
    try:
        given = json.loads(text.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError as error:
        raise Invalid(FieldProblem("", TOO_DEEP)) from error
    except ValueError as error:
        raise Invalid(FieldProblem("", NOT_JSON)) from error
    if not isinstance(given, dict):
        raise Invalid(FieldProblem("", NOT_OBJECT))
    for name, value in given.items():
        _require_sound(name, name, 0)
        _require_sound(name, value, 0)
    return given


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one that says a thing twice is refused, since nobody knows which was meant."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Invalid(FieldProblem(name, TWICE))
        found[name] = value
    return found


def _no_number(text: str) -> Any:
    """NaN and Infinity are no JSON."""
    raise ValueError(text)


def _require_sound(name: str, value: object, depth: int) -> None:
    if depth > _DEEPEST:
        raise Invalid(FieldProblem(name, TOO_DEEP))
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise Invalid(FieldProblem(name, BROKEN_TEXT)) from error
    elif isinstance(value, Mapping):
        for key, one in value.items():
            _require_sound(name, key, depth + 1)
            _require_sound(name, one, depth + 1)
    elif isinstance(value, list):
        for one in value:
            _require_sound(name, one, depth + 1)


def _id(given: Mapping[str, Any]) -> str:
    value = given.get("id")
    if value is None:
        return str(uuid4())
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Invalid(FieldProblem("id", BAD_ID))
    return value


def _command(given: Mapping[str, Any]) -> type[Command]:
    kind = commands().get(_text(given, "command"))
    if kind is None:
        raise Invalid(FieldProblem("command", NO_SUCH_COMMAND))
    return kind


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        raise Invalid(FieldProblem(name, NEEDED))
    if not isinstance(value, str):
        raise Invalid(FieldProblem(name, WRITE_TEXT))
    return value


def _terminal(given: Mapping[str, Any], otherwise: str) -> str:
    value = given.get("terminal")
    if value is None:
        return otherwise
    if not isinstance(value, str) or not 1 <= len(clean_line(value)) <= 60:
        raise Invalid(FieldProblem("terminal", BAD_TERMINAL))
    return clean_line(value)


def _build(kind: type[Command], given: Mapping[str, Any]) -> Command:
    more = given.get("fields", {})
    if not isinstance(more, dict):
        raise Invalid(FieldProblem("fields", NOT_OBJECT))
    beside = {name: value for name, value in given.items() if name not in _OWN}
    if both := sorted(beside.keys() & more.keys()):
        raise Invalid(*(FieldProblem(name, TWICE) for name in both))
    try:
        return kind.model_validate(beside | more)
    except ValidationError as error:
        raise Invalid(*problems(error)) from error
