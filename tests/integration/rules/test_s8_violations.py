"""S8: no smoking, spitting or littering; what is seen is recorded on the person, and stays."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from support.acting import Floor

from workshop.db.tables import Violation
from workshop.queries.spot_checks import violations


def test_a_violation_is_recorded_on_the_person_with_place_and_witness(floor: Floor) -> None:
    given = {"badge": floor.badge("technician"), "where": "喷漆房门口", "note": "当场熄灭"}
    floor.do("leader", "record-violation", violation="smoking", **given)
    (found,) = violations(floor.session, floor.now)
    assert (found.name, found.kind.value, found.place, found.seen_by) == ("张技师", "smoking", "喷漆房门口", "刘组长")


def test_nobody_records_his_own(floor: Floor) -> None:
    given = {"badge": floor.badge("leader"), "violation": "littering", "where": "院内"}
    assert floor.refused("leader", "record-violation", **given) == ["own_violation"]


@pytest.mark.parametrize("change", [sa.update(Violation).values(place="-"), sa.delete(Violation)])
def test_a_violation_is_neither_edited_nor_removed(floor: Floor, change: sa.Executable) -> None:
    given = {"badge": floor.badge("technician"), "violation": "spitting", "where": "院内"}
    floor.do("inspector", "record-violation", **given)
    with pytest.raises(DBAPIError, match="append-only"), floor.session.begin_nested():
        floor.session.execute(change)
