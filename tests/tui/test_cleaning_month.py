"""The month of an area at a glance, on the two weeks with the holidays (W10)."""

from functools import partial

import pytest
from rich.cells import cell_len
from sqlmodel import select
from support.cleaning_week import DAYS, Fortnight, at
from textual.widgets import Static
from tui.conftest import Settings, Terminal, watched

from workshop.commands.perform import load_actor
from workshop.db.cleaning_facts import load_areas
from workshop.db.tables import PersonRole
from workshop.domain.roles import Role
from workshop.tui.app import WorkshopApp
from workshop.tui.gateway import Gateway
from workshop.tui.month_grid import MonthGrid
from workshop.tui.places.cleaning_month import CleaningMonth


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_the_month_view_shows_walls_and_windows_under_their_days(fortnight: Fortnight) -> None:
    with fortnight.db.reading() as session:
        number = next(area.number for area in load_areas(session) if area.name == "2号工位")
        manager = session.exec(select(PersonRole.person_id).where(PersonRole.role == Role.MANAGER).limit(1)).one()
        person = load_actor(session, manager)
    make = partial(WorkshopApp, now=lambda: at(DAYS[-1], 20))
    app, doors = watched(make, Settings(language="zh_CN"), str(fortnight.db.url))
    async with app.run_test(size=(80, 24)) as pilot:
        terminal = Terminal(app, pilot, None)
        await terminal.until(lambda: app.door is not None, "the records are open")
        await app.admit(Gateway(doors[0], person))
        page = CleaningMonth(app.gateway, number)  # type: ignore[arg-type]
        await app.push_screen(page)
        shown = {}
        for title, keys in (("2026-10", ()), ("2026-09", ("pageup",))):
            await terminal.press(*keys)
            await terminal.until(lambda title=title: title in str(page.query_one("#title", Static).render()), title)  # type: ignore[misc]
            shown[title] = page.query_one(MonthGrid).render().plain.splitlines()
        app.exit()
    doors[0].close()
    september, october = boxes(shown["2026-09"]), boxes(shown["2026-10"])
    assert "墙窗" in september[30]
    assert "漏做" in september[29]
    assert [day for day in range(1, 12) if "墙窗" in october[day]] == [9]
    assert [day for day in range(1, 12) if "周洗" in october[day]] == [10]
    assert [day for day in range(1, 12) if "国庆节" in october[day]] == list(range(1, 8))
    assert [day for day in range(1, 12) if "完成" in october[day]] == [8, 9, 10]
    assert "调休" in october[10]


def boxes(lines: list[str]) -> dict[int, str]:
    """What stands in each box of a month of five weeks, by its number; columns are cut by cells."""
    height = (len(lines) - 1) // 5
    found = {}
    for top in range(1, len(lines), height):
        for column in zip(*(_columns(line) for line in lines[top : top + height]), strict=True):
            if column[0].strip():
                number, *rest = column[0].split()
                found[int(number)] = " ".join([*rest, *column[1:]])
    return found


def _columns(line: str) -> list[str]:
    """A line in seven columns of eleven cells."""
    columns = [""]
    for sign in line:
        if cell_len(columns[-1]) == 80 // 7:
            columns.append("")
        columns[-1] += sign
    return columns
