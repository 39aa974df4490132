"""An error of the program itself: a calm screen, what was typed is kept, a report, and the terminal goes on."""

import shutil
from pathlib import Path

import pytest
from support.screens import Keeper
from support.seat import Seat
from support.shop import SmallShop
from support.terminal import ENTER, F10, TAB, Room

ANYTHING = "\x10"


def test_the_terminal_goes_on_after_an_error_of_its_own(
    room: Room, shop_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "shop.db"
    shutil.copyfile(shop_file, path)
    shop = SmallShop(f"sqlite:///{path}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    clerk = Seat(room.terminal(shop.url, "clerk", module="support.broken_terminal"), shop.people["clerk"], Keeper())
    clerk.sign_in()
    receive_stock(clerk)
    clerk.keys("PAD", ENTER, "7", ENTER, "车上掉下来的").until("车上掉下来的")
    clerk.keys(next(iter(shop.bays.values())), ENTER).until("程序自身出错", "请登录")
    clerk.sign_in()
    receive_stock(clerk)
    clerk.until("车上掉下来的", "PAD")
    (report,) = (tmp_path / "homes").rglob("reports/*.txt")
    told = report.read_text("utf-8")
    assert "RuntimeError" in told
    assert "broken_terminal.py" in told
    assert "车上" not in told
    assert "RuntimeError" not in clerk.terminal.text
    clerk.keys(TAB, "\x1b").until("F3")
    clerk.keys(F10).until("将被放弃").keys(ENTER).until("退出程序").keys(F10)
    assert clerk.terminal.ended() == 0
    shop.close()


def receive_stock(clerk: Seat) -> None:
    """Open the form for parts that arrived, from wherever one is."""
    clerk.keys(ANYTHING).until("想做什么").keys("入库").until("1  入库").keys(ENTER).until("* 备件号")
