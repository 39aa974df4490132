"""`workshop import`: tables become commands, under the same rules as at a terminal; all of them, or none.

A dry run does everything and takes it back, so that it shows what the rules refuse too; each act runs in a savepoint of
its own, so that one bad line does not hide the others.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError
from sqlmodel import Session, col, select

from workshop.commands.areas import AddArea, PutCleaningPlan
from workshop.commands.base import Command, Outcome
from workshop.commands.calendar import PublishYear
from workshop.commands.catalogue import PutChecklist, PutFits, PutOperation, PutPart, PutUsualParts
from workshop.commands.invalid import FieldProblem, problems
from workshop.commands.people import AddPerson
from workshop.commands.perform import Clock, perform_in, utc_now
from workshop.commands.stock import ReceiveStock
from workshop.commands.tool_catalogue import AddTool, PutToolModel
from workshop.commands.vehicles import RegisterVehicle
from workshop.db.database import Database
from workshop.db.tables import Part, StockMovement
from workshop.domain.reasons import Refused
from workshop.domain.words import N_
from workshop.doors.lines import columns
from workshop.doors.sheets import LineProblem, Row, Sheet, SheetKind, read_sheet
from workshop.i18n import Translator

LINE = N_("line {line}")
WOULD_DO = N_("Lines: {rows}. Nothing is wrong, nothing was kept; import them with --go.")
KEPT = N_("Lines imported: {rows}.")
WRONG = N_("Problems: {problems}. Lines: {rows}. Nothing was kept.")
POSITION = N_("A position is a whole number, and no two lines of a checklist share one.")
_YES_NO: Final = {"是": "yes", "否": "no"}
_WASTE: Final = {"none": "no", "hazardous": "yes"}
_BETWEEN_ROLES: Final = re.compile(r"[;；,，、\s]+")


@dataclass(frozen=True, slots=True)
class Made:
    """What came of the act that a line (or a group of lines, by its first) asked for."""

    line: int
    command: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a table. `kept` is false after a dry run, and whenever there is a problem."""

    kind: SheetKind
    rows: int
    made: tuple[Made, ...]
    problems: tuple[LineProblem, ...]
    kept: bool = False


@dataclass(frozen=True, slots=True)
class _Act:
    """A command to be, from which rows it comes, and which column each of its fields comes from."""

    command: type[Command]
    given: Mapping[str, Any]
    rows: Sequence[Row]
    entries: str = ""  # the field that holds one entry a row, where rows are grouped
    columns: Mapping[str, str] = field(default_factory=dict)
    opening: bool = False  # opening stock: only for a part that never moved

    def place(self, problem: FieldProblem) -> LineProblem:
        """The field's problem, at its line and column."""
        name, *rest = problem.path.split(".")
        if name == self.entries and rest:
            return LineProblem(self.rows[int(rest[0])].line, ".".join(rest[1:]), problem.text, problem.args)
        return LineProblem(self.rows[0].line, self.columns.get(name, name), problem.text, problem.args)


class _TakenBack(Exception):
    """Ends the transaction of a dry run, or of an import with a problem."""


def run_import(
    db: Database, kind: SheetKind, data: bytes, actor_id: int, terminal: str, *, go: bool, clock: Clock = utc_now
) -> Report:
    """Import a CSV file in one writing transaction; without `go`, or with any problem, nothing is kept."""
    sheet = read_sheet(kind, data)
    report = Report(kind, len(sheet.rows), (), sheet.problems)
    try:
        with db.writing() as session:
            found = import_sheet(session, sheet, actor_id, terminal, clock())
            report = Report(kind, len(sheet.rows), found.made, found.problems, kept=go and not found.problems)
            if not report.kept:
                raise _TakenBack
    except _TakenBack:
        return report
    return report


def import_sheet(session: Session, sheet: Sheet, actor_id: int, terminal: str, now: datetime) -> Report:
    """Do what the rows ask for, within a writing transaction of the caller's; what is wrong is told, not raised."""
    found = import_rows(session, sheet.kind, sheet.rows, actor_id, terminal, now)
    return Report(sheet.kind, found.rows, found.made, tuple(sorted((*sheet.problems, *found.problems), key=_line)))


