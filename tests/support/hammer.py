"""What one of many processes does to the same few orders, and what it was told had been done."""

from dataclasses import dataclass

from support.processes import wait_for_all
from support.random_walk import Walk
from support.shop import SmallShop
from workshop.commands.base import Command
from workshop.commands.counter import IssueOnLoan, IssuePart, ReturnPart
from workshop.commands.liability_settlement import AcceptReplacementParts
from workshop.commands.perform import Done
from workshop.commands.stock import CountStock, ReceiveStock

SAME = 6
"""Command ids that every process sends."""


@dataclass(frozen=True)
class Acknowledged:
    """An act that a process was told is done; `moved` is the stock it moved: the pieces, and by which record."""

    command_id: str
    command: str
    number: int
    repeated: bool = False
    moved: tuple[str, str | int, int] | None = None


def hammer(url: str, seed: int, acts: int) -> list[Acknowledged]:
    """Do that many acts, and everybody's acts between them; everything that was acknowledged."""
    shop = SmallShop(url)
    told: list[Acknowledged] = []
    walk = Walk(shop, seed, wild=0.3, opens=False, acknowledge=lambda *done: told.append(_told(*done)))
    wait_for_all()
    for turn in range(SAME):
        walk.take(acts // SAME)
        done = shop.act("clerk", "receive-stock", command_id=f"same-{turn}", part_no="PAD", quantity=turn + 1)
        moved = ("part_no", "PAD", turn + 1)
        told.append(Acknowledged(f"same-{turn}", "receive-stock", done.number, done.repeated, moved))
    shop.close()
    return told


def _told(command_id: str, command: Command, done: Done) -> Acknowledged:
    return Acknowledged(command_id, command.name, done.number, done.repeated, _moved(command, done))


def _moved(command: Command, done: Done) -> tuple[str, str | int, int] | None:
    match command:
        case ReceiveStock():
            return "part_no", command.part_no, command.quantity
        case CountStock():
            difference = done.outcome["difference"]
            return ("part_no", command.part_no, difference) if isinstance(difference, int) else None
        case IssuePart() | IssueOnLoan():
            return "line", command.line, -command.quantity
        case ReturnPart():
            return "issue", command.issue, command.quantity
        case AcceptReplacementParts():
            pieces = done.outcome["pieces"]
            return ("case", command.case, pieces) if isinstance(pieces, int) else None
        case _:
            return None
