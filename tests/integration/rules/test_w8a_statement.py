"""W8a: a balance per person: every debit, every credit, to the fen."""

from decimal import Decimal

from support.acting import Floor
from support.blame import reported
from support.catalogue import AT_BAY, IN_CART, SPARE, TORQUE

from workshop.domain.liability import Method
from workshop.queries.liability import case, open_cases
from workshop.queries.statements import statement, statements


def test_a_statement_adds_up_line_by_line_over_all_cases_of_a_person(floor: Floor) -> None:
    thirds = (("technician", "33.33"), ("technician2", "66.67"))
    shared = reported(floor, AT_BAY)
    shared.decide("420.55", *thirds)
    for who, _ in thirds:
        shared.do(who, "acknowledge-liability")
        floor.later(minutes=1)
    shared.pay("100.17")
    floor.later(days=1)
    replaced = reported(floor, TORQUE).final("519.99", method="replace")
    replaced.pay("0.01")
    floor.later(days=1)
    replaced.do("keeper", "accept-replacement-tool")
    found = statement(floor.session, floor.badge("technician"))
    assert found is not None
    told = [
        (f"{one.account.entry.debit:.2f}", f"{one.account.entry.credit:.2f}", f"{one.account.balance:.2f}")
        for one in found.lines
    ]
    assert told == [
        ("140.17", "0.00", "140.17"),
        ("0.00", "100.17", "40.00"),
        ("519.99", "0.00", "559.99"),
        ("0.00", "0.01", "559.98"),
        ("0.00", "519.98", "40.00"),
    ]
    assert [one.account.entry.method for one in found.lines] == [None, Method.PAY, None, Method.PAY, Method.REPLACE]
    assert (found.debit, found.credit, found.balance) == (Decimal("660.16"), Decimal("620.16"), Decimal("40.00"))


def test_only_what_is_decided_for_good_is_owed(floor: Floor) -> None:
    case = reported(floor, IN_CART)
    case.decide("110")
    assert statements(floor.session) == []
    case.do("technician", "object-to-liability", statement="不是我")
    assert statements(floor.session) == []
    case.decide("30", ("technician2", "100"), who="all_rounder")
    assert [(one.person.name, one.balance) for one in statements(floor.session)] == [("周技师", 30)]
    mine = statement(floor.session, floor.badge("technician"))
    assert mine is not None
    assert mine.lines == ()


def test_the_balances_of_all_people_are_what_the_open_cases_owe(floor: Floor) -> None:
    for place, amount in ((IN_CART, "110"), (SPARE, "0.05"), (TORQUE, "333.33")):
        case = reported(floor, place)
        case.decide(amount, ("technician", "50"), ("leader", "50"))
        for who in ("technician", "leader"):
            case.do(who, "acknowledge-liability")
        case.pay("0.02")
    owed = sum(one.owed for one in open_cases(floor.session))
    assert sum(one.balance for one in statements(floor.session)) == owed == Decimal("443.32")


def test_a_case_tells_everything_that_was_said_and_done(floor: Floor) -> None:
    blame = reported(floor, IN_CART, "advisor")
    blame.decide("110")
    blame.do("technician", "object-to-liability", statement="手柄早有裂纹")
    blame.decide("55", who="all_rounder", method="repair")
    blame.do("keeper", "accept-repair", note="换了手柄")
    view = case(floor.session, blame.number)
    assert view is not None
    assert (view.reported_by.name, view.custodian and view.custodian.name) == ("李顾问", "张技师")
    assert [(one.instance, one.by.name, str(one.amount)) for one in view.decisions] == [
        (1, "王经理", "110.00"),
        (2, "蒋全能", "55.00"),
    ]
    assert [one.statement for one in view.decisions[0].shares] == ["手柄早有裂纹"]
    assert [(one.method, str(one.amount), one.by.name, one.note) for one in view.settlements] == [
        ("repair", "55.00", "卫工具", "换了手柄")
    ]
    assert view.release is not None
    assert (view.release.fate, view.release.by.name) == ("in_service", "卫工具")
    assert open_cases(floor.session) == []


def test_a_case_concerns_its_custodian_and_everybody_who_has_or_had_a_share(floor: Floor) -> None:
    blame = reported(floor, IN_CART)
    blame.decide("110", ("technician2", "100"))
    blame.do("technician2", "object-to-liability", statement="没用过")
    blame.decide("110", ("leader", "100"), who="all_rounder")
    people = ("technician", "technician2", "leader", "advisor", "manager")
    concerned = {who for who in people if open_cases(floor.session, floor.person(who))}
    assert concerned == {"technician", "technician2", "leader"}
