"""The program speaks Chinese throughout: every word that it can say is in the catalogue, translated whole."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from pkgutil import walk_packages
from string import Formatter
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from support import strings

import workshop
from workshop.commands.base import Command, commands
from workshop.commands.help import help_text
from workshop.domain.words import N_, Labelled, Message, Name, told, told_at
from workshop.i18n import LANGUAGES, Translator, money, translator

CATALOGUE = {str(one.id): one for one in strings.read() if one.id}
CHINESE = {text: str(one.string) for text, one in CATALOGUE.items()}
COMMANDS = list(commands().values())

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
PLACEHOLDER = re.compile(r"\{\w+\}")
# What is written in Latin letters in a Chinese workshop too: names, keys, file formats, what is typed as it stands.
LATIN = re.compile(
    r"""
      VIN | PIN | CSV | Excel | JSON | UTF-8 | GB18030 | SQLite | PostgreSQL | Workshop
    | Enter | Esc | Tab | Delete | F\d+ | W\d+[a-c]? | S\d
    | \b(dark|light|contrast|lines|ascii|workshop\ keys)\b
    | WJ | 粤Z | \b[AIKOQSVX]\b | \+2h | \bDC\b | \bkg\b | MΩ | READY
    | `[^`]*` | \bworkshop(\ (--help|db\ upgrade|demo))?\b | --go | --reset
    | \b(command|id|badge|pin|terminal|fields)\b | --to\b | \.(csv|xlsx|svg|png)\b | 4S
    | \b(fits|checklists|usual-parts|yes|no)\b
    | gloves;goggles | Asia/Shanghai | zh_CN | \ben\b
    | pip\ install\ 'workshop\[postgres\]' | sqlite:////folder/file\.db | postgresql://user@host/name
    | \d{4}-\d\d-\d\dT\d\d:\d\d\+\d\d:\d\d
    """,
    re.VERBOSE,
)


def fields(text: str) -> set[str]:
    """The placeholders of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def models(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and the models of its entries."""
    yield kind
    for info in kind.model_fields.values():
        yield from (inner for one in _inside(info.annotation) for inner in models(one))


def _inside(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for one in get_args(kind):
        yield from _inside(one)


def enumerations() -> list[type[Labelled]]:
    """Every enumeration of the program whose members carry words."""
    for module in walk_packages(workshop.__path__, "workshop."):
        if not module.name.startswith(("workshop.db.migrations", "workshop.__main__")):
            import_module(module.name)
    return Labelled.__subclasses__()


def test_the_catalogue_holds_exactly_what_the_program_says() -> None:
    stale = "run `uv run --no-sync python tests/support/strings.py`, then translate what is new"
    assert set(CATALOGUE) == strings.said(), stale


def test_the_catalogue_is_written_as_the_tool_writes_it() -> None:
    before = strings.CATALOGUE.read_bytes()
    assert strings.written(strings.updated()) == before


def test_nothing_in_the_catalogue_is_obsolete() -> None:
    assert not strings.read().obsolete


def test_every_string_is_translated() -> None:
    assert [text for text, chinese in CHINESE.items() if not chinese or CATALOGUE[text].fuzzy] == []


def test_every_translation_takes_the_same_arguments() -> None:
    assert [chinese for text, chinese in CHINESE.items() if fields(chinese) != fields(text)] == []


def test_no_translation_has_english_left() -> None:
    said = {chinese: LATIN.sub("", PLACEHOLDER.sub("", chinese)) for chinese in CHINESE.values()}
    assert [chinese for chinese, rest in said.items() if re.search("[A-Za-z]", rest)] == []


def test_every_translation_has_chinese_punctuation() -> None:
    mixed = re.compile(r"[\u4e00-\u9fff}] ?[,;:?!]|[\u4e00-\u9fff]\.")
    open_end = [text for text, chinese in CHINESE.items() if text.endswith(".") and not chinese.endswith(("。", "}"))]
    assert [chinese for chinese in CHINESE.values() if mixed.search(chinese)] == []
    assert open_end == []


def test_every_word_of_every_enumeration_is_marked_and_translated() -> None:
    labels = [member.label for kind in enumerations() for member in kind]
    assert labels
    assert all(isinstance(label, Message) and CHINESE[label] for label in labels)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.name)
def test_a_command_is_told_in_words_of_the_catalogue(command: type[Command]) -> None:
    titles = [info.title for model in models(command) for info in model.model_fields.values()]
    words = [command.label, command.story, help_text(command), *titles]
    assert all(isinstance(word, Message) for word in words), words
    assert all(CHINESE[str(word)] for word in words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.name)
def test_the_story_of_a_command_is_a_sentence(command: type[Command], language: str) -> None:
    args = {name: f"<{name}>" for name in fields(command.story)}
    told = translator(language)(command.story, **args)
    assert all(value in told for value in args.values())
    assert told.startswith("<actor>")
    assert "{" not in told


def test_arguments_are_put_in_as_people_here_write_them() -> None:
    part = Name("制动片", "brake pad")
    story = commands()["fit-part"].story
    assert translator("zh_CN")(story, actor="李伟", quantity=2, part=part.as_json()) == "李伟装车：2 × 制动片。"
    assert translator("en")(story, actor="李伟", quantity=2, part=part.as_json()) == "李伟 fitted 2 × brake pad."


def test_what_the_ledger_keeps_is_told_in_the_language_and_zone_of_the_reader() -> None:
    kept = {"name": Name("机油", "oil").as_json(), "word": told(N_("it matches")), "at": told_at(NINE)}
    assert [translator("zh_CN").value(one) for one in kept.values()] == ["机油", "相符", "2026-11-23 17:00"]
    assert [translator("en", "UTC").value(one) for one in kept.values()] == ["oil", "it matches", "2026-11-23 09:00"]


def test_what_is_not_known_is_left_empty() -> None:
    assert translator("en")(Message("{one}, {two}"), one=None) == ", "


def test_durations_and_money_are_written_as_people_here_write_them() -> None:
    said = translator("zh_CN")
    assert (said.minutes(45), said.minutes(125)) == ("45 分钟", "2 小时 5 分钟")
    assert money(Decimal("1234.5")) == "¥1,234.50"


def test_a_language_that_is_not_known_is_english() -> None:
    assert Translator("fr").language == "en"
