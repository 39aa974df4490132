"""Liability: the open cases for those who decide and settle them, and everybody's own (W8a, W6c)."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from workshop.domain.roles import Role
from workshop.domain.words import N_
from workshop.i18n import money
from workshop.queries.liability import CaseView, open_cases
from workshop.queries.statements import statement
from workshop.tui.places.cases import CaseList
from workshop.tui.places.statement import Balances, StatementPage

OWED = N_("You still owe {money}. F7: your statement.")
OWES_NOTHING = N_("You owe nothing.")
_BOOKKEEPERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


class Liability(CaseList):
    """Damage and loss still open. Enter: the next step, if it is yours; F4 lists everything; F7: who owes what."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f7", "balances", N_("Balances"), id="page")]
    place = N_("Liability cases")
    empty = N_("No case is open. Damage and loss are reported by anybody: F3, other acts.")

    async def cases(self) -> Sequence[CaseView]:
        """Everything that has not ended."""
        return await self.gateway.query(open_cases)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What people owe is shown to those who take it in."""
        if action == "balances":
            return bool(_BOOKKEEPERS & self.gateway.person.roles)
        return super().check_action(action, parameters)

    def action_balances(self) -> None:
        """Who owes what."""
        self.house.push_screen(Balances(self.gateway))


class MyLiability(CaseList):
    """The open cases that concern you. Enter: acknowledge your share, or object; F7: your statement."""

    DEFAULT_CSS = "MyLiability #owed { height: auto; padding: 0 1; text-style: bold; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f7", "statement", N_("Statement"), id="page")]
    place = N_("My liability")
    empty = N_("No open case concerns you.")

    def body(self) -> ComposeResult:
        """What is owed, above the cases."""
        yield Static(id="owed", markup=False)
        yield from super().body()

    async def load(self) -> None:
        """The cases, and what is owed by now."""
        await super().load()
        mine = await self.gateway.query(statement, self.gateway.person.badge)
        told = self.t(OWED, money=money(mine.balance)) if mine and mine.balance else self.t(OWES_NOTHING)
        self.query_one("#owed", Static).update(told)

    async def cases(self) -> Sequence[CaseView]:
        """Those in which the reader had it in custody or has a share."""
        return await self.gateway.query(open_cases, self.gateway.person.id)

    def action_statement(self) -> None:
        """Every debit and credit of one's own."""
        self.house.push_screen(StatementPage(self.gateway, self.gateway.person.badge))
