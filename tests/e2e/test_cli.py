"""The program from outside: what it prints, and the status it ends with."""

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.catalogue import VEHICLES
from support.json_door import Desk, in_process
from support.shop import PIN, SmallShop
from typer.testing import CliRunner

from workshop.cli import app
from workshop.commands.base import commands
from workshop.db import ledger

# Nothing of whoever runs the tests: neither settings nor what this terminal saw of other ledgers.
_ISOLATED: dict[str, str | None] = {f"XDG_{kind}_HOME": "/nonexistent" for kind in ("CONFIG", "STATE", "DATA")} | {
    name: None for name in os.environ if name.startswith("WORKSHOP_")
}


@dataclass(frozen=True)
class Ended:
    """A process that ended."""

    status: int
    out: str
    err: str


def run(*args: str, url: str = "", text: str | bytes = b"", **env: str) -> Ended:
    """Run a command of the program, in English, within this process."""
    done = CliRunner().invoke(app, _options(url) + list(args), input=text, env=_ISOLATED | env)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return Ended(done.exit_code, done.stdout_bytes.decode(), done.stderr_bytes.decode())


def run_apart(*args: str, url: str = "", text: bytes = b"") -> Ended:
    """The same as a process of its own, with pipes for its standard streams."""
    done = subprocess.run(
        [sys.executable, "-m", "workshop", *_options(url), *args],
        input=text,
        capture_output=True,
        check=False,
        timeout=120,
        env={name: value for name, value in (os.environ | _ISOLATED).items() if value is not None},
    )
    ended = Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ended.err, ended.err
    return ended


def _options(url: str) -> list[str]:
    return ["--lang", "en", *(["--database", url] if url else [])]


def test_without_a_terminal_it_prints_the_board_and_how_to_go_on(shop: SmallShop, shop_url: str) -> None:
    number = _open(Desk(shop, in_process(shop)))
    ended = run_apart(url=shop_url)
    assert ended.status == 0
    assert number in ended.out
    assert "粤B12345" not in ended.out  # W1: nobody has proven it
    assert "--help" in ended.out


def test_do_ends_with_zero_only_if_every_line_was_done(shop: SmallShop, shop_url: str) -> None:
    line = {"command": "receive-stock", "badge": shop.badge("clerk"), "pin": PIN, "part_no": "PAD", "quantity": 1}
    good = json.dumps(line) + "\n"
    assert run("do", url=shop_url, text=good * 2 + "\n").status == 0
    ended = run_apart("do", url=shop_url, text=good.encode() + b"\xff\n" + b"x" * 3_000_000 + b"\n" + good.encode())
    assert ended.status == 1
    assert [json.loads(one)["status"] for one in ended.out.splitlines()] == ["done", "invalid", "invalid", "done"]


def test_the_commands_are_listed_for_people_and_for_programs() -> None:
    listed = {one["command"]: one for one in json.loads(run("commands", "--json").out)}
    assert set(listed) == set(commands())
    assert listed["verify-plate"]["rule"] == "W1"
    assert listed["verify-plate"]["roles"] == ["technician"]
    assert listed["deliver"]["signature"] is True
    fields = {one["name"]: one for one in listed["open-order"]["fields"]}
    assert (fields["vin"]["needed"], fields["vin"]["type"]) == (True, "VIN")
    assert [one["name"] for one in fields["items"]["fields"]] == ["operation", "minutes", "price", "parts"]
    told = run("commands").out
    assert all(f"\n{name}  " in f"\n{told}" for name in commands())


def test_plates_are_read_from_arguments_and_from_lines() -> None:
    assert run("plate", "粤b·12345", "粤BD12345").status == 0
    ended = run("plate", "--json", text="粤b·12345\n京AOO123\n\x1b[31m\n")
    assert ended.status == 1
    good, bad, ugly = map(json.loads, ended.out.splitlines())
    assert (good["valid"], good["spelling"], good["kind"]) == (True, "粤B12345", "civil")
    assert (bad["code"], bad["suggestion"]) == ("serial_i_or_o", "京A00123")
    assert ugly["valid"] is False
    assert "\x1b" not in run("plate", "\x1b[31m").out


def test_a_vin_is_told_with_its_maker_and_its_doubts() -> None:
    ended = run("vin", "LSVAA4187E2123456", "short")
    assert ended.status == 1
    assert "SAIC Volkswagen" in ended.out
    assert "check digit" in ended.out
    assert "17 characters" in ended.out


def test_a_database_is_made_saved_and_restored(tmp_path: Path, shop_url: str, shop: SmallShop) -> None:
    saved, other = tmp_path / "saved.db", f"sqlite:///{tmp_path / 'other.db'}"
    assert run("db", "backup", str(saved), url=shop_url).status == 0
    again = run("db", "backup", str(saved), url=shop_url)
    assert (again.status, "already there" in again.err) == (1, True)
    assert run("db", "init", url=other).status == 0
    assert run("db", "upgrade", url=other).status == 0
    assert run("db", "restore", str(saved), url=other).status == 0
    assert run("db", "restore", str(saved), url=other).status == 1
    assert run("db", "check", url=other).status == 0
    with shop.db.reading() as session:
        assert ledger.head(session).hash in run("verify", url=other).out