def import_rows(
    session: Session, kind: SheetKind, rows: Sequence[Row], actor_id: int, terminal: str, now: datetime
) -> Report:
    """The same for rows that are at hand. Whether to keep them in spite of a problem is the caller's choice."""
    made: list[Made] = []
    wrong: list[LineProblem] = []
    for act in _PLANS[kind](rows):
        if isinstance(act, LineProblem):
            wrong.append(act)
            continue
        if act.opening and _has_moved(session, act.given["part_no"]):
            continue
        line = act.rows[0].line
        try:
            command = act.command.model_validate(act.given)
            with session.begin_nested():
                done = perform_in(session, command, actor_id, terminal, now)
        except ValidationError as error:
            wrong += map(act.place, problems(error))
        except Refused as refused:
            wrong += (LineProblem(line, "", one.kind.text, one.args, one.rule) for one in refused.reasons)
        else:
            made.append(Made(line, command.name, done.outcome))
    return Report(kind, len(rows), tuple(made), tuple(sorted(wrong, key=_line)))


def _line(problem: LineProblem) -> int:
    return problem.line


def _has_moved(session: Session, part_no: str) -> bool:
    query = select(StockMovement.id).join(Part, col(Part.id) == col(StockMovement.part_id))
    return session.exec(query.where(col(Part.part_no) == part_no).limit(1)).first() is not None


def _given(row: Row, *left_out: str) -> dict[str, str]:
    """The cells that say something; an empty one stands for the default."""
    return {name: cell for name, cell in row.cells.items() if cell and name not in left_out}


def _grouped(rows: Iterable[Row], column: str) -> Iterator[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.cells[column], []).append(row)
    return iter(groups.items())


def _translated(given: dict[str, str], words: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: words.get(cell, cell) if name in names else cell for name, cell in given.items()}


def _people(rows: Sequence[Row]) -> Iterator[_Act]:
    for row in rows:
        given: dict[str, Any] = _given(row, "name", "roles")
        given["has_roles"] = [role for role in _BETWEEN_ROLES.split(row.cells["roles"]) if role]
        if row.cells["name"]:
            given["person"] = row.cells["name"]
        yield _Act(AddPerson, given, [row], columns={"person": "name", "has_roles": "roles"})


def _operations(rows: Sequence[Row]) -> Iterator[_Act]:
    marks = ("drip_pan", "hoist_watcher", "outside_covers", "inside_covers", "active")
    for row in rows:
        yield _Act(PutOperation, _translated(_given(row), _YES_NO, *marks), [row])


def _checklists(rows: Sequence[Row]) -> Iterator[_Act | LineProblem]:
    for checklist, group in _grouped(rows, "checklist"):
        positions = [_position(row, at) for at, row in enumerate(group, 1)]
        wrong = [at for at, position in enumerate(positions) if position is None or position in positions[:at]]
        yield from (LineProblem(group[at].line, "position", POSITION) for at in wrong)
        ordered = [row for _, row in sorted(zip(positions, group, strict=True), key=lambda one: one[0] or 0)]
        lines = [_translated(_given(row, "checklist", "position"), _YES_NO, "value_required") for row in ordered]
        yield _Act(PutChecklist, {"checklist": checklist, "lines": lines}, ordered, entries="lines")


def _position(row: Row, otherwise: int) -> int | None:
    text = row.cells.get("position")
    if text is None:
        return otherwise
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _parts(rows: Sequence[Row]) -> Iterator[_Act]:
    for row in rows:
        given = _translated(_given(row, "opening_stock"), _WASTE | _YES_NO, "waste")
        given = _translated(given, _YES_NO, "active")
        if "waste" in given:
            given["hazardous"] = given.pop("waste")
        yield _Act(PutPart, given, [row], columns={"hazardous": "waste"})
        if (opening := row.cells.get("opening_stock", "")) not in {"", "0"}:
            stock = {"part_no": row.cells["part_no"], "quantity": opening}
            yield _Act(ReceiveStock, stock, [row], columns={"quantity": "opening_stock"}, opening=True)


