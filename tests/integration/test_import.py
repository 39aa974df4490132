"""`workshop import`: tables become commands, all of them or none, on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.shop import SmallShop

from workshop.commands.perform import utc_now
from workshop.db import ledger
from workshop.db.invariants import check
from workshop.db.tables import ChecklistLine, LedgerHead, Operation, OperationPart, Part, PartFit, Person, PersonRole
from workshop.doors.importing import Report, import_rows, run_import, told_report
from workshop.doors.sheets import COLUMNS, NOT_COMMAS, SheetKind, read_sheet
from workshop.i18n import translator
from workshop.queries.cleaning_watch import areas_in_use
from workshop.queries.shop import staff
from workshop.queries.tools import tool

DATA = Path(__file__).parents[2] / "data"
FILES = {
    SheetKind.CHECKLISTS: "checklists",
    SheetKind.OPERATIONS: "operations",
    SheetKind.PARTS: "parts",
    SheetKind.FITS: "fits",
    SheetKind.USUAL_PARTS: "operation_parts",
    SheetKind.TOOLS: "tools",
    SheetKind.CALENDAR: "calendar",
    SheetKind.CLEANING_PLANS: "cleaning_plan",
}


def _import(
    shop: SmallShop, kind: SheetKind, text: str | bytes, *, go: bool = True, who: str = "all_rounder"
) -> Report:
    data = text.encode() if isinstance(text, str) else text
    return run_import(shop.db, kind, data, shop.people[who].id, "desk", go=go)


def _count(shop: SmallShop, table: type) -> int:
    with shop.db.reading() as session:
        return int(session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def _head(shop: SmallShop) -> tuple[int, str]:
    with shop.db.reading() as session:
        head = session.get_one(LedgerHead, 1)
        return head.number, head.hash


def _places(report: Report) -> list[tuple[int, str]]:
    return [(one.line, one.column) for one in report.problems]


def test_the_catalogues_of_the_repository_are_imported_whole(shop: SmallShop) -> None:
    for kind, name in FILES.items():
        data = (DATA / f"{name}.csv").read_bytes()
        dry, real = _import(shop, kind, data, go=False), _import(shop, kind, data)
        assert (dry.problems, dry.kept) == ((), False)
        assert (real.problems, real.kept, real.rows) == ((), True, data.count(b"\n") - 1)
    assert _count(shop, Operation) >= 48
    assert _count(shop, Part) >= 146
    assert _count(shop, PartFit) >= 217
    assert _count(shop, OperationPart) == 184
    assert _count(shop, ChecklistLine) >= 247
    with shop.db.reading() as session:
        assert ledger.verify(session) is None
        assert check(session) == []


def test_pieces_come_with_their_cart_and_their_calibration(shop: SmallShop) -> None:
    lately = utc_now().date() - timedelta(days=9)
    lines = (f"TORQUE,1号工具车,SN-1,{lately},市计量院", "RATCHET,正时套件,,,", "TORQUE,,SN-2,,")
    report = _import(shop, SheetKind.PIECES, "tool_code,home,serial_no,serviced_on,serviced_by\n" + "\n".join(lines))
    assert (report.problems, report.kept) == ((), True)
    with shop.db.reading() as session:
        found = [tool(session, str(one.outcome["number"]), lately + timedelta(days=9)) for one in report.made]
        assert check(session) == []
    assert [(one.cart, one.home, one.overdue) for one in found if one] == [
        ("1号工具车", "1号工具车", False),
        ("正时套件", "正时套件", False),
        ("", "", True),
    ]


def test_pieces_of_a_cart_or_kind_that_nobody_knows_are_told_by_their_line(shop: SmallShop) -> None:
    text = "tool_code,home,serviced_on,serviced_by\nRATCHET,9号工具车,,\nNONE,,,\nRATCHET,,2026-01-05,\n"
    report = _import(shop, SheetKind.PIECES, text)
    assert ([one.line for one in report.problems], report.kept) == ([2, 3, 4], False)


def test_areas_come_with_their_plan_team_and_owner(shop: SmallShop) -> None:
    badge = shop.badge("keeper")
    report = _import(shop, SheetKind.AREAS, f"name,plan,team,owner\n工具室,bay,,{badge}\n钣喷区,bay,二组,\n")
    assert report.kept
    with shop.db.reading() as session:
        found = {area.name: area.whose for area in areas_in_use(session, utc_now())}
    assert (found["工具室"], found["钣喷区"]) == ("卫工具", "二组")


def test_a_calendar_with_a_wrong_day_is_told_by_its_cell(shop: SmallShop) -> None:
    text = "day,kind\n2027-01-01,holiday\n2027-02-30,holiday\n2027-03-01,party\nsoon,holiday\n"
    report = _import(shop, SheetKind.CALENDAR, text)
    assert _places(report) == [(3, "day"), (4, "kind"), (5, "day"), (5, "day"), (5, "days")]


def test_a_dry_run_keeps_nothing(shop: SmallShop) -> None:
    before = _head(shop)
    report = _import(shop, SheetKind.STOCK, "part_no,quantity\nPAD,5\n", go=False)
    assert (len(report.made), report.problems, report.kept) == (1, (), False)
    assert _head(shop) == before


def test_one_bad_line_leaves_nothing_and_every_bad_line_is_told(shop: SmallShop) -> None:
    before = _head(shop)
    text = "part_no,quantity,note\nPAD,5,\nNONE,5,\nPAD,many,\nPAD,0,\nFILTER,3,ok\n"
    report = _import(shop, SheetKind.STOCK, text)
    assert not report.kept
    assert _places(report) == [(3, ""), (4, "quantity"), (5, "quantity")]
    assert _head(shop) == before


def test_what_the_rules_refuse_is_told_with_the_rule(shop: SmallShop) -> None:
    report = _import(
        shop,
        SheetKind.VEHICLES,
        "vin,make,model,customer,phone,plate\nLSVAA4187E2999999,Volkswagen,Lavida,周先生,13800000000,粤B12345\n",
    )
    assert [(one.line, one.rule) for one in report.problems] == [(2, "W1")]
    assert "粤B12345" in "\n".join(told_report(report, translator("en")))


def test_a_person_without_the_role_imports_nothing(shop: SmallShop) -> None:
    report = _import(shop, SheetKind.STOCK, "part_no,quantity\nPAD,5\n", who="technician")
    assert not report.kept
    assert "parts clerk" in "\n".join(told_report(report, translator("en")))


def test_people_get_badges_roles_and_a_team(shop: SmallShop) -> None:
    text = "name,roles,pin,team,language\n=黄工,technician;team_leader,4826,一组,en\n何文,advisor、inspector,4826,,\n"
    report = _import(shop, SheetKind.PEOPLE, text)
    assert report.kept
    with shop.db.reading() as session:
        new = {person.name: person for person in staff(session)}
    assert new["=黄工"].team == "一组"
    assert {role.value for role in new["何文"].roles} == {"advisor", "inspector"}
    told = "\n".join(told_report(report, translator("en")))
    assert new["何文"].badge in told
    assert "4826" not in told


def test_people_with_wrong_cells_are_told_cell_by_cell(shop: SmallShop) -> None:
    before = _count(shop, Person), _count(shop, PersonRole)
    report = _import(shop, SheetKind.PEOPLE, "name,roles,pin,team\n,boss,1234,\n黄工,technician,4826,九组\n")
    assert list(dict.fromkeys(_places(report))) == [(2, "name"), (2, "roles"), (2, "pin"), (3, "")]
    assert "1234" not in "\n".join(told_report(report, translator("en")))
    assert (_count(shop, Person), _count(shop, PersonRole)) == before


def test_lines_of_a_checklist_go_together_by_position(shop: SmallShop) -> None:
    text = (
        "checklist,position,text_zh,text_en,unit,low,high,value_required\n"
        "tyres,2,胎压,Pressure,bar,2.2,2.8,是\ntyres,1,外观,Looks,,,,no\n"
    )
    assert _import(shop, SheetKind.CHECKLISTS, text).kept
    with shop.db.reading() as session:
        lines = session.execute(
            sa.select(ChecklistLine.text_en, ChecklistLine.value_required)
            .where(sa.column("checklist") == "tyres")
            .order_by(sa.column("position"))
        ).all()
    assert [tuple(line) for line in lines] == [("Looks", False), ("Pressure", True)]


def test_a_wrong_line_of_a_checklist_is_told_at_its_own_line(shop: SmallShop) -> None:
    text = (
        "checklist,position,text_zh,text_en,unit,low,high,value_required\n"
        "a,1,好,Good,,,,\n"
        "a,2,反,Crossed,mm,5,3,yes\n"
        "b,1,空,,,,,\n"
        "b,1,又,Again,,,,\n"
        "b,x,怪,Strange,mm,low,,maybe\n"
    )
    report = _import(shop, SheetKind.CHECKLISTS, text)
    assert sorted(_places(report)) == [
        (3, ""),
        (4, "text_en"),
        (5, "position"),
        (6, "low"),
        (6, "position"),
        (6, "value_required"),
    ]


def test_opening_stock_counts_once(shop: SmallShop) -> None:
    text = (
        "part_no,name_zh,name_en,old_part,waste,unit,price,opening_stock\nNEW,新件,New,returnable,hazardous,pc,9.50,7\n"
    )
    assert [made.command for made in _import(shop, SheetKind.PARTS, text).made] == ["put-part", "receive-stock"]
    assert [made.command for made in _import(shop, SheetKind.PARTS, text).made] == ["put-part"]
    with shop.db.reading() as session:
        part = session.execute(sa.select(Part.hazardous, Part.price).where(Part.part_no == "NEW")).one()  # type: ignore[arg-type]
    assert (part.hazardous, str(part.price)) == (True, "9.50")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    text = "name,roles,pin\r\n王小明,technician,4826\r\n"
    sheet = read_sheet(SheetKind.PEOPLE, text.encode(encoding))
    assert sheet.problems == ()
    assert [(row.line, row.cells["name"]) for row in sheet.rows] == [(2, "王小明")]


def test_a_file_with_semicolons_is_told_so_and_nothing_else() -> None:
    for sign in (";", "\t"):
        sheet = read_sheet(SheetKind.STOCK, sign.join(("part_no", "quantity\nPAD", "1\n")).encode())
        assert [(one.line, one.text) for one in sheet.problems] == [(1, NOT_COMMAS)]


@pytest.mark.parametrize("cell", ["=1+1", "+8613800000000", "-5", "@SUM(A1)", "[/red]", "\u202eabc", "🚗"])
def test_cells_are_text_whatever_they_begin_with(cell: str) -> None:
    sheet = read_sheet(SheetKind.STOCK, f"part_no,quantity\n{cell},1\n".encode())
    assert [row.cells["part_no"] for row in sheet.rows] == [cell]


@pytest.mark.parametrize(
    ("data", "places"),
    [
        (b"", [(1, "")]),
        (b"part_no,quantity\n", [(1, "")]),
        (b"part_no\nPAD\n", [(1, "quantity")]),
        (b"part_no,quantity,colour\nPAD,1,red\n", [(1, "colour")]),
        (b"part_no,quantity,quantity\nPAD,1,1\n", [(1, "quantity")]),
        (b"part_no,quantity\nPAD\nPAD,1,2\nPAD,1\n", [(2, ""), (3, "")]),
        (b'part_no,quantity\n"PAD,1\n', [(2, "")]),
        (b"part_no,quantity\nPAD," + b"9" * 200_000 + b"\n", [(2, "")]),
        (b"\xff\xff\xff", [(1, "")]),
        (b'part_no,quantity,note\nPAD,1,"two\nlines"\nPAD\n', [(4, "")]),
    ],
)
def test_a_file_that_is_no_such_table_is_told_by_line_and_column(data: bytes, places: list[tuple[int, str]]) -> None:
    assert [(one.line, one.column) for one in read_sheet(SheetKind.STOCK, data).problems] == places


def test_what_names_a_row_stands_in_a_file_once() -> None:
    head = "vin,make,model,customer,phone\n"
    line = "LSVAA4187E2123450,Volkswagen,Lavida,周,13800000000\n"
    assert [one.line for one in read_sheet(SheetKind.VEHICLES, (head + line * 2).encode()).problems] == [3]


def test_every_kind_of_table_has_its_columns_and_its_plan(shop: SmallShop) -> None:
    for kind in SheetKind:
        assert COLUMNS[kind]
        with shop.db.writing() as session:
            assert import_rows(session, kind, [], shop.people["admin"].id, "desk", utc_now()).made == ()
