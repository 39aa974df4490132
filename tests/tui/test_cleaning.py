"""The cleaning screens: the evening on one screen, the month at a glance, who owes what; by keys."""

from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from sqlmodel import col, select
from support.shop import PIN, SmallShop

from workshop.commands.perform import utc_now
from workshop.db.custody import pieces
from workshop.db.tables import CleaningLine, CleaningList, Tool
from workshop.domain.roles import Role
from workshop.domain.tools import ToolPlace
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.pin import PinDialog
from workshop.tui.menu import Menu
from workshop.tui.places import PLACES
from workshop.tui.places.board import Board
from workshop.tui.places.cleaning import Cleaning, CleaningDay
from workshop.tui.places.cleaning_month import CleaningMonth
from workshop.tui.places.cleaning_watch import CleaningWatch
from workshop.tui.table import KeyedTable

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal

ZONE = ZoneInfo("Asia/Shanghai")
HOSTILE = "积水 [/red] {0} 🚗"


def today() -> date:
    """The shop's own day."""
    return utc_now().astimezone(ZONE).date()


def named(shop: SmallShop, area: str, moment: str, day: date | None = None) -> dict[str, object]:
    return {"area": shop.areas[area], "list_day": day or today(), "moment": moment}


def signed(shop: SmallShop) -> list[CleaningList]:
    with shop.db.reading() as session:
        return list(session.exec(select(CleaningList).where(col(CleaningList.signed_by_id).is_not(None))))


def place_number(place: str, role: Role) -> str:
    """The digit of a workplace in the menu of somebody in this role."""
    return str([one.id for one in PLACES if role in one.roles].index(place) + 1)


async def arrive(terminal: "Terminal", who: str, language: str = "en") -> None:
    """Somebody at the terminal, on the board."""
    assert terminal.shop is not None
    terminal.shop.do(who, "choose-language", language=language)
    await terminal.admit(who)
    await terminal.on(Board)


