"""Several small selects asked as one statement: to send a statement costs more than to find the few rows of each."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from workshop.db.types import Exact

Query = sa.Select[*tuple[Any, ...]]
Reader = Callable[[Any], Any]


class Bundle:
    """Selects by name, joined into one `UNION ALL` whose columns they share by type; put together once.

    The rows of each select come in the order of its first column: a union keeps no order of its parts.
    """

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._parts = [_Part(name, query) for name, query in queries.items()]
        room: dict[type, int] = {}
        for part in self._parts:
            for carrier in {_carrier(column.type) for column in part.columns}:
                room[carrier] = max(room.get(carrier, 0), part.wants(carrier))
        slots = [carrier for carrier, number in room.items() for _ in range(number)]
        selects = [part.spread(turn, slots) for turn, part in enumerate(self._parts)]
        self._statement = sa.union_all(*selects)

    def ask(self, session: Session, **given: Iterable[int]) -> dict[str, list[Any]]:
        """What each select finds, by its name; `given` are the ids that their conditions ask for."""
        found: list[list[Any]] = [[] for _ in self._parts]
        for row in answers(session, self._statement, {name: list(ids) for name, ids in given.items()}):
            found[row[0]].append(row)
        return {part.name: part.read(rows) for part, rows in zip(self._parts, found, strict=True)}


def answers(session: Session, statement: sa.Executable, given: Mapping[str, object]) -> Iterable[Any]:
    """The rows of a statement about columns, past the session's own ways, which are made for objects and take longer.

    What the session has not written yet is written first, as it would do itself.
    """
    if session.autoflush:
        session.flush()
    return session.connection().execute(statement, given)


class _Part:
    """One select of a bundle, and where its columns stand among those that all share."""

    def __init__(self, name: str, query: Query) -> None:
        self.name = name
        self.columns = list(query.selected_columns)
        self._query = query
        row = namedtuple("row", [column.key or "" for column in self.columns])  # type: ignore[misc]
        self._row: Callable[[Iterable[Any]], Any] = row._make
        self._readers = [(at, reader) for at, one in enumerate(self.columns) if (reader := _reader(one.type))]
        self._places: list[int] = []

    def wants(self, carrier: type) -> int:
        """How many columns of that type it needs."""
        return sum(_carrier(column.type) is carrier for column in self.columns)

    def spread(self, turn: int, slots: list[type]) -> Query:
        """The select with its columns among all `slots`, the number of its turn before them."""
        shared: list[Any] = [sa.literal_column(str(turn), sa.Integer).label("part")]
        left = list(self.columns)
        places: dict[int, int] = {}
        for carrier in slots:
            mine = next((column for column in left if _carrier(column.type) is carrier), None)
            if mine is not None:
                left = [column for column in left if column is not mine]
                places[id(mine)] = len(shared)
            # The first select gives the union its types: PostgreSQL has to know them even where nothing is.
            if turn:
                shared.append(sa.null() if mine is None else mine)
            else:
                shared.append(sa.cast(sa.null(), carrier()) if mine is None else sa.type_coerce(mine, carrier()))
        self._places = [places[id(column)] for column in self.columns]
        return self._query.with_only_columns(
            *(column.label(f"c{number}") if number else column for number, column in enumerate(shared))
        )

    def read(self, rows: list[Any]) -> list[Any]:
        """Rows of the union that are its own, as rows of its own columns."""
        found = []
        for row in rows:
            values = [row[place] for place in self._places]
            for at, reader in self._readers:
                if values[at] is not None:
                    values[at] = reader(values[at])
            found.append(self._row(values))
        return sorted(found, key=_first) if len(found) > 1 else found


def _first(row: Any) -> Any:
    return row[0]


def _carrier(kind: Any) -> Any:
    """The type that columns of this kind share: what one text means is read when it has come."""
    plain = kind.impl_instance if isinstance(kind, sa.TypeDecorator) else kind
    if isinstance(kind, sa.TypeDecorator) and not isinstance(plain, sa.String):
        return type(kind)
    for carrier in (sa.Boolean, sa.Integer):
        if isinstance(plain, carrier):
            return carrier
    if isinstance(plain, sa.String):
        return sa.Text
    raise TypeError(f"columns of the type {kind!r} cannot be bundled yet")


def _reader(kind: Any) -> Reader | None:
    """What makes a value of the text that a column of this kind keeps, where it is one."""
    if isinstance(kind, sa.Enum):
        return kind.enum_class
    return Decimal if isinstance(kind, Exact) else None
