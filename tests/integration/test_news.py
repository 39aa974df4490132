"""What newly waits for each role: told once, to those who can act, and not to who caused it."""

from typing import Any

from support.acting import CONSENT, Floor

from workshop.commands.perform import load_actor
from workshop.domain.states import Stage
from workshop.queries import news as words
from workshop.queries.news import news


def told(floor: Floor, who: str) -> list[tuple[str, str]]:
    """The sentences and orders that wait for somebody."""
    found = news(floor.session, floor.now, load_actor(floor.session, floor.person(who)))
    assert len({one.key for one in found}) == len(found)
    return [(str(one.text), one.order) for one in found]


def keys(floor: Floor, who: str) -> set[str]:
    return {one.key for one in news(floor.session, floor.now, load_actor(floor.session, floor.person(who)))}


def test_an_order_waits_for_each_in_turn_on_its_way(floor: Floor) -> None:
    job = floor.open({"operation": "OIL", "parts": [{"part_no": "FILTER"}]})
    assert told(floor, "leader") == [(words.TO_DISPATCH, job.number)]
    assert told(floor, "clerk") == []
    job.dispatch()
    assert (told(floor, "leader"), told(floor, "technician2")) == ([], [])
    assert told(floor, "technician") == [(words.TO_PROVE, job.number)]
    assert told(floor, "clerk") == [(words.PART_ASKED, job.number)]
    job.to(Stage.SELF_CHECKED)
    assert (told(floor, "technician"), told(floor, "clerk"), told(floor, "leader")) == ([], [], [])
    job.do("technician", "offer-hand-over", tools_clean=True)
    assert told(floor, "leader") == told(floor, "inspector") == [(words.TO_TAKE, job.number)]
    job.do("leader", "take-over")
    assert (told(floor, "leader"), told(floor, "inspector")) == ([], [(words.TO_INSPECT, job.number)])
    before = keys(floor, "inspector")
    defect = {"item": job.items[0], "defect_class": "function", "note": "松动"}
    job.do("inspector", "fail-inspection", odometer=1001, defects=[defect])
    job.to(Stage.HANDED_OVER)
    assert before.isdisjoint(keys(floor, "inspector")), "another round is another thing to do"


def test_the_front_desk_hears_of_everything_but_what_it_asked_itself(floor: Floor) -> None:
    job = floor.open("OIL").to(Stage.IN_WORK)
    asked: Any = job.do("advisor", "request-change", reason="建议", add_items=[{"operation": "WASH"}])
    assert told(floor, "advisor") == []
    assert told(floor, "advisor2") == [(words.FOR_DESK, job.number)]
    floor.do("advisor2", "decide-line", line=asked["lines"][0], decision="declined", **CONSENT)
    job.do("technician", "report-finding", what="漏油", where="发动机", severity="soon")
    assert told(floor, "advisor") == told(floor, "advisor2") == [(words.FOR_DESK, job.number)]
    assert told(floor, "manager") == []


def test_an_order_to_take_over_is_told_once_to_who_holds_both_roles(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.SELF_CHECKED)
    job.do("technician", "offer-hand-over", tools_clean=True)
    assert told(floor, "all_rounder") == [(words.TO_TAKE, job.number)]
