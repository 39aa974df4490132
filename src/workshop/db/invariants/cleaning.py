"""Cleaning lists are due, complete, signed by two people and marked late where they are; spot checks, violations."""

from collections.abc import Iterator

from sqlmodel import Session, select

from workshop.db.cleaning_facts import load_calendar
from workshop.db.invariants.rule import Invariant, Row
from workshop.db.tables import CleaningList
from workshop.domain.cleaning import named
from workshop.domain.words import N_

# The closing lists that close the day of list `c` for its area: everybody's, or the area's own.
_CLOSED = """
    SELECT 1 FROM cleaning_list k JOIN area b ON b.id = k.area_id
    WHERE k.moment = 'closing' AND k.day = c.until AND k.signed_by_id IS NOT NULL AND k.id <> c.id
        AND (b.id = c.area_id OR (b.team_id IS NULL AND b.owner_id IS NULL))
"""


def _not_due(session: Session) -> Iterator[Row]:
    calendar = load_calendar(session)
    for row in session.exec(select(CleaningList)):
        if named(calendar, row.moment, row.day) is None:
            yield {"id": row.id, "day": row.day, "moment": row.moment.value}


INVARIANTS = (
    Invariant(
        "W10c",
        "list_not_due_there",
        N_("A cleaning list was answered for a day on which the calendar has none such."),
        _not_due,
    ),
    Invariant(
        "W10a",
        "list_outside_area",
        N_("A cleaning list lies outside the days on which its area is in use."),
        """
        SELECT c.id, a.number, c.until FROM cleaning_list c JOIN area a ON a.id = c.area_id
        WHERE c.until < a.since OR c.day > c.until
        """,
    ),
    Invariant(
        "W10b",
        "list_signed_unanswered",
        N_("A cleaning list is signed that has no lines, or a line without an answer."),
        """
        SELECT c.id, c.day, c.moment FROM cleaning_list c
        WHERE c.signed_by_id IS NOT NULL AND (
            NOT EXISTS (SELECT 1 FROM cleaning_line l WHERE l.list_id = c.id)
            OR EXISTS (SELECT 1 FROM cleaning_line l WHERE l.list_id = c.id AND l.done IS NULL))
        """,
    ),
    Invariant(
        "W10b",
        "line_answer_incomplete",
        N_("A line of a cleaning list lacks its person or day, or was not done without a reason."),
        """
        SELECT id, list_id, done, reason FROM cleaning_line
        WHERE (done IS NULL) <> (answered_by_id IS NULL) OR (done IS NULL) <> (answered_on IS NULL)
            OR (NOT done AND reason = '')
        """,
    ),
    Invariant(
        "W10b",
        "countersigned_alone",
        N_("A cleaning list was countersigned by its signer, or before anybody had signed it."),
        """
        SELECT id, area_id, day, signed_by_id FROM cleaning_list
        WHERE countersigned_by_id = signed_by_id OR (countersigned_by_id IS NOT NULL AND signed_by_id IS NULL)
        """,
    ),
    Invariant(
        "W10b",
        "late_unmarked",
        N_("A line or a signature that came after its day had passed is not marked late."),
        """
        SELECT c.id, c.until, l.position FROM cleaning_list c JOIN cleaning_line l ON l.list_id = c.id
        WHERE (l.answered_on > c.until AND NOT l.late) OR (c.signed_on > c.until AND NOT c.late)
            OR (c.signed_by_id IS NOT NULL AND l.late AND NOT c.late)
        """,
    ),
    Invariant(
        "W10b",
        "late_unfounded",
        N_("A line or a signature is marked late although its day had not closed, or no reason is given."),
        f"""
        SELECT c.id, c.until, c.late_reason FROM cleaning_list c
        WHERE (c.late AND c.late_reason = '')
            OR (NOT EXISTS ({_CLOSED}) AND (
                (c.late AND c.signed_on <= c.until AND NOT EXISTS (
                    SELECT 1 FROM cleaning_line l WHERE l.list_id = c.id AND l.late))
                OR EXISTS (SELECT 1 FROM cleaning_line l
                    WHERE l.list_id = c.id AND l.late AND l.answered_on <= c.until)))
        """,
    ),
    Invariant(
        "W10e",
        "closed_over_open",
        N_("A closing list was signed without a reason while an area had not signed what it began before leaving."),
        """
        SELECT k.id, k.day, c.area_id FROM cleaning_list k
        JOIN area b ON b.id = k.area_id
        JOIN cleaning_list c ON c.day = k.day AND c.moment = 'before_leaving'
            AND (c.area_id = b.id OR (b.team_id IS NULL AND b.owner_id IS NULL))
        WHERE k.moment = 'closing' AND k.signed_by_id IS NOT NULL AND k.open_reason = ''
            AND (c.signed_by_id IS NULL OR (c.late AND NOT k.late))
            AND EXISTS (SELECT 1 FROM cleaning_line l
                WHERE l.list_id = c.id AND l.answered_by_id IS NOT NULL AND NOT l.late)
        """,
    ),
    Invariant(
        "W10a",
        "plan_lines_crossed",
        N_("Two lines of a cleaning plan share a position on the same day, or a line ends before it begins."),
        """
        SELECT p.id, p.plan, p.position FROM cleaning_plan_line p
        WHERE p.valid_until < p.valid_from OR EXISTS (SELECT 1 FROM cleaning_plan_line q
            WHERE q.plan = p.plan AND q.position = p.position AND q.id <> p.id
                AND (p.valid_until IS NULL OR q.valid_from <= p.valid_until)
                AND (q.valid_until IS NULL OR p.valid_from <= q.valid_until))
        """,
    ),
    Invariant(
        "W10d",
        "spot_check_untold",
        N_("A failed spot check has no finding, a passed one has a finding or a remedy, or a remedy is half told."),
        """
        SELECT id, area_id, passed, finding, remedy FROM spot_check
        WHERE passed <> (finding = '') OR (passed AND remedied_by_id IS NOT NULL)
            OR (remedied_by_id IS NULL) <> (remedy = '') OR (remedied_by_id IS NULL) <> (remedied_at IS NULL)
        """,
    ),
    Invariant(
        "S8",
        "violation_own",
        N_("A violation was recorded by the person who committed it."),
        "SELECT id, person_id FROM violation WHERE person_id = seen_by_id",
    ),
)
