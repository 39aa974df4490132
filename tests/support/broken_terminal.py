"""The terminal with a form that is broken: it falls over a code of a kind that it does not ask for."""

from workshop.cli import main
from workshop.tui.forms.dialog import FormDialog


def _fall(_form: FormDialog, text: str) -> None:
    raise RuntimeError(text)


if __name__ == "__main__":
    FormDialog.tell_scan = _fall  # type: ignore[method-assign]
    main()
