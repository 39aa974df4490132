"""Floor 5: the door."""

import typer

app = typer.Typer(no_args_is_help=False, add_completion=False)


def main() -> None:
    """Run the program."""
    app()
