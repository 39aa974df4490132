"""How a day of cleaning begins and closes: lists come with their first answer, and end at closing."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from workshop.commands.tx import Tx, key
from workshop.db.bundle import answers
from workshop.db.cleaning_facts import load_areas, load_lists, load_plans
from workshop.db.tables import Area as AreaRow
from workshop.db.tables import CleaningLine, CleaningList
from workshop.domain.cleaning import Area, CleaningMoment, Due, PlanLine, is_closed, lines_of


def lay_out(tx: Tx, area: Area, due: Due, lines: tuple[PlanLine, ...]) -> CleaningList:
    """Keep a list with the plan's lines as they are now, for somebody to answer (W10a)."""
    row = tx.add(CleaningList(area_id=area.id, day=due.day, moment=due.moment, until=due.until))
    for line in lines:
        text_zh, text_en = line.text.zh, line.text.en
        line_row = CleaningLine(list_id=key(row.id), position=line.position, text_zh=text_zh, text_en=text_en)
        tx.session.add(line_row)
    tx.session.flush()
    return row


def has_closed(tx: Tx, area: Area, row: CleaningList) -> bool:
    """Whether the list's last day has closed: it is over, or a closing list that covers the area is signed (W10b)."""
    ids = {one.area_id for one in answers(tx.session, _SIGNED, {"closed_on": row.until, "but": row.id})}
    closers = load_areas(tx.session, col(AreaRow.id).in_(ids)) if ids else []
    return is_closed(row.until, tx.today, closing_signed=any(one.covers(area) for one in closers))


_SIGNED = sa.select(col(CleaningList.area_id)).where(
    col(CleaningList.day) == sa.bindparam("closed_on"),
    col(CleaningList.moment) == CleaningMoment.CLOSING,
    col(CleaningList.signed_by_id).is_not(None),
    col(CleaningList.id) != sa.bindparam("but"),
)


def still_open_areas(tx: Tx, closing: Area, day: date) -> list[str]:
    """The areas that a closing list closes and that have not signed what is due before leaving, by name."""
    due = Due(CleaningMoment.BEFORE_LEAVING, day, day)
    plans = load_plans(tx.session)
    signed = load_lists(
        tx.session,
        col(CleaningList.day) == day,
        col(CleaningList.moment) == CleaningMoment.BEFORE_LEAVING,
        col(CleaningList.signed_by_id).is_not(None),
    )
    return [
        area.name
        for area in load_areas(tx.session, sa.true())
        if closing.covers(area)
        and lines_of(due, area, plans.get(area.plan, ()))
        and (area.id, day, CleaningMoment.BEFORE_LEAVING) not in signed
    ]
