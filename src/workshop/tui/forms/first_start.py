"""Setting up an empty shop: its data and its first administrator."""

from typing import TYPE_CHECKING

from workshop.commands.shop import FirstStart
from workshop.domain.words import N_
from workshop.tui.forms.dialog import FormDialog, FormRequest

if TYPE_CHECKING:
    from workshop.tui.app import WorkshopApp
    from workshop.tui.gateway import Door

TITLE = N_("Set up the shop")
HELP = N_("This shop has no records yet. Enter its data and its first administrator, who enters everybody else.")


async def set_up(house: "WorkshopApp", door: "Door") -> str | None:
    """Ask for everything that an empty database needs; the badge of the first administrator, or None if left."""

    async def submit(given: FirstStart) -> str:
        return (await door.first_start(given)).badge

    request = FormRequest(
        FirstStart, TITLE, submit, help=HELP, known={"demo": False}, given={"language": house.t.language}
    )
    badge = await house.push_screen_wait(FormDialog(request))
    return badge if isinstance(badge, str) else None