def _fits(rows: Sequence[Row]) -> Iterator[_Act]:
    for part_no, group in _grouped(rows, "part_no"):
        fits = [_given(row, "part_no") for row in group]
        yield _Act(PutFits, {"part_no": part_no, "fits": fits}, group, entries="fits")


def _usual_parts(rows: Sequence[Row]) -> Iterator[_Act]:
    for operation, group in _grouped(rows, "operation"):
        parts = [_given(row, "operation") for row in group]
        yield _Act(PutUsualParts, {"operation": operation, "parts": parts}, group, entries="parts")


def _calendar(rows: Sequence[Row]) -> Iterator[_Act]:
    """Whole years: the days of a year go together, and what was entered for it before goes."""
    years: dict[str, list[Row]] = {}
    for row in rows:
        years.setdefault(row.cells["day"][:4], []).append(row)
    for year, group in years.items():
        days = [_given(row) for row in group]
        yield _Act(PublishYear, {"year": year, "days": days}, group, entries="days", columns={"year": "day"})


def _cleaning_plans(rows: Sequence[Row]) -> Iterator[_Act]:
    for plan, group in _grouped(rows, "plan"):
        lines = [_given(row, "plan") for row in group]
        yield _Act(PutCleaningPlan, {"plan": plan, "lines": lines}, group, entries="lines")


def _areas(rows: Sequence[Row]) -> Iterator[_Act]:
    for row in rows:
        given = _given(row, "name") | {"area_name": row.cells["name"]}
        yield _Act(AddArea, given, [row], columns={"area_name": "name"})


def _tools(rows: Sequence[Row]) -> Iterator[_Act]:
    return (_Act(PutToolModel, _translated(_given(row), _YES_NO, "active"), [row]) for row in rows)


def _each(command: type[Command]) -> Callable[[Sequence[Row]], Iterator[_Act]]:
    return lambda rows: (_Act(command, _given(row), [row]) for row in rows)


_PLANS: Final[Mapping[SheetKind, Callable[[Sequence[Row]], Iterable[_Act | LineProblem]]]] = {
    SheetKind.PEOPLE: _people,
    SheetKind.OPERATIONS: _operations,
    SheetKind.CHECKLISTS: _checklists,
    SheetKind.PARTS: _parts,
    SheetKind.FITS: _fits,
    SheetKind.USUAL_PARTS: _usual_parts,
    SheetKind.STOCK: _each(ReceiveStock),
    SheetKind.VEHICLES: _each(RegisterVehicle),
    SheetKind.CALENDAR: _calendar,
    SheetKind.CLEANING_PLANS: _cleaning_plans,
    SheetKind.TOOLS: _tools,
    SheetKind.PIECES: _each(AddTool),
    SheetKind.AREAS: _areas,
}


def told_report(report: Report, said: Translator) -> Iterator[str]:
    """The report for people, as lines: what is wrong by line and column, new badges, and what became of it all."""
    rows = [(said(LINE, line=one.line), one.column, _told_problem(one, said)) for one in report.problems]
    yield from columns(rows)
    badges = [(said(LINE, line=one.line), str(one.outcome["badge"]), str(one.outcome["name"])) for one in _new(report)]
    if report.kept:
        yield from columns(badges)
    ending = KEPT if report.kept else WRONG if report.problems else WOULD_DO
    yield said(ending, rows=report.rows, problems=len(report.problems))


def _new(report: Report) -> list[Made]:
    """The people who were entered: their badges are given here."""
    return [one for one in report.made if one.command == AddPerson.name]


def _told_problem(problem: LineProblem, said: Translator) -> str:
    told = said(problem.text, **problem.args)
    return told if problem.rule == "-" else f"{problem.rule}  {told}"
