"""What every act of the shop declares. To add an act is to add a class."""

import re
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from workshop.commands.fields import ItemNumber, OrderNumber, RowId
from workshop.commands.tx import Tx
from workshop.db.tables import OrderItem, PartLine, RepairOrder
from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.domain.words import N_, JsonValue, Message

Outcome = dict[str, JsonValue]

_registry: dict[str, type["Command"]] = {}


class Command(BaseModel, ABC):
    """An act: fields, roles, rule, and the one place where its rows change.

    `label` names it on buttons and in lists; `story` tells it in one sentence of the order's history, with the
    fields, what came of it, and `{actor}`. With `signature`, the person's PIN is asked again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    roles: ClassVar[frozenset[Role]] = frozenset()
    rule: ClassVar[str] = "-"
    signature: ClassVar[bool] = False
    label: ClassVar[Message]
    story: ClassVar[Message]
    name: ClassVar[str]
    place: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if getattr(cls.handle, "__isabstractmethod__", False):
            return
        cls.name = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()
        cls.place = cls.__module__.rpartition(".")[2]
        if _registry.setdefault(cls.name, cls).__module__ != cls.__module__:
            raise TypeError(f"two commands are called {cls.name}")

    @abstractmethod
    def handle(self, tx: Tx) -> Outcome:
        """Do it: check the rules, change the rows, say what came of it."""

    def locate(self, tx: Tx) -> RepairOrder | None:  # noqa: ARG002
        """The order that this act belongs to, if to one."""
        return None


class OrderAct(Command, ABC):
    """An act on an order; possible only in its `stages`."""

    stages: ClassVar[tuple[Stage, ...]]

    @abstractmethod
    def locate(self, tx: Tx) -> RepairOrder:
        """The order that this act belongs to."""


class OnOrder(OrderAct, ABC):
    """An act that names its order."""

    order: OrderNumber = Field(title=N_("order"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order by its number."""
        return tx.one(RepairOrder, RepairOrder.number == self.order, what=self.order)


class OnItem(OrderAct, ABC):
    """An act that names an item of an order."""

    item: ItemNumber = Field(title=N_("item"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order of the item."""
        return tx.get(RepairOrder, self.row(tx).order_id)

    def row(self, tx: Tx) -> OrderItem:
        """The item by its number."""
        return tx.one(OrderItem, OrderItem.number == self.item, what=self.item)


class OnLine(OrderAct, ABC):
    """An act that names a part line of an item."""

    line: RowId = Field(title=N_("part line"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order of the line's item."""
        return tx.get(RepairOrder, tx.get(OrderItem, self.row(tx).item_id).order_id)

    def row(self, tx: Tx) -> PartLine:
        """The part line."""
        return tx.get(PartLine, self.line)


def commands() -> dict[str, type[Command]]:
    """Every command by name."""
    import workshop.commands.places  # noqa: F401 — declares them all

    return dict(sorted(_registry.items()))
