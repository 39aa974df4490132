"""W11: trainings and meetings are attended on time; a certificate is earned by being there, and lets work begin."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError
from support.acting import ALL_ON, Floor

from workshop.db.tables import Certificate, SessionAttendance
from workshop.domain.states import Stage, Training
from workshop.domain.training import Presence, SessionState, Standing
from workshop.queries.training import Roll, certificates, record, roll, sessions

SHANGHAI = ZoneInfo("Asia/Shanghai")
CERTIFIES = {"gives": "high_voltage", "certificate_days": 365}


def plan(floor: Floor, *who: str, by: str = "leader", **more: object) -> int:
    """A session that starts in two hours and takes one."""
    start = floor.now + timedelta(hours=2)
    given = {"topic": "高压安全", "starts_at": start, "ends_at": start + timedelta(hours=1), "room": "培训室"}
    invited = [floor.badge(one) for one in who or ("technician", "technician2", "technician3")]
    outcome = floor.do(by, "plan-session", **given | {"held_by": "厂家讲师", "invited": invited} | more)
    return int(str(outcome["session"]))


def come(floor: Floor, session: int, who: str, by: str = "leader") -> str:
    """A badge is scanned; what the roll says."""
    outcome = floor.do(by, "call-roll", session=session, attendee=floor.badge(who))
    return str(outcome["presence"])


def seen(floor: Floor, session: int) -> dict[str, Presence]:
    """How everybody stands on the roll, by name."""
    return {line.name: line.presence for line in found(floor, session).lines}


def found(floor: Floor, session: int) -> Roll:
    """The roll as its reader sees it."""
    there = roll(floor.session, session, floor.now)
    assert there is not None
    return there


def refused(floor: Floor, who: str, command: str, session: int, **fields: object) -> list[str]:
    return floor.refused(who, command, session=session, **fields)


def test_who_comes_after_the_minute_of_the_start_is_late_and_who_never_comes_absent(floor: Floor) -> None:
    session = plan(floor)
    floor.later(hours=2)
    assert "on time" in come(floor, session, "technician")
    floor.later(minutes=1)
    assert "late" in come(floor, session, "technician2")
    assert seen(floor, session)["吴技师"] is Presence.EXPECTED
    outcome = floor.do("leader", "close-session", session=session)
    assert (outcome["came"], outcome["absent"], outcome["certificates"]) == (2, 1, 0)
    assert seen(floor, session) == {"张技师": Presence.ON_TIME, "周技师": Presence.LATE, "吴技师": Presence.ABSENT}


def test_an_excuse_needs_a_reason_and_somebody_else(floor: Floor) -> None:
    session = plan(floor, "technician", "leader")
    excuse = {"excused": floor.badge("technician"), "reason": "出差"}
    assert refused(floor, "leader", "excuse-from-session", session, excused=floor.badge("leader"), reason="x") == [
        "own_excuse"
    ]
    assert refused(floor, "leader", "excuse-from-session", session, excused=floor.badge("keeper"), reason="x") == [
        "not_invited"
    ]
    with pytest.raises(ValidationError):
        floor.do("leader", "excuse-from-session", session=session, **excuse | {"reason": " "})
    floor.do("leader", "excuse-from-session", session=session, **excuse)
    assert refused(floor, "leader", "excuse-from-session", session, **excuse) == ["excused_already"]
    floor.later(hours=2)
    outcome = floor.do("manager", "close-session", session=session)
    assert outcome["absent"] == 1
    assert seen(floor, session) == {"张技师": Presence.EXCUSED, "刘组长": Presence.ABSENT}


def test_who_was_not_invited_is_welcome_and_nobody_is_on_the_roll_twice(floor: Floor) -> None:
    session = plan(floor, "technician")
    floor.later(hours=2)
    come(floor, session, "clerk")
    assert refused(floor, "leader", "call-roll", session, attendee=floor.badge("clerk")) == ["on_roll"]
    line = next(one for one in found(floor, session).lines if one.name == "孙备件")
    assert (line.invited, line.presence) == (False, Presence.ON_TIME)


def test_the_roll_is_called_from_an_hour_before_to_the_end(floor: Floor) -> None:
    session = plan(floor)
    attendee = floor.badge("technician")
    floor.later(minutes=59)
    assert refused(floor, "leader", "call-roll", session, attendee=attendee) == ["roll_early"]
    floor.later(minutes=1)
    come(floor, session, "technician")
    floor.later(hours=2)
    come(floor, session, "technician2")
    floor.later(seconds=1)
    assert refused(floor, "leader", "call-roll", session, attendee=floor.badge("technician3")) == ["roll_over"]


def test_a_closed_session_stays_as_it_was_signed(floor: Floor) -> None:
    session = plan(floor)
    assert refused(floor, "leader", "close-session", session) == ["session_not_started"]
    floor.later(hours=2)
    floor.do("leader", "close-session", session=session)
    badge = floor.badge("technician")
    assert refused(floor, "leader", "call-roll", session, attendee=badge) == ["session_closed"]
    assert refused(floor, "leader", "excuse-from-session", session, excused=badge, reason="病") == ["session_closed"]
    assert refused(floor, "leader", "call-off-session", session, reason="x") == ["session_closed"]
    assert refused(floor, "leader", "close-session", session) == ["session_closed"]


def test_nobody_is_absent_from_a_session_that_was_called_off(floor: Floor) -> None:
    session = plan(floor)
    floor.do("manager", "call-off-session", session=session, reason="讲师生病")
    assert found(floor, session).session.state is SessionState.CALLED_OFF
    assert Presence.ABSENT not in seen(floor, session).values()
    later = plan(floor)
    floor.later(hours=2)
    come(floor, later, "technician")
    assert refused(floor, "manager", "call-off-session", later, reason="x") == ["roll_called"]


def test_whoever_was_there_gets_the_certificate_from_that_day_on(floor: Floor) -> None:
    session = plan(floor, "technician2", "technician3", **CERTIFIES)
    floor.later(hours=2)
    come(floor, session, "technician2")
    held = len(floor.rows(Certificate))
    assert floor.do("leader", "close-session", session=session)["certificates"] == 1
    assert len(floor.rows(Certificate)) == held + 1
    row = floor.rows(Certificate, Certificate.person_id == floor.person("technician2"))[0]
    today = floor.now.astimezone(SHANGHAI).date()
    assert (row.training, row.valid_from) == (Training.HIGH_VOLTAGE, today)
    assert row.valid_until == today + timedelta(days=365)
    assert [one.certificate_id for one in floor.rows(SessionAttendance)] == [row.id]


def test_the_certificate_that_was_earned_lets_the_work_be_assigned_and_begin(floor: Floor) -> None:
    job = floor.open("GEARBOX")
    operation = {"code": "GEARBOX", "name_zh": "变速器", "name_en": "Gearbox", "category": "repair"}
    more = {"minutes": 480, "price": "3600", "repair_class": "assembly", "checklist": "brakes", "training": "gas"}
    floor.do("manager", "put-operation", **operation | more)
    bay = next(iter(floor.shop.bays.values()))
    given = {"team": "一组", "technician": floor.badge("technician"), "bay": bay}
    assert job.refused("leader", "dispatch", **given) == ["certificate_missing"]
    session = plan(floor, "technician", gives="gas", certificate_days=30)
    floor.later(hours=2)
    come(floor, session, "technician")
    floor.do("leader", "close-session", session=session)
    job.to(Stage.ITEMS_CONFIRMED)
    assert floor.refused("technician2", "start-item", item=job.items[0], confirmed=ALL_ON) == ["certificate_missing"]
    job.start()
    floor.do("technician", "pause-item", item=job.items[0], reason="shift_end")
    floor.later(days=31)
    assert floor.refused("technician", "start-item", item=job.items[0]) == ["certificate_missing"]


def test_nobody_on_the_roll_signs_certificates_for_it(floor: Floor) -> None:
    session = plan(floor, "technician", **CERTIFIES)
    floor.later(hours=2)
    come(floor, session, "leader", by="leader2")
    assert refused(floor, "leader", "close-session", session) == ["own_certificate"]
    floor.do("leader2", "close-session", session=session)
    plain = plan(floor, "technician")
    floor.later(hours=2)
    come(floor, plain, "leader")
    floor.do("leader", "close-session", session=plain)


def test_a_whole_team_is_invited_at_once_without_those_who_left(floor: Floor) -> None:
    gone = {"badge": floor.badge("technician4"), "person": "郑技师", "has_roles": ["technician"], "team": "二组"}
    floor.do("admin", "revise-person", **gone | {"active": False})
    start = {"starts_at": floor.now + timedelta(hours=2), "ends_at": floor.now + timedelta(hours=3)}
    given = {"topic": "周会", "room": "车间", "held_by": "冯组长", "invited_teams": ["二组"], **start}
    session = int(str(floor.do("leader2", "plan-session", **given)["session"]))
    assert set(seen(floor, session)) == {"吴技师", "冯组长"}
    assert floor.refused("leader2", "plan-session", **given | {"invited_teams": []}) == ["nobody_invited"]
    assert floor.refused("leader2", "plan-session", **given | {"invited": [gone["badge"]]}) == ["not_found"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": timedelta(hours=2)},
        {"ends_at": timedelta(hours=27)},
        {"gives": "gas"},
        {"certificate_days": 30},
        {"gives": "gas", "certificate_days": 0},
    ],
)
def test_a_session_that_makes_no_sense_is_not_planned(floor: Floor, wrong: dict[str, object]) -> None:
    given = {name: floor.now + one if isinstance(one, timedelta) else one for name, one in wrong.items()}
    with pytest.raises(ValidationError):
        plan(floor, **given)


def test_a_session_is_not_planned_for_the_past(floor: Floor) -> None:
    start = floor.now - timedelta(minutes=1)
    given = {"topic": "x", "room": "y", "held_by": "z", "invited": [floor.badge("technician")]}
    more = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    assert floor.refused("leader", "plan-session", **given | more) == ["session_past"]


def test_the_next_session_comes_first_and_tells_its_reader_how_he_stands(floor: Floor) -> None:
    held = plan(floor, "technician")
    floor.later(hours=2)
    come(floor, held, "technician")
    floor.do("leader", "close-session", session=held)
    far = plan(floor, "technician2", starts_at=floor.now + timedelta(days=3), ends_at=floor.now + timedelta(days=3.1))
    near = plan(floor, "technician")
    listed = sessions(floor.session, floor.now, floor.person("technician"))
    mine = [(one.session.id, one.invited, one.came, one.mine) for one in listed if one.session.id in {held, far, near}]
    assert mine == [
        (near, 1, 0, Presence.EXPECTED),
        (far, 1, 0, None),
        (held, 1, 1, Presence.ON_TIME),
    ]


def test_a_persons_record_tells_sessions_and_certificates(floor: Floor) -> None:
    session = plan(floor, "technician2", **CERTIFIES)
    floor.later(hours=2)
    come(floor, session, "technician2")
    floor.do("leader", "close-session", session=session)
    today = floor.now.astimezone(SHANGHAI).date()
    kept = record(floor.session, floor.badge("technician2"), floor.now, today)
    assert kept is not None
    assert [(view.id, how) for view, how in kept.sessions] == [(session, Presence.ON_TIME)]
    assert [(one.training, one.standing) for one in kept.certificates] == [(Training.HIGH_VOLTAGE, Standing.VALID)]
    soon = certificates(floor.session, today + timedelta(days=340), person_id=floor.person("technician2"))
    assert [one.standing for one in soon] == [Standing.RUNS_OUT]
    assert record(floor.session, "3000000019", floor.now, today) is None


def test_nobody_records_a_certificate_of_his_own(floor: Floor) -> None:
    given = {"training": "airbag", "valid_from": "2020-01-01", "valid_until": "2090-01-01"}
    own = given | {"badge": floor.badge("all_rounder")}
    assert floor.refused("all_rounder", "grant-certificate", **own) == ["own_certificate_granted"]
    floor.do("manager", "grant-certificate", **own)


def test_a_renewed_certificate_is_told_by_its_last_day(floor: Floor) -> None:
    given = {"badge": floor.badge("keeper"), "training": "gas", "valid_from": "2020-01-01"}
    floor.do("manager", "grant-certificate", **given, valid_until="2090-01-01")
    floor.do("manager", "grant-certificate", **given, valid_until="2021-01-01")
    today = floor.now.astimezone(SHANGHAI).date()
    mine = certificates(floor.session, today, person_id=floor.person("keeper"))
    assert [(one.valid_until.year, one.standing) for one in mine] == [(2090, Standing.VALID)]
