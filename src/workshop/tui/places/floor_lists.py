"""The lists that lead to work on an order: dispatch, the bay, inspection."""

from typing import ClassVar

from textual import work

from workshop.commands.dispatch import Dispatch
from workshop.domain.numbers import Kind
from workshop.domain.states import Stage
from workshop.domain.words import N_
from workshop.queries.board import BoardRow, board
from workshop.queries.orders import order
from workshop.tui.keystrokes import DOING
from workshop.tui.places.order_list import OrderList
from workshop.tui.table import KeyedTable


class _List(OrderList):
    """Open orders in some stages. Enter goes on with the order under the cursor."""

    stages: ClassVar[tuple[Stage, ...]]
    own_team = False

    async def rows(self) -> list[BoardRow]:
        """The orders of this list, the earliest promise first."""
        person = self.gateway.person
        team = person.team_id if self.own_team else None
        return await self.gateway.query(board, self.house.now(), person.roles, team_id=team, stages=self.stages)

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """An order of this list is chosen, as Enter does."""
        if kind is not Kind.ORDER or number not in self._orders:
            return False
        self.query_one(KeyedTable).point_at(number)
        self.chosen(number)
        return True

    def chosen(self, number: str) -> None:
        """Go on with an order: its work page."""
        from workshop.tui.places.work_page import WorkPage

        self.house.push_screen(WorkPage(self.gateway, number))


class DispatchList(_List):
    """Orders to dispatch, or to give to others. Enter: team, technician and bay."""

    place = N_("Dispatch")
    empty = N_("Nothing waits to be dispatched.")
    stages = (Stage.OPENED, Stage.DISPATCHED, Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED, Stage.IN_WORK)

    def chosen(self, number: str) -> None:
        """Dispatch the order."""
        self._dispatch(number)

    @work(exclusive=True, group=DOING)
    async def _dispatch(self, number: str) -> None:
        view = await self.gateway.query(order, number, self.house.now(), self.gateway.person.roles)
        given = view.dispatched_to if view else {}
        await self.do(Dispatch, known={"order": number}, given=given, about=number)


class Bay(_List):
    """The orders of your team, from the plate check to the hand-over. Enter: work on the order."""

    place = N_("Bay")
    empty = N_("No order is dispatched to your team. The team leader dispatches the next one.")
    stages = (
        Stage.DISPATCHED,
        Stage.PLATE_VERIFIED,
        Stage.ITEMS_CONFIRMED,
        Stage.IN_WORK,
        Stage.SELF_CHECKED,
    )
    own_team = True


class InspectionList(_List):
    """Orders to take over and to inspect. Enter: the order with its list."""

    place = N_("Hand-over and inspection")
    empty = N_("Nothing waits to be taken over or inspected.")
    stages = (Stage.SELF_CHECKED, Stage.HANDED_OVER)
