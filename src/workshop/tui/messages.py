"""What the parts of the terminal tell one another."""

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Changed(Message, bubble=False):
    """The shop's records changed up to ledger line `number`; `orders` are those touched, empty where none is named."""

    orders: frozenset[str]
    number: int
