"""The frame of every workplace: keys, languages, changes from elsewhere, acts, help, finding."""

from typing import TYPE_CHECKING

from support.catalogue import OPERATIONS, VEHICLES
from support.desk import confirmed
from support.shop import SmallShop

from workshop.commands.base import commands
from workshop.db.tables import Person
from workshop.domain.roles import EVERYONE
from workshop.domain.states import Stage
from workshop.tui.acts import Subject, anchor_of, free_offers, offers
from workshop.tui.find import Find
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.spec import reference_of
from workshop.tui.help import HelpScreen
from workshop.tui.menu import Menu
from workshop.tui.places.board import Board
from workshop.tui.table import KeyedTable

if TYPE_CHECKING:
    from tui.conftest import Sit


def open_order(shop: SmallShop, vehicle: int = 0, hour: int = 10) -> str:
    """An open order of a car."""
    return str(
        shop.do(
            "advisor",
            "open-order",
            vin=VEHICLES[vehicle]["vin"],
            request="[/red] 保养",
            odometer=1000,
            promised_at=f"2030-01-01T{hour}:00:00+08:00",
            items=[{"operation": OPERATIONS[0]["code"]}],
        )["order"]
    )


async def test_what_another_terminal_does_appears_and_the_cursor_stays_on_its_order(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    later = open_order(tui_shop, 0, 12)
    async with sit() as terminal:
        await terminal.admit("advisor")
        table = terminal.screen.query_one(KeyedTable)
        await terminal.until(lambda: table.current_key == later)
        earlier = open_order(tui_shop, 1, 11)
        await terminal.shows(earlier)
        assert [str(key.value) for key in table.rows] == [later, earlier]
        assert table.get_row_index(earlier) == 0
        assert table.current_key == later
        tui_shop.do("advisor", "cancel-order", order=later, reason="改天")
        await terminal.until(lambda: table.current_key == earlier)


async def test_what_a_row_has_no_room_for_stands_in_full_below_the_list_until_something_is_told(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    confirmed(tui_shop, {"operation": "OIL", "parts": [{"part_no": "FILTER"}]})
    whole = "可进行：开工第一个项目"
    async with sit(size=(70, 24)) as terminal:
        await terminal.admit("advisor")
        await terminal.shows(whole)
        assert isinstance(terminal.screen, Board)
        terminal.screen.tell("已保存")
        await terminal.until(lambda: whole not in terminal.text() and "已保存" in terminal.text())
        await terminal.press("down")
        await terminal.until(lambda: whole in terminal.text() and "已保存" not in terminal.text())


async def test_the_language_switches_live_and_stays_with_the_person(sit: "Sit", tui_shop: SmallShop) -> None:
    open_order(tui_shop)
    async with sit() as terminal:
        await terminal.admit("advisor")
        await terminal.shows("车间看板", "已开单", "锁定")
        await terminal.press("f8")
        await terminal.shows("Board of the floor", "opened", "Lock", "service advisor")

        def kept() -> bool:
            with tui_shop.db.reading() as session:
                person = session.get(Person, tui_shop.people["advisor"].id)
                return person is not None and person.language == "en"

        await terminal.until(kept, "the choice is kept")


async def test_f4_lists_what_the_stage_allows_first_and_says_why_the_rest_must_wait(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    open_order(tui_shop)
    async with sit(size=(160, 45)) as terminal:
        await terminal.admit("leader")
        await terminal.press("f8")
        await terminal.until(lambda: terminal.screen.query_one(KeyedTable).current_key)
        await terminal.press("f4")
        await terminal.on(Menu)
        await terminal.shows("1  dispatch", "Not now:", "The order is opened; this is possible only when it is:")
        await terminal.press("1")
        await terminal.on(FormDialog)
        await terminal.shows("* team")


async def test_help_tells_the_keys_and_what_the_acts_do(sit: "Sit", tui_shop: SmallShop) -> None:
    open_order(tui_shop)
    async with sit(size=(120, 40)) as terminal:
        await terminal.admit("advisor")
        await terminal.press("f8")
        await terminal.until(lambda: terminal.screen.query_one(KeyedTable).current_key)
        await terminal.press("f1")
        await terminal.on(HelpScreen)
        await terminal.shows("F9", "Lock")
        await terminal.press("pagedown")
        await terminal.shows("Add an item while the customer is still at the front desk")


async def test_anything_is_found_by_a_few_letters_and_opened(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await terminal.admit("advisor")
        await terminal.press("f2")
        await terminal.on(Find)
        await terminal.type(VEHICLES[0]["plate"])
        await terminal.shows(VEHICLES[0]["vin"])
        await terminal.press("enter")
        await terminal.on(Menu)
        await terminal.shows(VEHICLES[0]["vin"])


def test_every_command_can_be_reached_from_something_on_a_screen_or_from_nothing() -> None:
    free = {offer.command.name for offer in free_offers(EVERYONE)}
    for name, command in commands().items():
        anchor = anchor_of(command)
        kind = reference_of(command, anchor) if anchor else ""
        on_it = {offer.command.name for offer in offers(EVERYONE, Subject("", {kind: "1"}))}
        assert name in free | on_it | {"print-paper"}  # by the papers themselves: tests/tui/test_printing.py


def test_a_subject_fills_the_field_that_names_it_and_no_other_of_the_same_name() -> None:
    subject = Subject("", {"order": "1000000018", "item": "1100000012", "part_line": 7}, stage=Stage.IN_WORK)
    found = {offer.command.name: offer for offer in offers(EVERYONE, subject)}
    assert found["issue-part"].known == {"line": 7}
    assert "decide-line" not in found
    assert found["report-discrepancy"].known == {"order": "1000000018", "item": "1100000012"}
    assert found["dispatch"].blocked is None or found["dispatch"].blocked.code == "wrong_stage"


async def test_a_person_without_a_page_of_their_own_opens_the_acts_on_them(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await terminal.admit("admin")
        board = terminal.screen
        assert isinstance(board, Board)
        await terminal.press("f2")
        await terminal.on(Find)
        await terminal.type("zjs")
        await terminal.shows("张技师")
        await terminal.press("enter")
        await terminal.on(Menu)
        await terminal.press("1")
        await terminal.on(FormDialog)
