"""Talks to `workshop do` line by line, as a program beside the shop would."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from support.catalogue import VEHICLES
from support.shop import PIN, SmallShop
from workshop.commands.perform import utc_now
from workshop.doors.do import Door
from workshop.doors.lines import json_line
from workshop.doors.show import as_json, order_page
from workshop.i18n import translator

Answer = dict[str, Any]
Say = Callable[[Answer], Answer]


def in_process(shop: SmallShop) -> Say:
    """The door itself, answers read back from the bytes it would write."""
    door = Door(shop.db, "json", language="en")
    return lambda line: json.loads(json_line(door.answer(json_line(line))))


class Program:
    """`workshop do` as a process of its own."""

    def __init__(self, url: str) -> None:
        command = [sys.executable, "-m", "workshop", "--database", url, "--terminal", "json", "--lang", "en", "do"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def say(self, line: Answer) -> Answer:
        """Send a line and wait for its answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json_line(line))
        self._process.stdin.flush()
        answer: Answer = json.loads(self._process.stdout.readline())
        return answer

    def end(self) -> int:
        """End its input; the exit status."""
        if self._process.returncode is None:
            self._process.communicate()
        return self._process.returncode


class Desk:
    """Somebody of the shop saying what they do; everything is read and written through doors."""

    def __init__(self, shop: SmallShop, say: Say) -> None:
        self.shop = shop
        self.say = say

    def try_to(self, who: str, command: str, **fields: Any) -> Answer:
        """Send one act."""
        return self.say({"command": command, "badge": self.shop.badge(who), "pin": PIN, "fields": fields})

    def do(self, who: str, command: str, **fields: Any) -> Answer:
        """Send one act that must be done; what came of it."""
        answer = self.try_to(who, command, **fields)
        assert answer["status"] == "done", answer
        outcome: Answer = answer["outcome"]
        return outcome

    def refused(self, who: str, command: str, **fields: Any) -> list[tuple[str, str]]:
        """Send one act that must be refused; the rule and code of each reason."""
        answer = self.try_to(who, command, **fields)
        assert answer["status"] == "refused", answer
        return [(reason["rule"], reason["code"]) for reason in answer["reasons"]]

    def page(self, order: str) -> Answer:
        """The order as `workshop show --json` tells it."""
        with self.shop.db.reading() as session:
            page = order_page(session, order, utc_now())
        found: Answer = json.loads(json_line(as_json(page, translator("en"))))
        return found

    def checks(self, order: str, which: str) -> list[Answer]:
        """The lines of a checklist that have no answer yet."""
        return [line for line in self.page(order)[which] if line["answer"] is None]


def drive(desk: Desk) -> str:
    """One order from reception to delivery, with everything that may befall it; its number."""
    technician = desk.shop.badge("technician")
    opened = desk.do(
        "advisor",
        "open-order",
        vin=VEHICLES[0]["vin"],
        request="制动异响 [/red]\n<b>",
        odometer=42_000,
        promised_at=(utc_now() + timedelta(hours=4)).isoformat(),
        items=[{"operation": "BRAKE", "parts": [{"part_no": "PAD", "quantity": 2}]}],
    )
    order, item = opened["order"], opened["items"][0]
    bay = next(iter(desk.shop.bays.values()))
    desk.do("leader", "dispatch", order=order, team="一组", technician=technician, bay=bay)
    _prove_plate(desk, order)
    desk.do("technician", "start-item", item=item, watcher=desk.shop.badge("technician2"))
    _fit_on_loan(desk, order, technician)
    desk.do("technician", "finish-item", item=item)
    _find(desk, order)
    _check_with_failure(desk, order, item)
    _hand_over(desk, order)
    defect = {"item": item, "defect_class": "safety", "note": "螺栓松动"}
    desk.do("inspector", "fail-inspection", order=order, odometer=42_003, defects=[defect])
    desk.do("technician", "start-item", item=item, watcher=desk.shop.badge("technician2"))
    desk.do("technician", "finish-item", item=item)
    _answer(desk, order, "self_check", "technician", "answer-check")
    _hand_over(desk, order)
    early = desk.refused("inspector", "pass-inspection", order=order, odometer=42_005)
    assert early == [("W7c", "inspection_incomplete")]
    _answer(desk, order, "final_inspection", "inspector", "answer-inspection")
    assert desk.refused("technician", "pass-inspection", order=order, odometer=42_005) == [("-", "role_missing")]
    desk.do("inspector", "pass-inspection", order=order, odometer=42_005)
    desk.do("advisor", "deliver", order=order, received_by="周先生", old_parts="shop_keeps")
    return str(order)


def _prove_plate(desk: Desk, order: str) -> None:
    assert desk.do("technician", "verify-plate", order=order, seen="粤B12346")["matched"] is False
    desk.do("advisor", "correct-plate", order=order, plate="粤B12345", reason="技师看错")
    assert desk.do("technician", "verify-plate", order=order, seen="粤b·12345")["matched"] is True
    desk.do("technician", "confirm-items", order=order)


def _fit_on_loan(desk: Desk, order: str, technician: str) -> None:
    line = desk.page(order)["order"]["items"][0]["lines"][0]["facts"]["id"]
    assert desk.refused("clerk", "issue-part", line=line, technician=technician) == [("W6b", "old_part_missing")]
    issue = desk.do("clerk", "issue-on-loan", line=line, technician=technician, quantity=2, reason="换上才能拆下")[
        "issue"
    ]
    desk.do("technician", "fit-part", issue=issue, quantity=2)
    assert any(reason["code"] == "loan_open" for reason in desk.page(order)["order"]["step"]["missing"])
    desk.do("clerk", "receive-old-part", issue=issue, quantity=2)


def _find(desk: Desk, order: str) -> None:
    proposals = [{"operation": "WASH"}, {"operation": "OIL"}]
    found = desk.do(
        "technician", "report-finding", order=order, what="渗油", where="发动机", severity="soon", proposals=proposals
    )
    consent = {"channel": "telephone", "consented_by": "周先生"}
    approved, declined = found["lines"]
    desk.do("advisor", "decide-line", line=approved, decision="approved", **consent)
    desk.do("advisor", "decide-line", line=declined, decision="declined", **consent)
    added = next(item for item in desk.page(order)["order"]["items"] if item["facts"]["state"] == "approved")
    desk.do("technician", "start-item", item=added["facts"]["number"], confirmed=["inside_covers"])
    desk.do("technician", "finish-item", item=added["facts"]["number"])


def _check_with_failure(desk: Desk, order: str, item: str) -> None:
    thin = next(line for line in desk.checks(order, "self_check") if line["line"]["low"] == "3")
    desk.do("technician", "answer-check", check=thin["id"], answer="not_ok", value="2.1", reason="片太薄")
    desk.do("technician", "start-item", item=item, watcher=desk.shop.badge("technician2"))
    desk.do("technician", "finish-item", item=item)
    _answer(desk, order, "self_check", "technician", "answer-check")


def _answer(desk: Desk, order: str, which: str, who: str, command: str) -> None:
    for line in desk.checks(order, which):
        bounds = line["line"]
        value = {"value": bounds["low"]} if bounds["value_required"] else {}
        desk.do(who, command, check=line["id"], answer="ok", **value)


def _hand_over(desk: Desk, order: str) -> None:
    desk.do("technician", "sign-self-check", order=order)
    desk.do("technician", "offer-hand-over", order=order, tools_clean=True)
    desk.do("leader", "take-over", order=order)
