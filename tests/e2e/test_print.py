"""`workshop print`, its queue and `workshop code` from outside."""

import re
from pathlib import Path

import pytest
from e2e.test_cli import run
from support.catalogue import VEHICLES
from support.desk import dispatched
from support.paper_shop import codes_in, pages, picture, text_of
from support.shop import PIN, SmallShop


@pytest.fixture
def order(shop: SmallShop) -> str:
    """An order on the floor."""
    return dispatched(shop)[0]


def test_a_paper_is_printed_to_a_file_first_as_original_then_as_copy(
    shop: SmallShop, shop_url: str, order: str, tmp_path: Path
) -> None:
    who = ("--badge", shop.badge("advisor"), "--pin", PIN, "--lang", "both")
    for copy in ("", "副本1"):
        file = tmp_path / f"order{copy}.pdf"
        ended = run("print", "repair-order", order, *who, "--to", str(file), url=shop_url)
        assert (ended.status, ended.out) == (0, f"Saved: {file}\n")
        text = text_of(file.read_bytes())
        assert "机动车维修任务委托书Repairorder" in text
        assert ("副本" in text) == bool(copy)
        assert codes_in(pages(file.read_bytes())[0]) == [order]


def test_without_a_file_papers_lie_where_the_settings_say(
    shop: SmallShop, shop_url: str, order: str, tmp_path: Path
) -> None:
    who = ("--badge", shop.badge("clerk"), "--pin", PIN)
    ended = run("print", "part-label", "PAD", *who, url=shop_url, WORKSHOP_PAPERS=str(tmp_path / "here"))
    files = list((tmp_path / "here").iterdir())
    assert ended.out == f"Saved: {files[0]}\n"
    assert [file.suffixes for file in files] == [[".zh_CN", ".pdf"]]


def test_a_paper_is_shown_without_being_recorded_to_those_who_may_print_it(
    shop: SmallShop, shop_url: str, order: str
) -> None:
    before = run("verify", url=shop_url).out

    def look(who: str, paper: str) -> tuple[int, str]:
        ended = run("print", paper, order, "--badge", shop.badge(who), "--pin", PIN, "--look", url=shop_url)
        return ended.status, ended.out + ended.err

    status, shown = look("technician", "job-card")
    assert status == 0
    assert "派工单" in shown
    assert str(VEHICLES[0]["plate"]) not in shown  # W1: still to be proven
    status, refused = look("technician", "repair-order")
    assert status == 1
    assert "is printed by: service advisor, workshop manager" in refused
    assert run("verify", url=shop_url).out == before


def test_what_cannot_be_printed_is_refused_with_the_reason(
    shop: SmallShop, shop_url: str, order: str, tmp_path: Path
) -> None:
    who = ("--badge", shop.badge("advisor"), "--pin", PIN)
    early = run("print", "settlement", order, *who, url=shop_url)
    assert early.status == 1
    assert "is printed when the order is: released, delivered" in early.err
    unknown = run("print", "repair-order", order, *who, "--printer", "office", url=shop_url)
    assert unknown.status == 1
    assert "There is no printer office in the settings" in unknown.err
    both = run(
        "print", "repair-order", order, *who, "--printer", "office", "--to", str(tmp_path / "a.pdf"), url=shop_url
    )
    assert (both.status, both.err) == (1, "A paper goes to a file or to a printer. Name one of them.\n")
    nowhere = run("print", "repair-order", order, *who, "--to", f"{tmp_path}/a\0b.pdf", url=shop_url)
    assert nowhere.status != 0


def test_no_original_is_spent_on_a_place_that_cannot_be_written(
    shop: SmallShop, shop_url: str, order: str, tmp_path: Path
) -> None:
    who = ("--badge", shop.badge("advisor"), "--pin", PIN)
    (tmp_path / "file").touch()
    refused = run("print", "repair-order", order, *who, "--to", str(tmp_path / "file" / "a.pdf"), url=shop_url)
    assert (refused.status, "cannot be written" in refused.err) == (1, True)
    kept = tmp_path / "original.pdf"
    assert run("print", "repair-order", order, *who, "--to", str(kept), url=shop_url).status == 0
    assert "副本" not in text_of(kept.read_bytes())


def test_a_printer_that_is_off_keeps_the_paper_in_the_queue(
    shop: SmallShop, shop_url: str, order: str, tmp_path: Path
) -> None:
    place = {"XDG_STATE_HOME": str(tmp_path), "WORKSHOP_PRINTERS": '{"counter": "escpos://127.0.0.1:9"}'}
    who = ("--badge", shop.badge("advisor"), "--pin", PIN, "--printer", "counter")
    ended = run("print", "repair-order", order, *who, url=shop_url, **place)
    assert ended.status == 0
    assert "It waits in the print queue" in ended.out
    queue = run("print-queue", url=shop_url, **place)
    assert queue.out.count("waiting for the printer") == 1
    (name,) = re.findall(r"^([0-9a-f]{6})  waiting", queue.out, re.MULTILINE)
    assert run("print-queue", "--drop", name, url=shop_url, **place).out == "Nothing waits to be printed.\n"
    assert run("print-queue", "--again", "none", url=shop_url, **place).status == 1


def test_any_number_is_shown_as_a_bar_code_and_saved_as_a_picture(tmp_path: Path, order: str) -> None:
    shown = run("code", order)
    assert shown.status == 0
    assert order in shown.out
    assert "\x1b[" in shown.out
    for ending in ("png", "svg"):
        file = tmp_path / f"code.{ending}"
        assert run("code", order, "--to", str(file)).out == f"Saved: {file}\n"
    assert codes_in(picture((tmp_path / "code.png").read_bytes())) == [order]
    wrong = run("code", "1000000016")
    assert wrong.status == 1
    assert "A digit is wrong" in wrong.err
