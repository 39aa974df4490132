"""What a form offers to choose from: operations, parts, technicians, teams, bays, found by a few letters."""

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.part_facts import stock_of
from workshop.db.tables import (
    Area,
    Bay,
    CleaningPlanLine,
    Operation,
    OperationPart,
    Part,
    PartFit,
    Person,
    PersonRole,
    Team,
    ToolModel,
    Vehicle,
)
from workshop.domain.fitment import Car, Fit, Match, match
from workshop.domain.roles import Role
from workshop.domain.words import Name
from workshop.queries.search import matches_text

_MOST = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: `value` goes into the field, `name` and `detail` are shown."""

    value: str
    name: Name
    detail: str = ""


@dataclass(frozen=True, slots=True)
class OperationChoice:
    """An operation with its standard minutes and labour charge."""

    code: str
    name: Name
    minutes: int
    price: Decimal
    safety: bool


@dataclass(frozen=True, slots=True)
class PartChoice:
    """A part for a certain car: does it fit, how many are here."""

    part_no: str
    name: Name
    price: Decimal
    in_stock: int
    match: Match
    quantity: int = 1


def operations(session: Session, text: str = "") -> list[OperationChoice]:
    """Operations on offer, by code, name or pinyin initials."""
    query = sa.select(Operation).where(col(Operation.active))
    if text:
        columns = (col(Operation.code), col(Operation.name_zh), col(Operation.name_en), col(Operation.initials))
        query = query.where(matches_text(text, *columns))
    rows = session.execute(query.order_by(col(Operation.code)).limit(_MOST)).scalars()
    return [
        OperationChoice(row.code, Name(row.name_zh, row.name_en), row.minutes, row.price, row.training is not None)
        for row in rows
    ]


def parts(session: Session, text: str = "", vin: str = "") -> list[PartChoice]:
    """Parts by number, name or pinyin initials, with whether they fit the car; those that fit come first."""
    query = sa.select(Part).where(col(Part.active))
    if text:
        columns = (col(Part.part_no), col(Part.number), col(Part.name_zh), col(Part.name_en), col(Part.initials))
        query = query.where(matches_text(text, *columns))
    rows = list(session.execute(query.order_by(col(Part.part_no)).limit(_MOST)).scalars())
    return _with_match(session, [(row, 1) for row in rows], vin)


def usual_parts(session: Session, operation: str, vin: str) -> list[PartChoice]:
    """The parts that the operation usually needs and that fit the car."""
    rows = session.execute(
        sa.select(Part, col(OperationPart.quantity))
        .join(OperationPart, col(OperationPart.part_id) == col(Part.id))
        .where(col(OperationPart.operation) == operation, col(Part.active))
        .order_by(col(Part.part_no))
    ).all()
    choices = _with_match(session, [(row[0], row[1]) for row in rows], vin)
    return [choice for choice in choices if choice.match is Match.FITS]


def technicians(session: Session, team: str = "") -> list[Choice]:
    """Active technicians (of a team) by badge."""
    return _people(session, Role.TECHNICIAN, team)


def people(session: Session) -> list[Choice]:
    """Everybody who works here, by badge."""
    return _people(session, None, "")


def teams(session: Session) -> list[Choice]:
    """The teams, by name."""
    rows = session.execute(sa.select(col(Team.name)).order_by(col(Team.id))).scalars()
    return [Choice(name, Name(name, name)) for name in rows]


def bays(session: Session) -> list[Choice]:
    """The bays, by number."""
    rows = session.execute(sa.select(col(Bay.number), col(Bay.name)).order_by(col(Bay.id)))
    return [Choice(row.number, Name(row.name, row.name), row.number) for row in rows]


def tool_models(session: Session, text: str = "") -> list[Choice]:
    """Kinds of tool by code, name or pinyin initials."""
    query = sa.select(col(ToolModel.code), col(ToolModel.name_zh), col(ToolModel.name_en)).where(col(ToolModel.active))
    if text:
        columns = (col(ToolModel.code), col(ToolModel.name_zh), col(ToolModel.name_en), col(ToolModel.initials))
        query = query.where(matches_text(text, *columns))
    rows = session.execute(query.order_by(col(ToolModel.code)).limit(_MOST))
    return [Choice(row.code, Name(row.name_zh, row.name_en)) for row in rows]


def areas(session: Session) -> list[Choice]:
    """The areas that are not ended, by number."""
    rows = session.execute(
        sa.select(col(Area.number), col(Area.name)).where(col(Area.until).is_(None)).order_by(col(Area.id))
    )
    return [Choice(row.number, Name(row.name, row.name)) for row in rows]


def cleaning_plans(session: Session) -> list[Choice]:
    """The cleaning plans, by name."""
    query = sa.select(col(CleaningPlanLine.plan)).distinct().order_by(col(CleaningPlanLine.plan))
    return [Choice(plan, Name(plan, plan)) for plan in session.execute(query).scalars()]


def _people(session: Session, role: Role | None, team: str) -> list[Choice]:
    query = (
        sa.select(col(Person.badge), col(Person.name), sa.func.coalesce(col(Team.name), "").label("team"))
        .outerjoin(Team, col(Team.id) == col(Person.team_id))
        .where(col(Person.active))
        .order_by(col(Person.id))
    )
    if role is not None:
        holders = sa.select(col(PersonRole.person_id)).where(col(PersonRole.role) == role)
        query = query.where(col(Person.id).in_(holders))
    if team:
        query = query.where(col(Team.name) == team)
    return [Choice(row.badge, Name(row.name, row.name), row.team) for row in session.execute(query)]


def _with_match(session: Session, rows: list[tuple[Part, int]], vin: str) -> list[PartChoice]:
    car = _car(session, vin)
    ids = [part.id or 0 for part, _ in rows]
    stock = stock_of(session, ids)
    fits: dict[int, list[Fit]] = {}
    for row in session.execute(sa.select(PartFit).where(col(PartFit.part_id).in_(ids))).scalars():
        fit = Fit(row.make, row.model, row.year_from, row.year_to, row.engine, row.vin_prefix)
        fits.setdefault(row.part_id, []).append(fit)
    found = [
        PartChoice(
            part.part_no,
            Name(part.name_zh, part.name_en),
            part.price,
            stock.get(part.id or 0, 0),
            match(car, fits.get(part.id or 0, [])) if car else Match.NO_DATA,
            quantity,
        )
        for part, quantity in rows
    ]
    return sorted(found, key=lambda choice: list(Match).index(choice.match) if choice.match is Match.FITS else 1)


def _car(session: Session, vin: str) -> Car | None:
    row = session.execute(sa.select(Vehicle).where(col(Vehicle.vin) == vin)).scalar_one_or_none() if vin else None
    return Car(row.make, row.model, row.model_year, row.engine, row.vin) if row else None
