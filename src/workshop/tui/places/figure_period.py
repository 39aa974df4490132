"""Asking from which day to which day the figures shall be."""

from datetime import date
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from workshop.commands.fields import problem
from workshop.domain.figures import Period
from workshop.domain.words import N_
from workshop.tui.forms.dialog import FormDialog, FormRequest

if TYPE_CHECKING:
    from workshop.tui.app import WorkshopApp

TITLE = N_("Figures of other days")
BACKWARDS = N_("The last day comes before the first.")


class FromTo(BaseModel):
    """Two days, both included."""

    model_config = ConfigDict(frozen=True)

    first: date = Field(title=N_("first day"))
    last: date = Field(title=N_("last day"))

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise problem(BACKWARDS)
        return self


async def ask_period(house: "WorkshopApp") -> Period | None:
    """The days that the person chooses, or None if the form was left."""

    async def submit(given: FromTo) -> Period:
        return Period(given.first, given.last)

    request = FormRequest(FromTo, TITLE, submit)
    chosen = await house.push_screen_wait(FormDialog(request))
    return chosen if isinstance(chosen, Period) else None
