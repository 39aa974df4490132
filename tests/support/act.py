"""One act of a plan."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Act:
    """Somebody's next act."""

    who: str
    command: str
    fields: dict[str, Any] = field(default_factory=dict)
