"""The shop's own data, its teams and bays; and the first start on an empty database."""

from decimal import Decimal
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlmodel import select

from workshop.commands.base import Command, Outcome
from workshop.commands.fields import Long, Money, Pin, ShortFilled, Upto30, problem
from workshop.commands.people import Language, new_person
from workshop.commands.perform import Clock, utc_now
from workshop.commands.tx import Actor, Tx, key
from workshop.db import ledger
from workshop.db.database import Database
from workshop.db.tables import Bay, Person, Shop, Team
from workshop.domain.numbers import Kind
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.words import N_

STARTED = ReasonKind("-", "already_started", N_("This shop is already set up. Sign in instead."))
NAME_TAKEN = ReasonKind("-", "name_taken", N_("There is already one called {name}."))
ZONE_UNKNOWN = N_("This is no time zone, such as Asia/Shanghai.")
_KEEPERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


class ShopData(BaseModel):
    """What is printed and counted by: name, address, telephone, time zone, labour rate per hour."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    shop: ShortFilled = Field(title=N_("name of the shop"))
    address: Long = Field(default="", title=N_("address"))
    phone: Upto30 = Field(default="", title=N_("telephone"))
    timezone: str = Field(default="Asia/Shanghai", title=N_("time zone"))
    labour_rate: Money = Field(default=Decimal(180), title=N_("labour rate per hour"))

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise problem(ZONE_UNKNOWN)
        return value

    def keep(self, row: Shop) -> Shop:
        """Put the data into the shop's row."""
        row.name, row.address, row.phone = self.shop, self.address, self.phone
        row.timezone, row.labour_rate = self.timezone, self.labour_rate
        return row


class FirstStart(ShopData):
    """Everything that an empty database needs: the shop and its first administrator."""

    administrator: ShortFilled = Field(title=N_("name of the administrator"))
    pin: Pin = Field(title=N_("PIN of the administrator"))
    language: Language = Field(default="zh_CN", title=N_("language"))
    demo: bool = False


class ReviseShop(ShopData, Command):
    """Change the shop's data."""

    roles = _KEEPERS
    label = N_("change shop data")
    story = N_("{actor} changed the shop's data.")

    def handle(self, tx: Tx) -> Outcome:
        """Replace them."""
        tx.session.add(self.keep(tx.get(Shop, 1)))
        return {}


class AddTeam(Command):
    """Add a team of technicians."""

    roles = _KEEPERS
    label = N_("add team")
    story = N_("{actor} added the team {team}.")

    team: ShortFilled = Field(title=N_("team"))

    def handle(self, tx: Tx) -> Outcome:
        """Create it."""
        if tx.find(Team, Team.name == self.team):
            raise Refused(NAME_TAKEN(name=self.team))
        tx.session.add(Team(name=self.team))
        return {}


class AddBay(Command):
    """Add a bay; its number is given here."""

    roles = _KEEPERS
    label = N_("add bay")
    story = N_("{actor} added the bay {bay}.")

    bay: ShortFilled = Field(title=N_("bay"))

    def handle(self, tx: Tx) -> Outcome:
        """Create it."""
        if tx.find(Bay, Bay.name == self.bay):
            raise Refused(NAME_TAKEN(name=self.bay))
        row = tx.add(Bay(number=tx.number(Kind.BAY), name=self.bay))
        return {"number": row.number}


def is_empty(db: Database) -> bool:
    """Whether nobody has been entered yet."""
    with db.reading() as session:
        return session.exec(select(Person.id).limit(1)).first() is None


def first_start(db: Database, given: FirstStart, terminal: str, clock: Clock = utc_now) -> Actor:
    """Set the shop up on an empty database; the first line of its ledger."""
    with db.writing() as session:
        if session.exec(select(Person.id).limit(1)).first() is not None:
            raise Refused(STARTED())
        tx = Tx(session, clock(), Actor(0, "", given.administrator, frozenset()), terminal)
        session.add(given.keep(Shop(id=1, labour_rate=given.labour_rate, name=given.shop, demo=given.demo)))
        roles = (Role.ADMINISTRATOR,)
        person = new_person(tx, given.administrator, roles, given.pin.get_secret_value(), given.language)
        ledger.append(
            session,
            ledger.Entry(
                at=tx.now,
                person_id=key(person.id),
                badge=person.badge,
                terminal=terminal,
                command="first-start",
                command_id="first-start",
                order_number=None,
                payload={"shop": given.shop},
                outcome={"badge": person.badge},
            ),
        )
        return Actor(key(person.id), person.badge, person.name, frozenset(roles), person.language)
