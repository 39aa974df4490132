"""Floor 5: the command line. Each command reads its options and calls its door; the doors do the work."""

import sys

from workshop.cli.acts import acts
from workshop.cli.help import Said
from workshop.cli.papers import papers
from workshop.cli.reading import reading
from workshop.cli.records import records
from workshop.cli.terminal import start, terminal

app = Said(name="workshop", add_completion=False, pretty_exceptions_enable=False)
app.callback(invoke_without_command=True)(start)
for part in (terminal, acts, reading, papers, records):
    app.add_typer(part)


def main() -> None:
    """Run the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    app()
