"""Vehicle health records: to a folder, to a receiving system; lost lines, refusals, and nothing sent twice unsaid."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from support.shop import SmallShop

from workshop.commands.perform import load_actor
from workshop.db.tables import HealthExchange, RepairOrder
from workshop.documents.receivers import Folder, Receiver, System, receiver_of
from workshop.domain.health_record import ExchangeResult, HealthPart, HealthRecord, verdict
from workshop.domain.reasons import Refused
from workshop.doors.exchange import send_all
from workshop.i18n import translator
from workshop.settings import Settings

SAID = translator("en")


@pytest.fixture
def shop(delivered_shop: SmallShop) -> SmallShop:
    """The shop in which an order was delivered."""
    return delivered_shop


@pytest.fixture
def order(shop: SmallShop) -> str:
    """The number of that order."""
    with shop.db.reading() as session:
        return session.exec(select(RepairOrder.number)).one()


def send(shop: SmallShop, receiver: Receiver) -> list[str]:
    """Send what waits, as an advisor."""
    with shop.db.reading() as session:
        actor = load_actor(session, shop.people["advisor"].id)
    return list(send_all(shop.db, receiver, actor, "bench", SAID))


def kept(shop: SmallShop) -> list[ExchangeResult]:
    """What is recorded, oldest first."""
    with shop.db.reading() as session:
        return list(session.exec(select(HealthExchange.result).order_by(HealthExchange.id)))  # type: ignore[arg-type]


class Office:
    """A receiving system that answers as a test wants; what it was sent, by the path's last part but one."""

    def __init__(self, answer: Callable[[str, dict[str, Any]], tuple[int, bytes]]) -> None:
        self.got: list[tuple[str, dict[str, Any]]] = []
        office = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                path = self.path.split("/")[-2]
                office.got.append((path, body))
                status, reply = answer(path, body)
                if status:
                    self.send_response(status)
                    self.end_headers()
                    self.wfile.write(reply)

            def log_message(self, *_args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/lcipprodatarest"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()


def _answers(code: str) -> Callable[[str, dict[str, Any]], tuple[int, bytes]]:
    def answer(path: str, _body: dict[str, Any]) -> tuple[int, bytes]:
        token = {"access_token": "T", "code": "1"}
        return 200, json.dumps(token if "token" in path else {"code": code, "status": "收到"}).encode()

    return answer


@contextmanager
def office(answer: Callable[[str, dict[str, Any]], tuple[int, bytes]]) -> Iterator[Office]:
    """A receiving system that is shut at the end."""
    one = Office(answer)
    try:
        yield one
    finally:
        one.server.shutdown()
        one.server.server_close()


def test_a_record_has_the_fields_of_the_national_exchange(shop: SmallShop, order: str, tmp_path: Path) -> None:
    assert send(shop, Folder(tmp_path / "out"))[-1] == "Every health record has been accepted."
    record = json.loads((tmp_path / "out" / f"{order}.json").read_text(encoding="utf-8"))
    basic = record["basicInfo"]
    assert set(basic) == {
        "vehicleplatenumber",
        "companyname",
        "vin",
        "repairdate",
        "repairmileage",
        "settledate",
        "faultdescription",
        "costlistcode",
    }
    assert (basic["vehicleplatenumber"], basic["companyname"], basic["repairmileage"]) == ("粤B12345", "测试店", "1000")
    assert basic["costlistcode"] == order
    assert re.fullmatch(r"\d{8}", basic["repairdate"])
    assert re.fullmatch(r"\d{8}", basic["settledate"])
    assert record["vehiclepartslist"] == [{"partsname": "机油滤清器", "partscode": "FILTER", "partsquantity": "1"}]
    assert record["repairprojectlist"] == [{"repairproject": "更换机油", "workinghours": "0.50"}]


def test_what_was_accepted_is_not_sent_again_and_the_answer_stands_in_the_orders_story(
    shop: SmallShop, order: str, tmp_path: Path
) -> None:
    with office(_answers("1")) as there:
        system = System(there.address, "C1", "secret")
        assert send(shop, system)[0].startswith(f"{order}: accepted.")
        assert send(shop, system) == ["Every health record has been accepted."]
    assert [path for path, _ in there.got] == ["lcipprogetaccesstoken", "lcipprocarfixrecordadd"]
    assert there.got[0][1] == {"companycode": "C1", "companypassword": "secret"}
    assert there.got[1][1]["access_token"] == "T"
    assert kept(shop) == [ExchangeResult.ACCEPTED]
    assert shop.refusal("advisor", "record-exchange", order=order, exchange_result="accepted", receiver="x") == [
        "exchange_accepted_before"
    ]
    from workshop.queries.story import story

    with shop.db.reading() as session:
        told = story(session, order)[-1]
    assert "收到" in SAID(told.text, **told.args)


def test_a_refusal_is_recorded_and_the_record_stays_to_be_sent(shop: SmallShop, order: str) -> None:
    with office(_answers("0")) as there:
        told = send(shop, System(there.address, "C1", "p"))
    assert told[0].startswith(f"{order}: refused.")
    assert told[-1] == "Health records that wait to be sent: 1."
    assert kept(shop) == [ExchangeResult.REFUSED]
    with office(_answers("1")) as mended:
        assert send(shop, System(mended.address, "C1", "p"))[-1] == "Every health record has been accepted."
    assert kept(shop) == [ExchangeResult.REFUSED, ExchangeResult.ACCEPTED]


def test_a_receiver_that_is_away_leaves_everything_as_it_was(shop: SmallShop, order: str) -> None:
    with office(_answers("1")) as there:
        pass
    told = send(shop, System(there.address, "C1", "p"))
    assert "cannot be reached" in told[0]
    assert told[-1] == "Health records that wait to be sent: 1."
    assert kept(shop) == []


def test_a_name_that_nobody_has_got_no_record(shop: SmallShop, order: str) -> None:
    receiver = System("http://receiver.invalid/rest", "C1", "p", "a token of before")
    assert "cannot be reached" in send(shop, receiver)[0]
    assert kept(shop) == []


def test_a_record_whose_answer_was_lost_is_sent_again_saying_so(shop: SmallShop, order: str) -> None:
    def mute(path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        return _answers("1")(path, body) if "token" in path else (0, b"")

    with office(mute) as there:
        assert f"{order}: sent, no answer." in send(shop, System(there.address, "C1", "p"))[0]
    assert kept(shop) == [ExchangeResult.UNANSWERED]
    with office(_answers("1")) as mended:
        told = send(shop, System(mended.address, "C1", "p"))
    assert told[0] == f"{order}: sent before without an answer, now again."
    assert kept(shop) == [ExchangeResult.UNANSWERED, ExchangeResult.ACCEPTED]


@pytest.mark.parametrize("reply", [b"not json", b"[1]", b"\xff"])
def test_an_answer_that_cannot_be_read_is_no_answer(shop: SmallShop, order: str, reply: bytes) -> None:
    def babble(path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        return _answers("1")(path, body) if "token" in path else (200, reply)

    with office(babble) as there:
        send(shop, System(there.address, "C1", "p"))
    assert kept(shop) == [ExchangeResult.UNANSWERED]


def test_an_expired_token_is_fetched_anew(shop: SmallShop, order: str) -> None:
    def strict(path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        if "token" in path:
            return 200, b'{"access_token": "fresh"}'
        return 200, b'{"code": "1"}' if body["access_token"] == "fresh" else b'{"code": "0"}'

    with office(strict) as there:
        system = System(there.address, "C1", "p", "stale")
        assert send(shop, system)[-1] == "Every health record has been accepted."


def test_a_folder_that_cannot_be_written_is_told(shop: SmallShop, order: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be reached" in send(shop, Folder(tmp_path / "file"))[0]


def test_the_answer_counts_wrapped_or_not() -> None:
    assert verdict({"code": 1}) is verdict({"respInfo": {"code": "1"}}) is ExchangeResult.ACCEPTED
    assert verdict({"code": "2"}) is verdict({}) is verdict({"respInfo": {"code": 0}}) is ExchangeResult.REFUSED


def test_long_names_and_missing_codes_are_as_the_exchange_wants_them() -> None:
    from datetime import date

    day = date(2026, 1, 5)
    record = HealthRecord("", "店", "V", day, 1, day, "", "N", (HealthPart("件" * 60, "", 2),), ())
    assert record.as_json()["vehiclepartslist"] == [{"partsname": "件" * 50, "partscode": "N/A", "partsquantity": "2"}]


def test_the_settings_name_the_receiver(tmp_path: Path) -> None:
    here = Settings(health_folder=tmp_path)
    assert receiver_of(here).name == str(tmp_path)
    there = Settings(health_folder=tmp_path, health_address="https://record.example/x", health_password="p")
    assert receiver_of(there).name == "record.example"
    assert "'p'" not in repr(there)
    with pytest.raises(Refused):
        receiver_of(Settings())
    with pytest.raises(ValueError, match="health_address"):
        Settings(health_address="ftp://x")
