"""A bell and a line where somebody must act: once for each thing that newly waits for the person who is signed in."""

from contextlib import suppress
from typing import TYPE_CHECKING

from workshop.domain.reasons import Refused
from workshop.domain.words import N_
from workshop.tui.once_more import OnceMore

if TYPE_CHECKING:
    from workshop.queries.news import News as Item
    from workshop.tui.app import WorkshopApp
    from workshop.tui.gateway import Gateway
    from workshop.tui.workplace import Workplace

MORE = N_("{first} And {count} more.")


class News:
    """What each person at this terminal has heard of. What waited already when they signed in is no news."""

    def __init__(self, house: "WorkshopApp") -> None:
        self._house = house
        self._heard: dict[int, set[str]] = {}
        self._looking = OnceMore(self._ask)

    def look(self) -> None:
        """Look for news; calls while that is under way lead to one more look."""
        if self._house.gateway is not None and self._looking.ask():
            self._house.run_worker(self._look, group="news")

    async def _look(self) -> None:
        with suppress(Refused):  # the database is away: at the next change it is looked again
            await self._looking.run()

    async def _ask(self) -> None:
        from workshop.queries.news import news

        gateway = self._house.gateway
        if gateway is not None:
            self._hear(gateway, await gateway.query(news, self._house.now(), gateway.person))

    def _hear(self, gateway: "Gateway", found: "list[Item]") -> None:
        heard = self._heard.get(gateway.person.id)
        fresh = [one for one in found if heard is not None and one.key not in heard]
        self._heard.setdefault(gateway.person.id, set()).update(one.key for one in found)
        if fresh and gateway is self._house.gateway:
            if self._house.settings.bell:
                self._house.bell()
            self._tell(gateway, fresh)

    def _tell(self, gateway: "Gateway", fresh: "list[Item]") -> None:
        """In the person's workplace, also while the terminal is locked: the line is read when they return."""
        house, place, first, more = self._house, self._place_of(gateway), fresh[0], len(fresh) - 1

        def told() -> str:
            line = house.t(first.text, order=first.order, what=first.what)
            return house.t(MORE, first=line, count=more) if more else line

        if place is not None:
            place.tell(told)

    def _place_of(self, gateway: "Gateway") -> "Workplace | None":
        from workshop.tui.workplace import Workplace

        try:
            screens = self._house.get_screen_stack(f"person-{gateway.person.id}")
        except KeyError:  # they have only just been let in, or gone out
            return None
        return next((one for one in reversed(screens) if isinstance(one, Workplace)), None)

    def forget(self, person_id: int) -> None:
        """The person has signed out: at the next time everything that waits is known."""
        self._heard.pop(person_id, None)
