"""Cleaning: a person's morning and evening on one screen, and one area's day (W8b, W9, W10a-W10e)."""

from datetime import date

from workshop.domain.words import N_
from workshop.queries.cleaning import CleaningPage, area_page, cleaning_page
from workshop.queries.tools import ToolRow, held_by
from workshop.tui.gateway import Gateway
from workshop.tui.places.cleaning_lists import CleaningLists


class Cleaning(CleaningLists):
    """Your tools in hand and the lists of your areas. 1: done; 2: not done, with the reason; F6 signs what is complete.

    Enter opens and closes a list. A team leader marks signed lists with 1, and F6 countersigns them.
    """

    place = N_("Cleaning")

    async def tools(self) -> list[ToolRow]:
        """Those that are with this person."""
        today = self.house.now().astimezone(self.t.zone).date()
        return await self.gateway.query(held_by, self.gateway.person.id, today)

    async def page(self) -> CleaningPage:
        """The lists that ask for this person first."""
        person, now = self.gateway.person, self.house.now()
        return await self.gateway.query(cleaning_page, now, person.id, person.team_id, person.roles)


class CleaningDay(CleaningLists):
    """An area's day. Enter opens and closes a list. What is entered after the day has closed is marked late."""

    place = N_("Cleaning, one day")

    def __init__(self, gateway: Gateway, area_number: str, day: date) -> None:
        super().__init__(gateway)
        self._number = area_number
        self._day = day

    async def page(self) -> CleaningPage:
        """The area's lists of that day."""
        person, now = self.gateway.person, self.house.now()
        return await self.gateway.query(
            area_page, now, self._number, self._day, person.id, person.team_id, person.roles
        )
