"""The lists that lead to work on an order: dispatch, the bay, inspection."""

from typing import ClassVar

from textual import work

from workshop.commands.dispatch import Dispatch
from workshop.domain.states import Stage
from workshop.domain.words import N_
from workshop.queries.board import BoardRow, board
from workshop.tui.places.order_list import OrderList


class _List(OrderList):
    """Open orders in some stages. Enter goes on with the order under the cursor."""

    stages: ClassVar[tuple[Stage, ...]]
    own_team = False

    async def rows(self) -> list[BoardRow]:
        """The orders of this list, the earliest promise first."""
        person = self.gateway.person
        team = person.team_id if self.own_team else None
        return await self.gateway.query(board, self.house.now(), person.roles, team_id=team, stages=self.stages)

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

    @work(exclusive=True, group="keys")
    async def _dispatch(self, number: str) -> None:
        await self.do(Dispatch, known={"order": number}, about=number)


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
