"""Who may have a tool: the rules over one piece (W8a), for every state that a piece can be in."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.custody import Piece, not_to, unmovable, unusable, valid_until
from workshop.domain.tools import Service, ToolClass, ToolPlace
from workshop.domain.words import Name

TODAY = date(2026, 3, 1)
DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
SERVICES = st.lists(st.tuples(DAYS, st.integers(0, 400)).map(lambda one: (one[0], valid_until(*one))), max_size=3)
PIECES = st.builds(
    lambda place, custodian, **more: Piece(
        id=1,
        number="2000000018",
        name=Name("扭力扳手", "Torque wrench"),
        tool_class=ToolClass.INSTRUMENT,
        place=place,
        holder="张技师",
        custodian_id=custodian if place in {ToolPlace.PERSON, ToolPlace.CART} else None,
        **more,
    ),
    st.sampled_from(ToolPlace),
    st.none() | st.integers(1, 3),
    service=st.none() | st.sampled_from(Service),
    services=SERVICES.map(tuple),
    frozen=st.booleans(),
    missing_on=st.sampled_from(["", "1000000018"]),
)


@given(PIECES, st.integers(1, 3))
def test_a_tool_goes_out_exactly_when_it_is_in_use_free_valid_and_nobody_elses(piece: Piece, taker: int) -> None:
    served = piece.service is None or any(done <= TODAY <= until for done, until in piece.services)
    free = piece.custodian_id in {None, taker}
    whole = not piece.frozen and not piece.missing_on and piece.place is not ToolPlace.OUT_OF_USE
    assert (not_to(piece, taker, TODAY) == []) is (served and free and whole)


@given(PIECES, st.integers(1, 3))
def test_what_may_not_be_used_goes_out_to_nobody_and_every_reason_is_told_at_once(piece: Piece, taker: int) -> None:
    told = [reason.code for reason in not_to(piece, taker, TODAY)]
    assert [reason.code for reason in unusable(piece, TODAY)] == told[: len(unusable(piece, TODAY))]
    assert len(told) == len(set(told))


@given(PIECES)
def test_a_frozen_or_overdue_tool_may_still_come_back(piece: Piece) -> None:
    assert bool(unmovable(piece)) is (piece.place is ToolPlace.OUT_OF_USE or bool(piece.missing_on))


@given(SERVICES, DAYS)
def test_a_service_counts_from_its_day_to_its_last_day(services: list[tuple[date, date]], day: date) -> None:
    piece = Piece(
        1,
        "2000000018",
        Name("表", "Gauge"),
        ToolClass.INSTRUMENT,
        ToolPlace.CRIB,
        service=Service.CALIBRATION,
        services=tuple(services),
    )
    assert piece.overdue(day) is not any(done <= day <= until for done, until in services)
