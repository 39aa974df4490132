"""The rules that must never break by any door, held by the database itself (W6b, W7c, the ledger).

Batch migrations on SQLite drop triggers, so `install` is run again after every migration.
"""

from sqlalchemy.engine import Connection

_APPEND_ONLY = ("ledger_line", "stock_movement", "part_issue", "inspection")

_RELEASE = """
    NEW.stage IN ('released', 'delivered') AND NOT EXISTS (
        SELECT 1 FROM inspection
        WHERE inspection.order_id = NEW.id AND inspection.round = NEW.round AND inspection.passed
    )
"""
_ISSUE = """
    NEW.basis NOT IN ('old_part', 'loan') AND EXISTS (
        SELECT 1 FROM part WHERE part.id = NEW.part_id AND part.old_part = 'returnable'
    )
"""
# name, event, table, condition, message
_GUARDS = (
    (
        "release_on_update",
        "UPDATE OF stage, round",
        "repair_order",
        _RELEASE,
        "W7c: no release without a passed inspection",
    ),
    ("release_on_insert", "INSERT", "repair_order", _RELEASE, "W7c: no release without a passed inspection"),
    ("old_for_new", "INSERT", "part_issue", _ISSUE, "W6b: no new part without the old one or a loan"),
)


def install(connection: Connection) -> None:
    """Create every trigger that is missing."""
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


def statements(dialect: str) -> list[str]:
    """The SQL that creates every trigger on that kind of database."""
    make = _sqlite if dialect == "sqlite" else _postgresql
    return [statement for guard in (*_GUARDS, *_append_only()) for statement in make(*guard)]


def _append_only() -> list[tuple[str, str, str, str, str]]:
    return [
        (f"{table}_no_{event.lower()}", event, table, "", f"{table} is append-only")
        for table in _APPEND_ONLY
        for event in ("UPDATE", "DELETE")
    ]


def _sqlite(name: str, event: str, table: str, condition: str, message: str) -> list[str]:
    when = f"WHEN {condition}" if condition else ""
    return [
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} {when} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    ]


def _postgresql(name: str, event: str, table: str, condition: str, message: str) -> list[str]:
    check = (
        f"IF {condition} THEN RAISE EXCEPTION '{message}'; END IF; RETURN NEW;"
        if condition
        else (f"RAISE EXCEPTION '{message}';")
    )
    statements = [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {check} END $$",
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
    if not condition:
        statements.append(f"CREATE OR REPLACE TRIGGER {name}_all BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {name}()")
    return statements
