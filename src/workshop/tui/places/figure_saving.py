"""Saving the figures as a file in the person's own documents folder."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from platformdirs import user_documents_path

from workshop.domain.reasons import Refused
from workshop.domain.words import N_, Labelled
from workshop.i18n import Translator
from workshop.queries.figures import Report
from workshop.queries.figures.sheets import case_sheet, figure_sheet
from workshop.queries.spreadsheets import FILE_UNWRITABLE, write_csv, write_excel


class Form(Labelled):
    """What the figures can be saved as."""

    EXCEL = "excel", N_("Excel: the figures, and what they are made of")
    CSV = "csv", N_("CSV: the figures")
    CASES = "cases", N_("CSV: what the figures are made of")


def save(report: Report, form: Form, t: Translator, folder: Path | None = None) -> Path:
    """Save the figures under a name of their own; where they are now. Blocks; `Refused` if it cannot be done."""
    folder = folder or user_documents_path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(FILE_UNWRITABLE(file=str(folder), detail=error.strerror or str(error))) from error
    file = next(one for one in _names(folder, report, form) if not one.exists())
    if form is Form.EXCEL:
        write_excel([figure_sheet(report, t), case_sheet(report, t)], file)
    else:
        write_csv(case_sheet(report, t) if form is Form.CASES else figure_sheet(report, t), file)
    return file


def _names(folder: Path, report: Report, form: Form) -> Iterator[Path]:
    end = "xlsx" if form is Form.EXCEL else "csv"
    of = "cases" if form is Form.CASES else "figures"
    name = f"workshop-{of}-{report.period.first}-{report.period.last}"
    yield folder / f"{name}.{end}"
    yield from (folder / f"{name}-{number}.{end}" for number in count(2))
