"""Files for spreadsheets: what people typed stays text, whatever it looks like."""

import csv
import html
import re
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshop.domain.reasons import Refused
from workshop.domain.text import clean
from workshop.queries.spreadsheets import Sheet, write_csv, write_excel

NASTY = ("=1+1", "+CMD|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "https://x.example", "{=1}", '备注 [/red] 🚗, "x"\n;')
SHEET = Sheet(
    "备注",
    ("text", "number", "at"),
    tuple((text, Decimal("-1.5"), datetime.fromisoformat("2026-03-02T09:00")) for text in NASTY),
)


def parts(file: Path) -> str:
    """Everything in an Excel file, as one text."""
    with ZipFile(file) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))


def test_excel_keeps_what_looks_like_a_formula_as_text(tmp_path: Path) -> None:
    write_excel([SHEET], tmp_path / "a.xlsx")
    told = parts(tmp_path / "a.xlsx")
    texts = [html.unescape(found) for found in re.findall(r"<t[^>]*>([^<]*)</t>", told)]
    assert "<f>" not in told
    assert set(NASTY) <= set(texts)
    assert len(re.findall(r"<v>-1.5</v>", told)) == len(NASTY)


def test_csv_marks_what_spreadsheets_would_take_for_a_formula_and_leaves_numbers_alone(tmp_path: Path) -> None:
    write_csv(SHEET, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    assert head == list(SHEET.head)
    assert [row[0].removeprefix("'") for row in rows] == list(NASTY)
    assert not any(row[0].startswith(("=", "+", "-", "@", "\t")) for row in rows)
    assert {tuple(row[1:]) for row in rows} == {("-1.5", "2026-03-02 09:00")}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.text(max_size=50).map(clean))
def test_any_text_that_the_shop_keeps_can_be_written(tmp_path: Path, text: str) -> None:
    sheet, table, book = Sheet("t", ("a",), ((text,),)), tmp_path / "x.csv", tmp_path / "x.xlsx"
    write_csv(sheet, table)
    write_excel([sheet], book)
    for file in (table, book):
        assert file.stat().st_size > 0
        file.unlink()


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("kept", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        write_csv(SHEET, file)
    assert refused.value.reasons[0].code == "file_exists"
    assert file.read_text(encoding="utf-8") == "kept"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        write_csv(SHEET, tmp_path / "none" / "a.csv")
    assert refused.value.reasons[0].code == "file_unwritable"


def test_without_the_extra_excel_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(Refused) as refused:
        write_excel([SHEET], tmp_path / "a.xlsx")
    assert refused.value.reasons[0].code == "no_excel"
    assert not (tmp_path / "a.xlsx").exists()