async def test_a_whole_evening_takes_one_screen_and_no_more_keys_than_lines_plus_ten(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    for tool in (
        tui_shop.tools[0],
        tui_shop.tools[4],
    ):  # the first belongs in the technician's cart, the other in the crib
        tui_shop.do("technician", "check-out-tool", tool=tool)
    tui_shop.do(
        "technician", "answer-cleaning-line", **named(tui_shop, "一组工位", "before_work"), position=1, done=True
    )
    tui_shop.do("technician", "sign-cleaning-list", **named(tui_shop, "一组工位", "before_work"))
    pressed: list[str] = []

    async with sit(size=(80, 24)) as terminal:
        await arrive(terminal, "technician")

        async def press(*keys: str) -> None:
            pressed.extend(keys)
            await terminal.press(*keys)

        await press("f3")
        await terminal.on(Menu)
        await press(place_number("cleaning", Role.TECHNICIAN))
        await terminal.on(Cleaning)
        screen = terminal.screen
        assert isinstance(screen, Cleaning)
        await terminal.until(lambda: len(screen._rows._asking) > 2, "tools and lines")
        lines = len(screen._rows._asking)
        for left in range(lines, 0, -1):
            await terminal.until(lambda left=left: len(screen._rows._asking) == left, f"{left} to answer")  # type: ignore[misc]
            table = screen.query_one(KeyedTable)
            await terminal.until(lambda table=table: table.current_key in screen._rows._asking, "on what asks")  # type: ignore[misc]
            await press("1")
        await terminal.until(lambda: not screen._rows._asking, "everything answered")
        await press("f6")
        await terminal.on(PinDialog)
        await press(*PIN, "enter")
        await terminal.on(Cleaning)
        await terminal.shows("Lists signed")

    assert len(pressed) <= lines + 10, pressed
    with tui_shop.db.reading() as session:
        found = pieces(session, col(Tool.number).in_((tui_shop.tools[0], tui_shop.tools[4])))
    assert {one.place for one in found.values()} == {ToolPlace.CART, ToolPlace.CRIB}
    assert {one.moment for one in signed(tui_shop)} >= {"before_work", "before_leaving"}
    with tui_shop.db.reading() as session:
        assert all(line.done for line in session.exec(select(CleaningLine)))


async def test_not_done_asks_for_the_reason_and_a_hostile_one_is_shown_as_it_is(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    async with sit(size=(100, 30)) as terminal:
        await arrive(terminal, "technician")
        await terminal.app.push_screen(Cleaning(terminal.app.gateway))
        await terminal.shows("Floor swept", "? 1 done  2 not done")
        await terminal.press("2")
        await terminal.on(FormDialog)
        await terminal.type(HOSTILE)
        await terminal.press("f12")
        await terminal.shows("[x] Floor swept", "[/red] {0}")


async def test_nothing_is_signed_before_every_line_is_answered(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit(size=(100, 30)) as terminal:
        await arrive(terminal, "technician")
        await terminal.app.push_screen(Cleaning(terminal.app.gateway))
        await terminal.shows("Floor swept")
        await terminal.press("f6")
        await terminal.shows("No list is ready to be signed")


async def test_the_last_one_out_opens_the_closing_list_and_says_why_others_are_open(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    for position in (1, 2):
        tui_shop.do(
            "clerk", "answer-cleaning-line", **named(tui_shop, "全车间", "closing"), position=position, done=True
        )
    async with sit(size=(100, 30)) as terminal:
        await arrive(terminal, "clerk")
        await terminal.app.push_screen(Cleaning(terminal.app.gateway))
        await terminal.shows("全车间  closing", "complete: F6 signs")
        await terminal.press("f6")
        await terminal.on(PinDialog)
        await terminal.press(*PIN, "enter")
        await terminal.on(FormDialog)
        await terminal.shows("why areas are still open")
        await terminal.press("tab")
        await terminal.type("二组外出救援")
        await terminal.press("f12")
        await terminal.on(PinDialog)
        await terminal.press(*PIN, "enter")
        await terminal.until(lambda: signed(tui_shop), "the closing list signed")
    assert [one.open_reason for one in signed(tui_shop)] == ["二组外出救援"]


async def test_a_team_leader_marks_signed_lists_and_countersigns_them_with_one_pin(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    for moment, positions in (("before_work", (1,)), ("before_leaving", (2, 3))):
        for position in positions:
            done = {"position": position, "done": position != 3, "reason": "" if position != 3 else "窗台够不到"}
            tui_shop.do("technician", "answer-cleaning-line", **named(tui_shop, "一组工位", moment), **done)
        tui_shop.do("technician", "sign-cleaning-list", **named(tui_shop, "一组工位", moment))
    async with sit(size=(100, 30)) as terminal:
        await arrive(terminal, "leader")
        await terminal.app.push_screen(Cleaning(terminal.app.gateway))
        await terminal.shows("? 1 marks it, F6 countersigns", "窗台够不到")
        screen = terminal.screen
        assert isinstance(screen, Cleaning)
        table = screen.query_one(KeyedTable)
        waiting = sorted(key for key in table.row_keys if key.startswith("second:") and key in screen._rows._asking)
        assert len(waiting) == 2
        for key in waiting:
            table.point_at(key)
            await terminal.settle()
            await terminal.press("1")
            await terminal.until(lambda key=key: key not in screen._rows._asking, "marked")  # type: ignore[misc]
        await terminal.press("f6")
        await terminal.on(PinDialog)
        await terminal.press(*PIN, "enter")
        await terminal.shows("Lists signed: 2")
    assert all(one.countersigned_by_id for one in signed(tui_shop))


async def test_the_month_is_a_calendar_in_cells_in_both_languages(sit: "Sit", tui_shop: SmallShop) -> None:
    day = date(2020, 10, 1)  # long before the area was there: its lists are neither missed nor to come
    holiday = {"calendar_day": day, "day_kind": "holiday", "name_zh": "国庆节", "name_en": "National Day"}
    tui_shop.do("manager", "put-calendar-day", **holiday)
    for language, words in (("en", ("Monday", "National", "no list")), ("zh_CN", ("星期一", "国庆节", "无"))):
        async with sit(size=(80, 24)) as terminal:
            await arrive(terminal, "technician", language)
            page = CleaningMonth(terminal.app.gateway, tui_shop.areas["一组工位"])
            page._day = day
            await terminal.app.push_screen(page)
            await terminal.shows("2020-10", *words)
            rows = terminal.text().splitlines()
            thursday = next(row for row in rows if words[0] in row).split("Thursday" if language == "en" else "星期四")[
                0
            ]
            first = next(row for row in rows if words[1] in row).split(words[1])[0]
            assert cell_len(first) == cell_len(thursday)  # the 1st of October 2020 stands under its weekday
            assert all(cell_len(row) <= 80 for row in rows)


async def test_a_day_of_the_month_opens_and_what_is_entered_there_later_is_marked(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    yesterday = today() - timedelta(days=1)
    before = utc_now() - timedelta(days=1)
    tui_shop.do("manager", "put-calendar-day", calendar_day=yesterday, day_kind="make_up")
    number = str(
        tui_shop.do("manager", "add-area", clock=lambda: before, area_name="钣喷区", plan="bay", team="一组")["number"]
    )
    with tui_shop.db.writing() as session:  # the plan was there yesterday too
        session.connection().exec_driver_sql(f"UPDATE cleaning_plan_line SET valid_from = '{yesterday}'")
    async with sit(size=(100, 30)) as terminal:
        await arrive(terminal, "technician")
        page = CleaningMonth(terminal.app.gateway, number)
        page._day = yesterday
        await terminal.app.push_screen(page)
        await terminal.shows("x missed")
        await terminal.press("enter")
        await terminal.on(CleaningDay)
        await terminal.shows("钣喷区  on arriving", "Floor swept")
        await terminal.press("1")
        await terminal.shows("entered late", "complete: F6 signs")
        await terminal.press("f6")
        await terminal.on(PinDialog)
        await terminal.press(*PIN, "enter")
        await terminal.on(FormDialog)
        await terminal.type("昨晚抢修")
        await terminal.press("f12")
        await terminal.on(PinDialog)
        await terminal.press(*PIN, "enter")
        await terminal.shows("done late")
    assert [(one.late, one.late_reason) for one in signed(tui_shop)] == [(True, "昨晚抢修")]


async def test_the_manager_sees_who_owes_what_and_checks_on_the_spot(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit(size=(100, 30)) as terminal:
        await arrive(terminal, "manager")
        await terminal.app.push_screen(CleaningWatch(terminal.app.gateway))
        await terminal.shows("Who owes what today", "一组工位  before leaving", "2 of 2 to go")
        await terminal.press("down", "f6")
        await terminal.on(FormDialog)
        await terminal.press("enter", "2", "enter")
        await terminal.type(HOSTILE)
        await terminal.press("f12")
        await terminal.shows("Findings of spot checks", "not remedied yet", "[/red]")


async def test_an_open_closing_list_greets_the_manager_on_the_board_and_nobody_else(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    yesterday = today() - timedelta(days=1)
    tui_shop.do("manager", "put-calendar-day", calendar_day=yesterday, day_kind="make_up")
    with tui_shop.db.writing() as session:
        session.connection().exec_driver_sql(f"UPDATE cleaning_plan_line SET valid_from = '{yesterday}'")
        session.connection().exec_driver_sql(f"UPDATE area SET since = '{yesterday}'")
    async with sit(size=(100, 30)) as terminal:
        await arrive(terminal, "technician")
        await terminal.shows("No open orders")
        assert "W10e" not in terminal.text()
        await arrive(terminal, "manager")
        await terminal.shows("W10e", "全车间", yesterday.isoformat())
