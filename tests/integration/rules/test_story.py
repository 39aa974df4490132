"""The story of an order: every act in a plain sentence, in both languages, and no plate for who must still prove it."""

import pytest
from support.acting import Floor

from workshop.domain.states import Stage
from workshop.i18n import translator
from workshop.queries.story import HIDDEN, latest, story

LANGUAGES = ("zh_CN", "en")


def _told(floor: Floor, number: str, language: str, *, hide: bool = False) -> list[str]:
    say = translator(language)
    return [say(one.text, **one.args) for one in story(floor.session, number, hide_plate=hide)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_order_is_told_from_reception_to_delivery(floor: Floor, language: str) -> None:
    job = floor.open({"operation": "BRAKE", "parts": [{"part_no": "PAD"}]}).to(Stage.DELIVERED)
    sentences = _told(floor, job.number, language)
    assert len(sentences) >= 15
    assert "粤B12345" in sentences[0]
    assert "李顾问" in sentences[0]
    assert "周先生" in sentences[-1]
    for sentence in sentences:
        assert "{" not in sentence
        assert "None" not in sentence


def test_the_story_names_who_when_where_and_under_which_rule(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    opened, dispatched = story(floor.session, job.number)
    assert (opened.rule, dispatched.rule) == ("W5", "W1")
    assert (opened.actor, opened.at, opened.terminal) == ("李顾问", floor.now, "bench")
    assert opened.number < dispatched.number


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_does_not_tell_the_plate_to_who_must_prove_it_blindly(floor: Floor, language: str) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    job.do("technician", "verify-plate", seen="粤B12346")
    job.do("advisor", "correct-plate", plate="粤B12347", reason="看错")
    told = " ".join(_told(floor, job.number, language, hide=True))
    assert "粤B12345" not in told
    assert "粤B12347" not in told
    assert HIDDEN in told


@pytest.mark.parametrize("note", ["[/red] [bold", "{actor} {0} {", "%s %(x)d", "换行\n第二行", "🚗 {}"])
def test_what_people_wrote_is_told_as_they_wrote_it(floor: Floor, note: str) -> None:
    job = floor.open("WASH").to(Stage.PLATE_VERIFIED)
    job.do("technician", "report-discrepancy", note=note)
    assert note in _told(floor, job.number, "zh_CN")[-1]


def test_the_latest_acts_of_the_shop_come_first(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.DISPATCHED)
    assert [one.command for one in latest(floor.session, 2)] == ["dispatch", "open-order"]
    assert story(floor.session, job.number)[-1] == latest(floor.session, 1)[0]


def test_what_another_order_went_through_is_not_told(floor: Floor) -> None:
    one, two = floor.open("WASH"), floor.open("WASH", vehicle=1)
    assert len(story(floor.session, one.number)) == len(story(floor.session, two.number)) == 1
