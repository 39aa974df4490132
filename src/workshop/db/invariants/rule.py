"""What an invariant is, and the pieces of SQL that several of them share."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session

from workshop.db.tables import Shop
from workshop.domain.words import Message

Row = Mapping[str, object]
Finder = Callable[[Session], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Invariant:
    """Something that no database of a shop may ever hold.

    `rule` is its id in the shop's regulation (or `-` where the records themselves are the reason), `code` is stable and
    unique, `text` says what is wrong. `find` is one SELECT, the same on SQLite and PostgreSQL, or a function where SQL
    cannot tell; both give the rows that break it.
    """

    rule: str
    code: str
    text: Message
    find: str | Finder

    def rows(self, session: Session) -> list[Row]:
        """The rows that break it."""
        if isinstance(self.find, str):
            return [dict(row) for row in session.execute(sa.text(self.find)).mappings()]
        return list(self.find(session))


def shop_zone(session: Session) -> ZoneInfo:
    """The zone in which the shop's days begin and end."""
    shop = session.get(Shop, 1)
    return ZoneInfo(shop.timezone if shop else "UTC")


# Stages in which the work has been signed as complete, and in which the vehicle may leave.
CHECKED = "('self_checked', 'handed_over', 'released', 'delivered')"
TAKEN_OVER = "('handed_over', 'released', 'delivered')"
OUT = "('released', 'delivered')"
UNAGREED = "('proposed', 'declined', 'deferred')"

# The part line `n`, its item `t` and order `o` of anything that has a line_id.
OF_LINE = (
    "JOIN part_line n ON n.id = {0}.line_id JOIN order_item t ON t.id = n.item_id "
    "JOIN repair_order o ON o.id = t.order_id"
)

# What has become of every issue, in pieces; `lost` new and `old_lost` owed ones were written off by a liability case.
_WRITTEN_OFF = (
    "COALESCE((SELECT SUM(c.pieces) FROM part_write_off w JOIN liability_case c ON c.id = w.case_id "
    "WHERE c.issue_id = i.id AND c.subject = '{0}'), 0)"
)
PIECES = f"""
    SELECT i.id, i.line_id, i.basis, i.quantity AS issued,
        COALESCE((SELECT SUM(r.quantity) FROM part_return r WHERE r.issue_id = i.id), 0) AS returned,
        COALESCE((SELECT SUM(f.quantity) FROM part_fitting f WHERE f.issue_id = i.id), 0) AS fitted,
        COALESCE((SELECT SUM(p.quantity) FROM loan_return b JOIN old_part p ON p.id = b.old_part_id
            WHERE b.issue_id = i.id), 0) AS old_back,
        {_WRITTEN_OFF.format("new_part")} AS lost, {_WRITTEN_OFF.format("old_part")} AS old_lost
    FROM part_issue i
"""

# Who put a hand to which item: labour, parts fitted.
WORKED = f"""
    SELECT t.order_id, l.item_id, l.technician_id AS person_id
    FROM labour_entry l JOIN order_item t ON t.id = l.item_id
    UNION ALL
    SELECT t.order_id, t.id, f.technician_id
    FROM part_fitting f JOIN part_issue i ON i.id = f.issue_id {OF_LINE.format("i")}
"""

# Who put a hand to the car without a labour clock: high voltage, assemblies taken off and refitted.
_HANDS = """
    SELECT s.order_id, s.worker_id AS person_id FROM hv_shutdown s
    UNION ALL SELECT s.order_id, u.worker_id FROM hv_power_up u JOIN hv_shutdown s ON s.id = u.shutdown_id
    UNION ALL SELECT s.order_id, m.by_id FROM hv_measurement m JOIN hv_shutdown s ON s.id = m.shutdown_id
    UNION ALL SELECT t.order_id, a.removed_by_id FROM removed_assembly a JOIN order_item t ON t.id = a.item_id
    UNION ALL SELECT t.order_id, a.ended_by_id FROM removed_assembly a JOIN order_item t ON t.id = a.item_id
        WHERE a.ended_by_id IS NOT NULL
"""

# Who may neither take the order over nor inspect it: who worked on it, checked it, or signed for it. Work is not known
# by its round (and times of several terminals prove nothing), so it counts against the order's last round alone.
INVOLVED = f"""
    SELECT order_id, person_id, CAST(NULL AS INTEGER) AS round FROM ({WORKED}) w
    UNION ALL SELECT order_id, person_id, NULL FROM ({_HANDS}) h
    UNION ALL SELECT order_id, answered_by_id, NULL FROM check_answer
        WHERE item_id IS NOT NULL AND answered_by_id IS NOT NULL
    UNION ALL SELECT order_id, technician_id, round FROM self_check
    UNION ALL SELECT order_id, giver_id, round FROM hand_over
"""
