"""The command codes that hang at a bay: each does what its key does, and a whole order can be done with them alone."""

from functools import partial
from typing import TYPE_CHECKING

from support.catalogue import VEHICLES
from support.desk import confirmed, dispatched
from support.shop import PIN, SmallShop
from textual import events
from textual.widgets import Input, TextArea
from tui.test_key_counts import facts
from tui.test_scans import here
from tui.test_work_page import point, sign_in

from workshop.commands.base import commands
from workshop.domain.command_codes import CharacterCode, CommandCode
from workshop.domain.numbers import Kind, make
from workshop.domain.states import Answer, ItemState, Stage
from workshop.tui.find import Find
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.pin import PinDialog
from workshop.tui.lock import LockScreen
from workshop.tui.menu import Menu
from workshop.tui.places.board import Board
from workshop.tui.places.start_item import ConfirmStart
from workshop.tui.places.work_page import WorkPage
from workshop.tui.table import KeyedTable

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal

BRAKE = {"operation": "BRAKE", "parts": [{"part_no": "FILTER"}]}


async def scan(terminal: "Terminal", *codes: CommandCode) -> None:
    """Scan command codes, one after the other."""
    for code in codes:
        await terminal.scan(code.number)


async def spell(terminal: "Terminal", text: str) -> None:
    """Scan a value, a character at a time, and confirm it."""
    for character in text:
        await terminal.scan(CharacterCode(character).number)
    await scan(terminal, CommandCode.CONFIRM)


async def answer_all(terminal: "Terminal", shop: SmallShop, order: str) -> None:
    """Every line of the list: OK where nothing is measured, else the value."""
    for line, value in (("brakes 1", "5.5"), ("brakes 2", "115"), ("brakes 3", "")):
        left = facts(shop, order).items[0].unanswered
        await scan(terminal, CommandCode.OK)
        if value:
            await terminal.on(FormDialog)
            await spell(terminal, value)
        await terminal.on(WorkPage)
        await terminal.until(lambda left=left: facts(shop, order).items[0].unanswered == left - 1, line)  # type: ignore[misc]
        await terminal.until(lambda left=left: terminal.text().count("[-]") == left - 1)  # type: ignore[misc]


async def test_a_technician_does_a_whole_order_with_the_scanner_alone(sit: "Sit", tui_shop: SmallShop) -> None:
    order, (item,) = dispatched(tui_shop, BRAKE)
    async with sit(size=(100, 40)) as terminal:
        await terminal.until(lambda: terminal.app.door is not None)
        await terminal.scan(tui_shop.badge("technician"))
        await spell(terminal, PIN)
        await terminal.on(Board)
        await terminal.scan(order)
        await terminal.on(WorkPage)
        page = terminal.screen
        await terminal.shows(order)

        await scan(terminal, CommandCode.STEP)
        await terminal.on(FormDialog)
        await spell(terminal, str(VEHICLES[0]["plate"]))
        await terminal.until(lambda: facts(tui_shop, order).stage == Stage.PLATE_VERIFIED)
        await terminal.until(lambda: "项目相符" in terminal.text() and isinstance(terminal.screen, FormDialog))
        await scan(terminal, CommandCode.CONFIRM)
        await terminal.on(WorkPage)
        await terminal.until(lambda: facts(tui_shop, order).stage == Stage.ITEMS_CONFIRMED)

        line = facts(tui_shop, order).lines[0].id
        tui_shop.do("clerk", "issue-part", line=line, technician=tui_shop.badge("technician"), old_part_here=True)
        await terminal.until(lambda: f"item:{item}" in page.query_one(KeyedTable).row_keys)
        await terminal.scan(item)
        await terminal.on(ConfirmStart)
        await terminal.scan(tui_shop.badge("technician2"))
        await terminal.until(lambda: facts(tui_shop, order).items[0].running)

        await scan(terminal, CommandCode.PAUSE)
        await terminal.on(FormDialog)
        await spell(terminal, "1")
        await terminal.until(lambda: not facts(tui_shop, order).items[0].running)
        await terminal.on(WorkPage)
        await terminal.scan(item)
        await terminal.until(lambda: facts(tui_shop, order).items[0].running)

        issue = facts(tui_shop, order).lines[0].issues[0].id
        await terminal.until(lambda: f"issue:{issue}" in page.query_one(KeyedTable).row_keys)
        await terminal.scan(make(Kind.PART, 1))
        await terminal.until(lambda: facts(tui_shop, order).lines[0].fitted)
        await scan(terminal, CommandCode.FINISH)
        await terminal.until(lambda: terminal.text().count("[-]") == 3)
        await scan(terminal, CommandCode.NEXT)
        await terminal.until(lambda: str(page.query_one(KeyedTable).current_key).startswith("check:"))
        await answer_all(terminal, tui_shop, order)

        await scan(terminal, CommandCode.STEP)
        await terminal.on(PinDialog)
        await spell(terminal, PIN)
        await terminal.until(lambda: isinstance(terminal.screen, FormDialog) and "工具" in terminal.text())
        await spell(terminal, "1")
        await terminal.on(PinDialog)
        await spell(terminal, PIN)
        await terminal.until(lambda: facts(tui_shop, order).offered_by == tui_shop.people["technician"].id)


