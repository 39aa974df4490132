"""Brings the Chinese catalogue up to date with the source: `uv run --no-sync python tests/support/strings.py`.

Every string marked N_ and the help text of every command and screen is in the catalogue; what is no longer said goes.
The new ones are then translated by hand. The compiled catalogue is made when the package is built (`uv sync`).
"""

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from pkgutil import walk_packages

import typer
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import workshop
from workshop import tui
from workshop.cli import app
from workshop.cli.help import texts
from workshop.commands.base import commands
from workshop.commands.help import help_text
from workshop.tui.spoken import Spoken

SOURCE = Path(workshop.__file__).parent
CATALOGUE = SOURCE / "locale" / "zh_CN" / "LC_MESSAGES" / "workshop.po"
HEADER = rb"""# Simplified Chinese, as people in a 4S workshop speak. Kept by tests/support/strings.py.
msgid ""
msgstr ""
"Language: zh_CN\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""


def said() -> set[str]:
    """Every source string that the program can say."""
    marked = extract_from_dir(SOURCE, method_map=[("**.py", "python")], keywords={"N_": None})
    helped = (*commands().values(), *screens())
    doors = set(texts(typer.main.get_command(app)))
    return {str(message) for _, _, message, _, _ in marked} | {str(help_text(one)) for one in helped} | doors


def screens() -> list[type]:
    """Every screen that can be looked at."""
    for module in walk_packages(tui.__path__, "workshop.tui."):
        import_module(module.name)
    return [one for one in _below(Spoken) if not one.__subclasses__()]


def read() -> Catalog:
    """The Chinese catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def updated() -> Catalog:
    """The catalogue with what is new, its translation not guessed, and without what is gone."""
    catalogue, template = read(), Catalog()
    for text in said():
        template.add(text)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The catalogue as its file: no dates, and one line for each string, so that changes can be read."""
    file = BytesIO()
    write_po(file, catalogue, width=0, sort_output=True, omit_header=True)
    return HEADER + file.getvalue()


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


if __name__ == "__main__":
    chinese = updated()
    CATALOGUE.write_bytes(written(chinese))
    missing = [str(one.id) for one in chinese if one.id and not one.string]
    print(f"{len(chinese)} strings, {len(missing)} without a translation", *missing, sep="\n")
