"""The rules that must never break by any door, held by the database itself (W6b, W7c, W8a, the ledger).

Batch migrations on SQLite drop triggers, so `install` is run again after every migration.
"""

from sqlalchemy.engine import Connection

_APPEND_ONLY = (
    "ledger_line",
    "stock_movement",
    "part_issue",
    "inspection",
    "printed_paper",
    "health_exchange",
    "tool_move",
    "tool_service",
    "tool_count",
    "tool_count_line",
    "missing_tool",
    "cleaning_extra",
    "violation",
    "liability_case",
    "liability_decision",
    "liability_share",
    "liability_answer",
    "liability_settlement",
    "part_write_off",
    "tool_release",
)

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
_OWN_DECISION = """
    EXISTS (SELECT 1 FROM liability_decision d WHERE d.id = NEW.decision_id AND d.decided_by_id = NEW.person_id)
"""
_OVERPAID = """
    NEW.amount + COALESCE((SELECT SUM(x.amount) FROM liability_settlement x WHERE x.share_id = NEW.share_id), 0)
    > (SELECT s.amount FROM liability_share s WHERE s.id = NEW.share_id)
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
    ("own_liability", "INSERT", "liability_share", _OWN_DECISION, "W8a: nobody decides on himself"),
    ("paid_beyond", "INSERT", "liability_settlement", _OVERPAID, "W8a: nobody pays more than is owed"),
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