async def test_the_codes_of_a_list_and_of_a_dialog_do_what_their_keys_do(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = confirmed(tui_shop, {"operation": "OIL"}, {"operation": "WASH"})
    async with sit(size=(100, 40)) as terminal:
        await sign_in(terminal, "technician")
        page = WorkPage(here(terminal).gateway, order)
        await terminal.app.push_screen(page)
        await point(terminal, page, f"item:{items[0]}")
        table = page.query_one(KeyedTable)
        rows = [row.key for row in table._rows]
        await scan(terminal, CommandCode.NEXT)
        assert table.current_key == rows[rows.index(f"item:{items[0]}") + 1]
        await scan(terminal, CommandCode.PREVIOUS)
        assert table.current_key == f"item:{items[0]}"

        await scan(terminal, CommandCode.ACTS)
        await terminal.on(Menu)
        await scan(terminal, CommandCode.BACK)
        await terminal.on(WorkPage)

        await scan(terminal, CommandCode.START)
        await terminal.on(ConfirmStart)
        await scan(terminal, CommandCode.CONFIRM, CommandCode.CONFIRM)
        await terminal.until(lambda: facts(tui_shop, order).items[0].state == ItemState.STARTED)
        await terminal.on(WorkPage)

        await scan(terminal, CommandCode.FINDING)
        await terminal.on(FormDialog)
        await scan(terminal, CommandCode.LOCK)
        await terminal.on(LockScreen)
        await spell(terminal, PIN)
        await terminal.on(FormDialog)
        note, form = terminal.screen.query_one(TextArea), terminal.screen
        await scan(terminal, CommandCode.CONFIRM)
        assert note.text == ""
        assert isinstance(form.focused, Input)
        await terminal.scan(CharacterCode("A").number)
        await terminal.scan(CharacterCode("B").number)
        await scan(terminal, CommandCode.ERASE)
        assert form.focused.value == "A"
        await scan(terminal, CommandCode.DONE)
        await terminal.until(lambda: "!" in terminal.text())
        await scan(terminal, CommandCode.BACK)
        await terminal.on(WorkPage)


async def test_the_answers_of_a_list_go_to_the_line_under_the_cursor_and_into_its_form(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    order, (item,) = confirmed(tui_shop, {"operation": "WASH"})
    tui_shop.do("technician", "start-item", item=item, confirmed=["inside_covers"])
    tui_shop.do("technician", "finish-item", item=item)
    async with sit(size=(100, 40)) as terminal:
        await sign_in(terminal, "technician")
        page = WorkPage(here(terminal).gateway, order)
        await terminal.app.push_screen(page)
        await terminal.until(lambda: len(page._checks) == 2)
        first, second = page._checks
        await point(terminal, page, first)
        await scan(terminal, CommandCode.NOT_APPLICABLE)
        await terminal.on(FormDialog)
        await spell(terminal, "AC")
        await terminal.until(lambda: page._checks[first].answer is Answer.NOT_APPLICABLE)
        await terminal.on(WorkPage)
        page.run_worker(partial(page.do, commands()["answer-check"], known={"check": page._checks[second].id}))
        await terminal.on(FormDialog)
        await scan(terminal, CommandCode.OK, CommandCode.DONE)
        await terminal.until(lambda: page._checks[second].answer is Answer.OK)


async def test_a_code_in_a_place_where_it_means_nothing_says_so(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit(size=(100, 40)) as terminal:
        await sign_in(terminal, "technician")
        await scan(terminal, CommandCode.NOT_APPLICABLE)
        await terminal.shows('Scanned: "not applicable". It does nothing here.')
        await terminal.scan(CharacterCode("粤").number)
        await terminal.shows('Scanned: "粤". It does nothing here.')
        await scan(terminal, CommandCode.START)
        await terminal.shows('Scanned: "start item". Scan the order first')
        await terminal.scan(make(Kind.COMMAND, 9_000_000))
        await terminal.shows("has no such code")
        await terminal.press("f2")
        await terminal.on(Find)
        await scan(terminal, CommandCode.OK)
        await terminal.shows('Scanned: "OK". It does nothing here.')
        assert terminal.screen.query_one(Input).value == ""


async def test_a_code_follows_the_keys_that_a_person_has_chosen(sit: "Sit", tui_shop: SmallShop) -> None:
    pressed: list[str] = []
    async with sit(size=(100, 40), keys={"acts": "f11"}) as terminal:
        await sign_in(terminal, "technician")
        take = terminal.app._take

        async def noted(event: events.Key) -> None:
            pressed.append(event.key)
            await take(event)

        terminal.app._take = noted  # type: ignore[method-assign]
        from workshop.tui.command_keys import obey

        await obey(here(terminal), CommandCode.ACTS.number, noted)
        await terminal.on(Menu)
    assert pressed == ["f11"]
