"""Tables out and in again: what is exported as CSV or Excel is imported without a change."""

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from support.one_order import drive
from support.shop import SmallShop

from workshop.commands.perform import load_actor, utc_now
from workshop.domain.reasons import Refused
from workshop.doors.exporting import export
from workshop.doors.importing import run_import
from workshop.doors.sheets import ExportKind, SheetKind, read_sheet
from workshop.doors.workbooks import NOT_EXCEL
from workshop.i18n import translator
from workshop.queries.spreadsheets import Sheet, write_csv, write_excel

SAID = translator("en")


def write(shop: SmallShop, kind: str, file: Path, who: str = "manager") -> str:
    """Export a table as somebody."""
    with shop.db.reading() as session:
        reader = load_actor(session, shop.people[who].id)
        return export(session, ExportKind(kind), reader, file, SAID, utc_now())


@pytest.mark.parametrize("kind", [SheetKind.PARTS, SheetKind.OPERATIONS])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_catalogue_comes_back_as_it_went_out(shop: SmallShop, kind: SheetKind, ending: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"first.{ending}", tmp_path / f"second.{ending}"
    rows = write(shop, kind.value, first).split()[-1]
    report = run_import(shop.db, kind, first.read_bytes(), shop.people["manager"].id, "bench", go=True)
    assert (report.problems, report.kept, str(report.rows)) == ((), True, rows)
    write(shop, kind.value, second)
    assert [row.cells for row in read_sheet(kind, first.read_bytes()).rows] == [
        row.cells for row in read_sheet(kind, second.read_bytes()).rows
    ]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "'=1+1", "'tis a name", "+x", "''-1"])
def test_a_name_like_a_formula_goes_out_guarded_and_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    write_csv(Sheet("stock", ("part_no", "quantity"), ((name, 1),)), file)
    cell = next(csv.reader(file.read_text("utf-8-sig").splitlines()[1:]))[0]
    assert not cell.startswith(("=", "+", "-", "@"))
    assert [row.cells["part_no"] for row in read_sheet(SheetKind.STOCK, file.read_bytes()).rows] == [name]


def test_orders_are_written_with_sums_and_without_formulas(shop: SmallShop, tmp_path: Path) -> None:
    number = drive(shop)
    file = tmp_path / "orders.xlsx"
    write(shop, "orders", file)
    head, row = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    told = dict(zip(head, row, strict=True))
    assert (told["number"], told["plate"], told["stage"]) == (number, "粤B12345", "delivered")
    assert told["total"] == told["labour"] + told["parts"] == 165.0


def test_stock_is_written_with_its_value_and_is_no_import(shop: SmallShop, tmp_path: Path) -> None:
    file = tmp_path / "stock.csv"
    write(shop, "stock", file, "clerk")
    text = file.read_text(encoding="utf-8-sig")
    assert "PAD,制动片,Brake pad,40,pc,88.80,3552.00" in text
    assert run_import(shop.db, SheetKind.STOCK, file.read_bytes(), 1, "bench", go=True).problems


@pytest.mark.parametrize("who", ["technician", "inspector", "keeper"])
def test_customers_are_not_taken_away_by_everybody(shop: SmallShop, who: str, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write(shop, "orders", tmp_path / "x.csv", who)
    assert list(tmp_path.iterdir()) == [tmp_path / "shop.db"] or not (tmp_path / "x.csv").exists()


def test_a_cell_of_excel_is_read_as_people_see_it(tmp_path: Path) -> None:
    file = tmp_path / "stock.xlsx"
    rows = (("PAD", 3, ""), ("00123", 4, "=1+1"), ("", None, ""), ("BULB", 2, None))
    write_excel([Sheet("stock", ("part_no", "quantity", "note"), rows)], file)
    read = read_sheet(SheetKind.STOCK, file.read_bytes())
    assert read.problems == ()
    assert [(row.line, *row.cells.values()) for row in read.rows] == [
        (2, "PAD", "3", ""),
        (3, "00123", "4", "=1+1"),
        (5, "BULB", "2", ""),
    ]


@pytest.mark.parametrize("rest", [b"", b"garbage" * 100])
def test_what_only_looks_like_excel_is_told(rest: bytes) -> None:
    read = read_sheet(SheetKind.STOCK, b"PK\x03\x04" + rest)
    assert [one.text for one in read.problems] == [NOT_EXCEL]
