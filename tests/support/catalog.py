"""What a database itself says about its schema, in a form that two databases of one kind can be compared by."""

import re

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workshop.db.database import Database

_POSTGRESQL = """
    SELECT 'column ' || c.relname || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN 'not null' END, pg_get_expr(d.adbin, d.adrelid))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL
    SELECT 'trigger ' || tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid)
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT 'function ' || proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'sequence ' || sequencename, data_type::text FROM pg_sequences WHERE schemaname = 'public'
"""


def catalog(db: Database) -> dict[str, str]:
    """Every column, constraint, index and trigger by its name, with its definition."""
    with db.engine.connect() as connection:
        return catalog_of(connection)


def catalog_of(connection: Connection) -> dict[str, str]:
    """The same, as an open transaction sees it."""
    if connection.dialect.name == "sqlite":
        return _sqlite(connection)
    return {name: " ".join(text.split()) for name, text in connection.execute(sa.text(_POSTGRESQL))}


def _sqlite(connection: Connection) -> dict[str, str]:
    found: dict[str, str] = {}
    rows = connection.execute(sa.text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    for kind, name, text in rows:
        if kind != "table":
            found[f"{kind} {name}"] = _plain(text)
            continue
        for definition in _definitions(text):
            found[f"{name}: {definition}"] = ""
    return found


def _definitions(table: str) -> list[str]:
    """The columns and constraints of a CREATE TABLE, whatever their order."""
    body = table[table.index("(") + 1 : table.rindex(")")]
    parts, depth, start = [], 0, 0
    for place, character in enumerate(body):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(body[start:place])
            start = place + 1
    return [_plain(part) for part in (*parts, body[start:])]


def _plain(text: str) -> str:
    """SQL with one space between words and none inside brackets."""
    return re.sub(r" ?([(),]) ?", r"\1", " ".join(text.replace('"', "").split()))
