"""How many keys the common paths take, beyond what is typed as a value and what is scanned; docs/keys.md lists them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from support.catalogue import VEHICLES
from support.desk import dispatched
from support.shop import PIN, SmallShop
from tui.test_approvals import inbox, proposed
from tui.test_scans import here

from workshop.db.facts import load_facts
from workshop.db.tables import RepairOrder
from workshop.domain.facts import OrderFacts
from workshop.domain.numbers import Kind, make
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.pin import PinDialog
from workshop.tui.places.approvals import Approvals
from workshop.tui.places.start_item import ConfirmStart
from workshop.tui.places.work_page import WorkPage
from workshop.tui.table import KeyedTable

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal

DOCS = Path(__file__).parents[2] / "docs" / "keys.md"


@dataclass
class Hands:
    """Somebody's hands at a terminal, counted."""

    terminal: "Terminal"
    keys: int = 0
    scans: int = 0

    async def press(self, *keys: str) -> None:
        """Keys that count."""
        self.keys += len(keys)
        await self.terminal.press(*keys)

    async def value(self, text: str) -> None:
        """A value that is typed."""
        await self.terminal.type(text)

    async def pin(self) -> None:
        """The PIN is a typed value; the Enter behind it counts."""
        await self.terminal.on(PinDialog)
        await self.terminal.type(PIN)
        await self.press("enter")

    async def scan(self, code: str) -> None:
        """A code that is scanned."""
        self.scans += 1
        await self.terminal.scan(code)


def facts(shop: SmallShop, number: str) -> OrderFacts:
    """The order as the gates see it."""
    from sqlmodel import select

    with shop.db.reading() as session:
        row = session.exec(select(RepairOrder).where(RepairOrder.number == number)).one()
        return load_facts(session, [row.id or 0], row.opened_at)[row.id or 0]


async def test_a_simple_service_from_plate_check_to_hand_over(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = dispatched(tui_shop, {"operation": "OIL", "parts": [{"part_no": "FILTER"}]})
    async with sit(size=(100, 30)) as terminal:
        await terminal.admit("technician")
        hands = Hands(terminal)
        await hands.scan(order)
        await terminal.on(WorkPage)
        page = here(terminal)
        await terminal.shows(order, "F6")
        await hands.press("f6")
        await terminal.on(FormDialog)
        await hands.value(str(VEHICLES[0]["plate"]))
        await hands.press("enter")
        await terminal.until(lambda: "项目相符" in terminal.text() and isinstance(terminal.screen, FormDialog))
        await hands.press("enter")
        await terminal.on(WorkPage)
        await terminal.until(lambda: facts(tui_shop, order).stage == "items_confirmed")
        await terminal.until(lambda: f"item:{items[0]}" in page.query_one(KeyedTable).row_keys)
        line = facts(tui_shop, order).lines[0].id
        tui_shop.do("clerk", "issue-part", line=line, technician=tui_shop.badge("technician"), old_part_here=True)
        await hands.scan(items[0])
        await terminal.on(ConfirmStart)
        await hands.press("space", "space")
        await terminal.on(WorkPage)
        await terminal.until(lambda: facts(tui_shop, order).items[0].running)
        issue = facts(tui_shop, order).lines[0].issues[0].id
        await terminal.until(lambda: f"issue:{issue}" in page.query_one(KeyedTable).row_keys)
        await hands.scan(make(Kind.PART, 1))
        await terminal.until(lambda: facts(tui_shop, order).lines[0].fitted)
        await terminal.until(lambda: "已装车" in terminal.text())
        await hands.scan(items[0])
        await terminal.until(lambda: facts(tui_shop, order).items[0].checks)
        for left in (1, 0):
            await terminal.until(lambda left=left: terminal.text().count("[-]") == left + 1)  # type: ignore[misc]
            page.query_one(KeyedTable).point_at(next(key for key in _open_checks(page)))
            await hands.press("1")
            await terminal.until(lambda left=left: facts(tui_shop, order).items[0].unanswered == left)  # type: ignore[misc]
        await hands.press("f6")
        await hands.pin()
        await terminal.until(lambda: isinstance(terminal.screen, FormDialog) and "工具" in terminal.text())
        await hands.press("1", "enter")
        await hands.pin()
        await terminal.until(lambda: facts(tui_shop, order).offered_by == tui_shop.people["technician"].id)
    assert hands.keys <= 12
    assert f"| a simple service, plate check to hand-over | {hands.keys} | {hands.scans} |" in DOCS.read_text("utf-8")


def _open_checks(page: object) -> list[str]:
    assert isinstance(page, WorkPage)
    return [key for key, check in page._checks.items() if check.answer is None]


async def test_an_approval_of_three_lines(sit: "Sit", tui_shop: SmallShop) -> None:
    proposed(tui_shop, "BRAKE", "WASH", "LEVEL2")
    async with sit(size=(100, 30)) as terminal:
        await inbox(terminal)
        await terminal.shows("1 approve   2 decline   3 defer")
        hands = Hands(terminal)
        await hands.press("1")
        await terminal.on(FormDialog)
        await hands.press("2", "tab")
        await hands.value("周先生")
        await hands.press("f12")
        for left in (2, 1):
            await terminal.on(Approvals)
            await terminal.until(
                lambda left=left: terminal.screen.query_one(KeyedTable).row_count == left  # type: ignore[misc]
            )
            await hands.press("1")
            await terminal.on(FormDialog)
            await hands.press("f12")
        await terminal.shows("Nothing waits")
    assert hands.keys <= 8
    assert f"| an approval of three lines | {hands.keys} | {hands.scans} |" in DOCS.read_text("utf-8")
