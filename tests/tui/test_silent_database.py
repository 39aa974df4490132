"""A server that does not answer for a while costs nobody what was typed, and nothing is done twice."""

import asyncio

from sqlmodel import func, select
from support.desk import confirmed
from support.postgres import Server
from support.shop import SmallShop
from textual.widgets import Input
from tui.conftest import sitting
from tui.test_forms import open_act

from workshop.db.tables import Finding
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.places.board import Board

WHAT = "右前悬架异响，低速过坎时明显"


async def test_a_form_keeps_what_was_typed_until_the_server_answers_again(
    served_shop: SmallShop, postgres: Server
) -> None:
    order, _ = confirmed(served_shop, {"operation": "OIL"})
    async with sitting(served_shop.url, served_shop, (100, 30)) as terminal:
        await terminal.admit("inspector")
        await open_act(terminal, "report-finding", order=order, severity="soon")
        await terminal.type(WHAT)
        terminal.screen.query(Input).last().focus()
        await terminal.type("悬架")
        with postgres.silent(str(served_shop.db.url.database)):
            await terminal.press("f12")
            await terminal.shows("数据库没有响应", WHAT)
            assert isinstance(terminal.screen, FormDialog)
        await terminal.press("f12")
        await terminal.on(Board)
    await asyncio.get_running_loop().shutdown_default_executor()  # what still reads gives its connection back
    served_shop.db.close()
    with served_shop.db.reading() as session:
        assert session.exec(select(func.count()).select_from(Finding)).one() == 1
