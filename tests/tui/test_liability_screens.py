"""Liability at the terminal: decided with what the record says, answered by who it concerns, told line by line."""

from typing import TYPE_CHECKING

from support.catalogue import TOOLS
from support.desk import HOSTILE
from support.shop import PIN, SmallShop

from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.pin import PinDialog
from workshop.tui.menu import Menu
from workshop.tui.places import go_to
from workshop.tui.places.liability import Liability, MyLiability
from workshop.tui.places.statement import Balances, StatementPage
from workshop.tui.table import KeyedTable
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal

IN_CART, SPARE = 0, 5
"""A ratchet in the technician's cart and one in the crib, by their place in `TOOLS`."""


def report(shop: SmallShop, tool: int, circumstances: str = "掉落") -> str:
    """A tool is reported as damaged; the number of its case."""
    assert TOOLS[tool][0] == "RATCHET"
    given = {"tool": shop.tools[tool], "cause": "improper_use", "circumstances": circumstances}
    return str(shop.do("leader", "report-damage", **given)["case"])


def decided(shop: SmallShop, amount: str = "110") -> str:
    """The technician is to pay for it, and has not answered yet."""
    case = report(shop, IN_CART)
    shares = [{"badge": shop.badge("technician"), "percent": "100"}]
    terms = {"cause": "improper_use", "amount": amount, "shares": shares, "reason": "操作不当"}
    shop.do("manager", "decide-liability", case=case, **terms)
    return case


async def at(terminal: "Terminal", who: str, place: str, kind: type[Workplace]) -> None:
    """Somebody who reads English, at a workplace of the menu."""
    assert terminal.shop is not None
    terminal.shop.do(who, "choose-language", language="en")
    await terminal.admit(who)
    assert isinstance(terminal.screen, Workplace)
    go_to(terminal.screen, place)
    await terminal.on(kind)


async def sign(terminal: "Terminal") -> None:
    """Do what the form is for and sign it."""
    await terminal.press("f12")
    await terminal.on(PinDialog)
    await terminal.press(*PIN, "enter")


async def test_the_form_of_a_decision_says_already_what_the_record_knows(sit: "Sit", tui_shop: SmallShop) -> None:
    case = report(tui_shop, IN_CART, HOSTILE)
    async with sit() as terminal:
        await at(terminal, "manager", "liability", Liability)
        await terminal.shows(case, "to be decided; awaits: a manager", "[/red] [b]", "¥110.00")
        await terminal.press("enter")
        await terminal.on(Menu)
        await terminal.press("1")
        await terminal.on(FormDialog)
        await terminal.shows("(x) 2 improper use", "110.00", f"{tui_shop.badge('technician')}  张技师  percent 100")
        await terminal.press("tab", "tab", "tab", "tab")
        await terminal.type("未按规程使用")
        await sign(terminal)
        await terminal.shows("to be answered; awaits: 张技师", "张技师 100 % ¥110.00")


async def test_only_who_it_concerns_answers_and_an_objection_goes_to_a_second_manager(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    case = decided(tui_shop)
    async with sit() as terminal:
        await at(terminal, "technician2", "my_liability", MyLiability)
        await terminal.shows("No open case concerns you.", "You owe nothing.")
        await at(terminal, "technician", "my_liability", MyLiability)
        await terminal.shows(case, "to be answered")
        await terminal.press("enter")
        await terminal.on(Menu)
        await terminal.press("2")
        await terminal.on(FormDialog)
        await terminal.press("f12")
        await terminal.shows("! This is needed.")
        await terminal.type("手柄早有裂纹 [/]")
        await sign(terminal)
        await terminal.shows("objected to; awaits: a second manager", "手柄早有裂纹 [/]")
        await at(terminal, "manager", "liability", Liability)
        await terminal.shows(case)
        await terminal.press("enter")
        await terminal.shows("There is nothing for you to do on this case now. It stands at: objected to")


async def test_the_label_of_a_tool_finds_its_case_and_the_case_is_a_paper_too(sit: "Sit", tui_shop: SmallShop) -> None:
    report(tui_shop, IN_CART)
    case = report(tui_shop, SPARE)
    async with sit() as terminal:
        await at(terminal, "manager", "liability", Liability)
        await terminal.shows(case)
        await terminal.scan(tui_shop.tools[SPARE])
        await terminal.until(lambda: terminal.screen.query_one(KeyedTable).current_key == case, case)
        await terminal.press("ctrl+o")
        await terminal.on(Menu)
        await terminal.shows("liability record")


async def test_a_statement_has_every_debit_and_credit_and_is_told_in_either_language(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    case = decided(tui_shop, "109.99")
    tui_shop.do("technician", "acknowledge-liability", case=case)
    tui_shop.do("manager", "record-payment", case=case, debtor=tui_shop.badge("technician"), amount="50.01")
    async with sit((110, 30)) as terminal:
        await at(terminal, "manager", "liability", Liability)
        await terminal.press("f7")
        await terminal.on(Balances)
        await terminal.shows("张技师", "¥109.99", "¥50.01", "¥59.98")
        await terminal.press("enter")
        await terminal.on(StatementPage)
        await terminal.shows("owed ¥109.99, made good ¥50.01, still owed ¥59.98", case, "payment", "Ratchet")
        await terminal.press("f8")
        await terminal.shows("应赔 ¥109.99，已赔 ¥50.01，尚欠 ¥59.98", "付款", "棘轮扳手")


async def test_what_others_owe_is_shown_to_nobody_else(sit: "Sit", tui_shop: SmallShop) -> None:
    report(tui_shop, IN_CART)
    async with sit() as terminal:
        await at(terminal, "keeper", "liability", Liability)
        await terminal.shows("to be decided")
        await terminal.press("f7")
        assert isinstance(terminal.screen, Liability)
