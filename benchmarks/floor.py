"""A floor to measure on: the demo shop with a hundred open orders, always the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import sqlalchemy as sa
from sqlmodel import select

from workshop.commands.shop import AddBay
from workshop.commands.vehicles import RegisterVehicle
from workshop.db.database import Database
from workshop.db.opening import open_database
from workshop.db.tables import Customer, RepairOrder, Vehicle
from workshop.db.tables.orders import OPEN_ORDERS
from workshop.demo.building import build
from workshop.demo.data import Plan, plans
from workshop.demo.director import Director, Pauses
from workshop.demo.stories import STORIES
from workshop.demo.visit import Visit
from workshop.domain.roles import Role
from workshop.domain.vins import with_check_digit

NOW: Final = datetime(2026, 3, 12, 2, 30, tzinfo=UTC)
ORDERS: Final = 100
_STORIES: Final = ("opened", "dispatched", "plate_verified", "items_confirmed")
_HOUR: Final = timedelta(hours=1)


@contextmanager
def demo_file() -> Iterator[Path]:
    """A SQLite file with the demo shop, for as long as it is wanted."""
    with TemporaryDirectory(prefix="workshop-benchmark-") as folder:
        path = Path(folder) / "shop.db"
        db = open_database(f"sqlite:///{path}")
        build(db, NOW)
        db.close()
        yield path


@contextmanager
def demo() -> Iterator[Database]:
    """The same, opened."""
    with demo_file() as path:
        db = Database(f"sqlite:///{path}")
        yield db
        db.close()


def crowd(db: Database) -> None:
    """Bring as many more cars into the demo shop as make a hundred open orders; bays are built for them."""
    with db.writing() as session:
        director = Director(session, NOW, NOW + _HOUR, mark="crowd")
        missing = (
            ORDERS
            - session.execute(sa.select(sa.func.count()).where(OPEN_ORDERS).select_from(RepairOrder)).scalar_one()
        )
        planned = [plan for plan in plans() if plan.technician and plan.items]
        visits = [_twin(director, planned[place % len(planned)], place) for place in range(missing)]
        director.look_around()
        director.play((NOW, visit) for visit in visits)


def _twin(director: Director, plan: Plan, place: int) -> Pauses:
    """A car like the planned one, with a bay of its own, in one of the stages before the work begins."""
    session, manager = director.session, director.holders(Role.MANAGER)[0].name
    vin, bay = with_check_digit(f"{plan.vin[:11]}{900_000 + place}"), f"临时{place}号工位"
    car = session.exec(select(Vehicle).where(Vehicle.vin == plan.vin)).one()
    owner = session.exec(select(Customer).where(Customer.id == car.customer_id)).one()
    known = car.model_dump(include={"vehicle_class", "make", "model", "model_year", "engine"})
    director.act(manager, RegisterVehicle(vin=vin, customer=owner.name, phone=owner.phone, **known))
    director.act(manager, AddBay(bay=bay))
    story = STORIES[_STORIES[place % len(_STORIES)]]
    return story(Visit(director, replace(plan, vin=vin, bay=bay, promised=60 + place), place))
