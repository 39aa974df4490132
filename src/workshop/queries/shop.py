"""The shop's data and its people, for headers, administration and the demo's sign-in."""

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.db.tables import Certificate, Person, PersonRole, Shop, Team
from workshop.domain.roles import Role
from workshop.domain.states import Training


@dataclass(frozen=True, slots=True)
class ShopView:
    """Whose workshop this is."""

    name: str
    address: str
    phone: str
    timezone: str
    labour_rate: Decimal
    demo: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody who works here, with roles, team and the trainings that certificates were recorded for."""

    badge: str
    name: str
    roles: tuple[Role, ...]
    team: str
    active: bool
    trainings: tuple[Training, ...]


def shop(session: Session) -> ShopView | None:
    """The shop's data; None before the first start."""
    row = session.get(Shop, 1)
    return ShopView(row.name, row.address, row.phone, row.timezone, row.labour_rate, row.demo) if row else None


def staff(session: Session) -> list[PersonView]:
    """Everybody, active or not, in the order in which they were entered."""
    roles: dict[int, list[Role]] = {}
    for person_id, role in session.execute(sa.select(col(PersonRole.person_id), col(PersonRole.role))):
        roles.setdefault(person_id, []).append(role)
    trainings: dict[int, list[Training]] = {}
    for person_id, training in session.execute(sa.select(col(Certificate.person_id), col(Certificate.training))):
        trainings.setdefault(person_id, []).append(training)
    query: sa.Select[*tuple[object, ...]] = (
        sa.select(col(Person.id), col(Person.badge), col(Person.name), col(Person.active), col(Team.name).label("team"))
        .outerjoin(Team, col(Team.id) == col(Person.team_id))
        .order_by(col(Person.id))
    )
    return [
        PersonView(
            row.badge,
            row.name,
            tuple(sorted(roles.get(row.id, []), key=list(Role).index)),
            row.team or "",
            row.active,
            tuple(sorted(set(trainings.get(row.id, [])))),
        )
        for row in session.execute(query)
    ]