def test_verify_names_the_first_line_that_was_altered(shop_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "forged.db"
    path.write_bytes(shop_file.read_bytes())
    url = f"sqlite:///{path}"
    assert run("verify", url=url).status == 0
    with sqlite3.connect(path) as forger:
        for (trigger,) in forger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            forger.execute(f"DROP TRIGGER {trigger}")
        forger.execute("UPDATE ledger_line SET badge = '3000000000' WHERE number = 7")
    forger.close()
    ended = run("verify", url=url)
    assert (ended.status, ended.out.strip()) == (1, "Line 7 of the ledger was altered.")
    assert run("db", "check", url=url).status == 1


def test_verify_holds_the_ledger_against_a_witness(shop_url: str, tmp_path: Path) -> None:
    witness = tmp_path / "witness.txt"
    witness.write_text(f"3 {'a' * 64}\n", encoding="utf-8")
    ended = run("verify", "--witness", str(witness), url=shop_url)
    assert (ended.status, ended.out.strip()) == (1, "Line 3 of the ledger is not the one that a terminal saw.")
    assert run("verify", "--witness", str(tmp_path / "none"), url=shop_url).status == 2


def test_a_table_is_imported_after_a_dry_run(shop: SmallShop, shop_url: str, tmp_path: Path) -> None:
    table = tmp_path / "stock.csv"
    table.write_text("part_no,quantity\nPAD,5\nNONE,x\n", encoding="gb18030")
    args = ("import", "stock", str(table), "--badge", shop.badge("clerk"))
    ended = run(*args, url=shop_url, WORKSHOP_PIN=PIN)
    assert ended.status == 1
    assert "line 3  quantity" in ended.out
    table.write_text("part_no,quantity\nPAD,5\n", encoding="gb18030")
    assert "--go" in run(*args, url=shop_url, WORKSHOP_PIN=PIN).out
    before = shop.do("clerk", "receive-stock", part_no="PAD", quantity=1)["in_stock"]
    assert run(*args, "--go", url=shop_url, WORKSHOP_PIN=PIN).status == 0
    assert shop.do("clerk", "receive-stock", part_no="PAD", quantity=1)["in_stock"] == int(str(before)) + 6
    wrong = run(*args, "--go", url=shop_url, WORKSHOP_PIN="1357")
    assert (wrong.status, "Badge or PIN is wrong" in wrong.err) == (1, True)


def test_figures_are_told_and_written_for_a_manager_and_for_nobody_else(
    shop: SmallShop, shop_url: str, tmp_path: Path
) -> None:
    _open(Desk(shop, in_process(shop)))
    table, book = tmp_path / "figures.csv", tmp_path / "figures.xlsx"
    asked = ("figures", "--badge", shop.badge("manager"), "--period", "this-week")
    told = run(*asked, url=shop_url, WORKSHOP_PIN=PIN)
    assert (told.status, "orders opened" in told.out) == (0, True)
    found = {
        one["figure"]: one["value"]
        for one in json.loads(run(*asked, "--json", url=shop_url, WORKSHOP_PIN=PIN).out)["figures"]
    }
    assert (found["orders_opened"], found["orders_delivered"], found["delivered_on_time"]) == (1, 0, None)
    ended = run(*asked, "--csv", str(table), "--xlsx", str(book), url=shop_url, WORKSHOP_PIN=PIN)
    assert (ended.status, str(table) in ended.out, str(book) in ended.out) == (0, True, True)
    assert table.read_text(encoding="utf-8-sig").startswith("subject,figure,about,value,unit")
    again = run(*asked, "--csv", str(table), url=shop_url, WORKSHOP_PIN=PIN)
    assert (again.status, "already" in again.err) == (1, True)
    other = run("figures", "--badge", shop.badge("advisor"), url=shop_url, WORKSHOP_PIN=PIN)
    assert (other.status, other.out, "workshop manager" in other.err) == (1, "", True)
    backwards = run(*asked, "--from", "2026-03-02", "--to", "2026-03-01", url=shop_url, WORKSHOP_PIN=PIN)
    assert (backwards.status, "no period" in backwards.err) == (1, True)


def test_an_order_is_shown_by_number_and_by_its_plate_once_that_is_proven(shop: SmallShop, shop_url: str) -> None:
    desk = Desk(shop, in_process(shop))
    number = _open(desk)
    assert "粤B12345" not in run("show", number, url=shop_url).out
    assert run("show", "粤B12345", url=shop_url).status == 1
    bay = next(iter(shop.bays.values()))
    desk.do("leader", "dispatch", order=number, team="一组", technician=shop.badge("technician"), bay=bay)
    desk.do("technician", "verify-plate", order=number, seen="粤B12345")
    ended = run("show", "粤B12345", "--json", url=shop_url)
    page = json.loads(ended.out)
    assert (ended.status, page["order"]["facts"]["number"], page["order"]["plate"]) == (0, number, "粤B12345")
    told = run("show", number, url=shop_url).out
    assert "[/red]" in told
    assert "李顾问 opened the order" in told
    assert number in run("board", "--once", url=shop_url).out


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be opened"),
        ("nonsense://x", "not the address of a database"),
        ("/proc/nowhere/workshop.db", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_opened_is_told_in_one_line(address: str, said: str) -> None:
    for ended in (run("db", "check", url=address), run("board", url=address), run(url=address)):
        assert ended.status == 2
        assert said in ended.err
        assert ended.err.count("\n") == 1


def test_the_version_is_told() -> None:
    assert run("--version").out.startswith("workshop ")


def _open(desk: Desk) -> str:
    opened = desk.do(
        "advisor",
        "open-order",
        vin=VEHICLES[0]["vin"],
        request="保养 [/red]",
        odometer=10,
        promised_at="2099-01-01T10:00+08:00",
        items=[{"operation": "WASH"}],
    )
    return str(opened["order"])
