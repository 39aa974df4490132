"""Doing an act: its form, the signature where it asks for one, and the records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from workshop.commands.base import Command
from workshop.commands.help import help_text
from workshop.commands.perform import Done
from workshop.tui.bars import Told
from workshop.tui.forms.choices import PROVIDERS, Suggestion
from workshop.tui.forms.dialog import FormDialog, FormRequest
from workshop.tui.forms.pin import PinDialog
from workshop.tui.forms.spec import reference_of

if TYPE_CHECKING:
    from workshop.tui.app import WorkshopApp
    from workshop.tui.gateway import Gateway


@dataclass(frozen=True, slots=True)
class Outcome:
    """An act that was done."""

    command: Command
    done: Done


async def ask_and_do(
    house: "WorkshopApp",
    gateway: "Gateway",
    command: type[Command],
    *,
    known: Mapping[str, object] | None = None,
    given: Mapping[str, object] | None = None,
    context: Mapping[str, object] | None = None,
    about: Told = "",
    make: Callable[[FormRequest], FormDialog] = FormDialog,
) -> Outcome | None:
    """Open the command's form and do the act; None if it was left undone. To be called in a worker.

    `known` fields are not asked, `given` ones stand in the form to be changed; `context` tells the suggestions what
    they are about (`order`, `vin`, …); `about` is shown above the form; `make` makes a form of another shape.
    """
    known = dict(known or {})
    form = _Form(house, gateway, command, known, dict(context or {}))
    request = FormRequest(
        model=command,
        title=command.label,
        help=help_text(command),
        known=known,
        given=given or {},
        about=about,
        submit=form.submit,
        suggest=form.suggest,
        drafts=gateway.drafts,
        order=str({**(context or {}), **known}.get("order", "")),
        signed=command.signature,
        draft_key=(command.name, tuple(sorted((name, str(value)) for name, value in known.items()))),
    )
    form.dialog = make(request)
    result = await house.push_screen_wait(form.dialog)
    return result if isinstance(result, Outcome) else None


class _Form:
    """One opening of a command's form. The same act sent again after an unclear end is done once."""

    def __init__(
        self,
        house: "WorkshopApp",
        gateway: "Gateway",
        command: type[Command],
        known: Mapping[str, object],
        context: Mapping[str, object],
    ) -> None:
        self.dialog: FormDialog | None = None
        self._house = house
        self._gateway = gateway
        self._model = command
        self._context = {**{reference_of(command, name): value for name, value in known.items()}, **context}
        self._sent: Command | None = None
        self._command_id = ""

    async def submit(self, command: Command) -> Outcome | None:
        signature = None
        if command.signature:
            signature = await self._house.push_screen_wait(PinDialog(self._gateway, command.label))
            if signature is None:
                return None
        if command != self._sent:
            self._sent, self._command_id = command, str(uuid4())
        done = await self._gateway.perform(command, signature, self._command_id)
        return Outcome(command, done)

    async def suggest(self, kind: str, text: str) -> Sequence[Suggestion]:
        provider = PROVIDERS.get(kind)
        if provider is None:
            return ()
        return await provider(self._gateway, text, {**self._context, **self._typed()})

    def _typed(self) -> dict[str, object]:
        values = self.dialog.values() if self.dialog is not None else {}
        return {kind: value for name, value in values.items() if (kind := reference_of(self._model, name))}
