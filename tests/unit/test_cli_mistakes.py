"""A command line that is not understood: what is wrong, what is perhaps meant, where to read on, in both languages."""

import pytest
from typer.testing import CliRunner

from workshop.cli import app

_ISOLATED = {"XDG_CONFIG_HOME": "/nonexistent", "WORKSHOP_CONFIG": None, "WORKSHOP_LANGUAGE": None}


def mistaken(*args: str) -> list[str]:
    """The lines that a mistaken command line is answered with."""
    ended = CliRunner().invoke(app, args, env=_ISOLATED)
    assert (ended.exit_code, ended.stdout) == (2, "")
    return ended.stderr.splitlines()


@pytest.mark.parametrize(
    ("line", "chinese", "english"),
    [
        ("boards", ["没有命令 boards。", "可能是 board。"], ["There is no command boards.", "Perhaps board is meant."]),
        (
            "db checks",
            ["没有命令 checks。", "可能是 check。"],
            ["There is no command checks.", "Perhaps check is meant."],
        ),
        ("board --onse", ["没有选项 --onse。", "可能是 --once。"], ["no option --onse.", "Perhaps --once is meant."]),
        ("board -q", ["没有选项 -q。"], ["There is no option -q."]),
        ("board --turn", ["--turn 后面须写出值。"], ["A value must stand behind --turn."]),
        (
            "board --turn 0",
            ["--turn 不能取这个值。", "N"],
            ["This value cannot stand for --turn.", "<N>"],
        ),
        ("figures --from x", ["--from 不能取这个值。", "YYYY-MM-DD"], ["cannot stand for --from.", "YYYY-MM-DD"]),
        ("print", ["缺少：paper", "old-part-tag"], ["This is missing: paper", "old-part-tag"]),
        ("print tag", ["paper 不能取这个值。", "old-part-tag"], ["cannot stand for paper.", "old-part-tag"]),
        ("code 1 2 3", ["多写了：2 3"], ["This is too much: 2 3"]),
    ],
)
def test_a_mistake_is_told_in_the_readers_language(line: str, chinese: list[str], english: list[str]) -> None:
    for language, words in (("zh_CN", chinese), ("en", english)):
        said = mistaken("--lang", language, *line.split())
        assert all(word in told for word, told in zip(words, said, strict=False)), said
        command = " ".join(["workshop", *line.split()[: 2 if line.startswith("db") else 1]])
        assert said[-1].endswith(" --help")
        assert command.removesuffix(" checks").removesuffix(" boards") in said[-1]


def test_a_mistake_before_the_command_is_told_in_the_language_of_the_settings() -> None:
    assert mistaken("--bogus") == ["没有选项 --bogus。", "用法见：workshop --help"]
    assert mistaken("--lang", "xx", "board")[0] == "--lang 不能取这个值。"


def test_an_option_that_the_settings_do_not_take_is_told_as_that_option() -> None:
    said = mistaken("--lang", "en", "--terminal", "x" * 61, "board", "--once")
    assert said == ["--terminal: terminal must be a name of at most 60 characters."]


def test_a_file_that_is_not_there_is_told_before_anything_is_opened() -> None:
    asked = ("import", "parts", "/nonexistent/parts.csv", "--badge", "1", "--pin", "1")
    assert mistaken("--lang", "en", *asked) == [
        "There is no file that can be read at /nonexistent/parts.csv. Look at its name."
    ]
