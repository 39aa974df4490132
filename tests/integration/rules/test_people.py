"""People: nobody is ever deleted, one administrator always remains, and PINs are worth guessing."""

import pytest
from pydantic import ValidationError
from support.acting import Floor

from workshop.commands.base import commands
from workshop.commands.invalid import problems
from workshop.commands.shop import FirstStart, first_start
from workshop.db import ledger
from workshop.db.database import Database
from workshop.db.tables import Person, PersonRole, Shop
from workshop.domain.numbers import Kind, parse
from workshop.domain.reasons import Refused
from workshop.domain.roles import Role

NEW = {"person": "单于明", "has_roles": ["technician", "inspector"], "team": "一组", "pin": "2580"}


def test_a_new_person_gets_a_badge_of_his_own_and_is_found_by_every_reading_of_his_name(floor: Floor) -> None:
    badge = str(floor.do("admin", "add-person", **NEW)["badge"])
    assert parse(badge).kind is Kind.BADGE
    row = floor.rows(Person, Person.badge == badge)[0]
    assert {"cym", "dym", "sym"} <= set(row.initials.split())
    roles = {one.role for one in floor.rows(PersonRole, PersonRole.person_id == row.id)}
    assert roles == {Role.TECHNICIAN, Role.INSPECTOR}


@pytest.mark.parametrize(
    "pin", ["", "258", "258025802", "1111", "1234", "4321", "98765432", "12a4", "２５８０", "25 80", "٢٥٨٠", "\ud800"]
)
def test_a_pin_that_is_easily_guessed_or_no_pin_is_refused(pin: str) -> None:
    for command, fields in (("add-person", NEW | {"pin": pin}), ("change-pin", {"pin": pin})):
        with pytest.raises(ValueError, match="pin"):
            commands()[command](**fields)


@pytest.mark.parametrize("change", [{"active": False}, {"has_roles": ["manager"]}])
def test_the_last_administrator_stays(floor: Floor, change: dict[str, object]) -> None:
    other = {"badge": floor.badge("all_rounder"), "person": "蒋全能", "has_roles": ["technician"], "team": "一组"}
    floor.do("admin", "revise-person", **other)
    own = {"badge": floor.badge("admin"), "person": "管理员", "has_roles": ["administrator"]}
    assert floor.refused("admin", "revise-person", **own | change) == ["last_administrator"]


def test_an_administrator_who_left_does_not_count(floor: Floor) -> None:
    gone = {"badge": floor.badge("all_rounder"), "person": "蒋全能", "has_roles": ["administrator"], "active": False}
    floor.do("admin", "revise-person", **gone)
    own = {"badge": floor.badge("admin"), "person": "管理员", "has_roles": ["manager"]}
    assert floor.refused("admin", "revise-person", **own) == ["last_administrator"]


def test_nobody_resets_his_own_pin(floor: Floor) -> None:
    assert floor.refused("admin", "reset-pin", badge=floor.badge("admin"), pin="8642") == ["own_pin"]


@pytest.mark.parametrize("roles", [[], ["king"], "technician"])
def test_somebody_without_a_role_is_nobody(roles: object) -> None:
    with pytest.raises(ValueError, match="has_roles"):
        commands()["add-person"](**NEW | {"has_roles": roles})


def test_a_team_that_is_not_there_has_no_members(floor: Floor) -> None:
    assert floor.refused("admin", "add-person", **NEW | {"team": "九组"}) == ["not_found"]


@pytest.mark.parametrize(("command", "name"), [("add-team", "team"), ("add-bay", "bay")])
def test_two_things_do_not_bear_one_name(floor: Floor, command: str, name: str) -> None:
    floor.do("manager", command, **{name: "三号"})
    assert floor.refused("manager", command, **{name: " 三号 "}) == ["name_taken"]


@pytest.mark.parametrize(
    ("first", "last", "place"),
    [
        ("2026-03-01", "2026-02-28", ""),
        ("2026-02-30", "2026-03-01", "valid_from"),
        ("2026-01-01", "2027-13-01", "valid_until"),
    ],
)
def test_a_certificate_lies_between_two_days_that_exist(first: str, last: str, place: str) -> None:
    given = {"badge": "3000000017", "training": "gas", "valid_from": first, "valid_until": last}
    with pytest.raises(ValidationError) as error:
        commands()["grant-certificate"](**given)
    assert [problem.path for problem in problems(error.value)] == [place]


def test_the_first_start_makes_the_first_administrator_once(database: Database) -> None:
    given = FirstStart(shop="一店", administrator="管理员", pin="2580")
    actor = first_start(database, given, "bench")
    assert actor.roles == {Role.ADMINISTRATOR}
    with pytest.raises(Refused, match="already_started"):
        first_start(database, given, "bench")
    with database.reading() as session:
        kept = session.get(Shop, 1)
        assert kept is not None
        assert kept.name == "一店"
        assert ledger.head(session).number == 1


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../../etc/passwd", "Asia/Shanghai\x00"])
def test_a_shop_lies_in_a_zone_that_exists(zone: str) -> None:
    with pytest.raises(ValueError, match="timezone"):
        commands()["revise-shop"](shop="一店", timezone=zone)
