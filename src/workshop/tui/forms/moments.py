"""Times as people write them: 15:30 today, +2h from now, 11-24 10:00, 2026-11-24 10:00, 明天 10:00."""

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_TIME = r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|[点时](?:(?P<spoken>\d{1,2})分?)?)"
_FROM_NOW = re.compile(r"\+\s*(?P<count>\d{1,4}(?:\.\d)?)\s*(?P<unit>m|min|h|d|分|分钟|小时|天)?")
_UNITS = {"m": 1, "min": 1, "分": 1, "分钟": 1, "h": 60, "小时": 60, "d": 1440, "天": 1440}
_DAYS = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1, "后天": 2}
_DATE = re.compile(r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?")
_AT = re.compile(rf"(?:(?P<date>\S+?)\s+)?{_TIME}")


def parse_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The time meant, aware. ValueError where nobody could say."""
    written = " ".join(unicodedata.normalize("NFKC", text).strip().lower().split())
    if match := _FROM_NOW.fullmatch(written):
        minutes = float(match["count"]) * _UNITS[match["unit"] or "h"]
        return (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    today = now.astimezone(zone).date()
    if match := _AT.fullmatch(written):
        day = parse_day(match["date"], today) if match["date"] else today
        minute = int(match["minute"] or match["spoken"] or 0)
        return datetime(day.year, day.month, day.day, int(match["hour"]), minute, tzinfo=zone)
    if len(written) <= len("2026-11-24"):
        raise ValueError(text)
    whole = datetime.fromisoformat(written.upper())
    return whole if whole.tzinfo else whole.replace(tzinfo=zone)


def parse_day(text: str, today: date) -> date:
    """The day meant; one without a year is the next such day, counting from half a year ago. ValueError otherwise."""
    written = unicodedata.normalize("NFKC", text).strip().lower()
    if written in _DAYS:
        return today + timedelta(days=_DAYS[written])
    match = _DATE.fullmatch(written)
    if match is None:
        raise ValueError(text)
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        return date(int(match["year"]), month, day)
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):  # not every year has a 29th of February
            if (found := date(year, month, day)) > today - timedelta(days=183):
                return found
    raise ValueError(f"day is out of range: {text}")
