"""The change feed wakes whoever waits when anybody else commits, and only then."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from support.catalogue import VEHICLES
from support.postgres import Server
from support.shop import SmallShop

from workshop.commands.perform import utc_now
from workshop.db import ledger, schema
from workshop.db.database import Database
from workshop.db.feed import Changes, Feed, changes_after
from workshop.db.tables import Team

PATIENCE = 30.0
"""Seconds for what comes at once: long, since a busy machine may be slow; never the time that a passing test takes."""
MOMENT = 0.3
"""Seconds in which nothing is expected."""


@pytest.fixture
def feed(shop: SmallShop) -> Iterator[Feed]:
    """A terminal's feed at the small shop."""
    feed = Feed(shop.db)
    yield feed
    feed.close()


def stock(shop: SmallShop) -> None:
    shop.do("clerk", "receive-stock", part_no="FILTER", quantity=1)


def test_a_commit_of_this_process_wakes_it_once(shop: SmallShop, feed: Feed) -> None:
    assert not feed.wait(0)
    stock(shop)
    assert feed.wait(PATIENCE)
    assert not feed.wait(MOMENT)


def test_a_commit_during_the_wait_wakes_it(shop: SmallShop, feed: Feed) -> None:
    later = threading.Timer(0.2, stock, [shop])
    later.start()
    assert feed.wait(PATIENCE)
    later.join()


ACT = """
import sys
sys.path.insert(0, sys.argv[2])
from support.shop import SmallShop
SmallShop(sys.argv[1]).do("clerk", "receive-stock", part_no="FILTER", quantity=1)
"""


def test_a_commit_of_another_process_wakes_it(
    shop: SmallShop, shop_url: str, feed: Feed, pytestconfig: pytest.Config
) -> None:
    tests = str(pytestconfig.rootpath / "tests")
    with subprocess.Popen([sys.executable, "-c", ACT, shop_url, tests]) as other:
        assert feed.wait(PATIENCE)
    assert other.returncode == 0


def test_several_commits_never_wake_it_more_often_than_they_are(shop: SmallShop, feed: Feed) -> None:
    for _ in range(5):
        stock(shop)
    assert feed.wait(PATIENCE)
    late = sum(feed.wait(MOMENT) for _ in range(5))  # a server's notices may come in one by one
    assert late < 5
    assert not feed.wait(MOMENT)


def test_reading_does_not_wake_it(shop: SmallShop, feed: Feed) -> None:
    with shop.db.reading() as session:
        session.execute(sa.select(Team)).all()
    assert not feed.wait(MOMENT)


def test_an_act_that_is_refused_does_not_wake_it(shop: SmallShop, feed: Feed) -> None:
    shop.refusal("technician", "receive-stock", part_no="FILTER", quantity=1)
    assert not feed.wait(MOMENT)


def test_every_feed_is_woken(shop: SmallShop, feed: Feed) -> None:
    other = Feed(shop.db)
    stock(shop)
    assert feed.wait(PATIENCE)
    assert other.wait(PATIENCE)
    other.close()


def test_it_wakes_when_somebody_holds_a_long_reading(shop: SmallShop, feed: Feed) -> None:
    with shop.db.reading() as session:
        ledger.head(session)
        stock(shop)
        assert feed.wait(PATIENCE)


def test_closing_ends_a_wait(shop: SmallShop) -> None:
    feed = Feed(shop.db)
    answers: list[bool] = []
    waiting = threading.Thread(target=lambda: answers.append(feed.wait(600)))
    waiting.start()
    time.sleep(0.1)
    feed.close()
    waiting.join(PATIENCE)
    assert answers == [False]
    assert not feed.wait(600)
    feed.close()


def test_the_lines_after_a_number_tell_which_orders_they_touched(shop: SmallShop) -> None:
    with shop.db.reading() as session:
        start = ledger.head(session).number
        assert changes_after(session, start) == Changes(frozenset(), start)
    stock(shop)
    orders = [_order(shop, car) for car in VEHICLES[:2]]
    shop.do("advisor", "cancel-order", order=orders[0], reason="不来了")
    with shop.db.reading() as session:
        changes = changes_after(session, start)
        assert changes.orders == set(orders)
        assert changes.last == start + 4
        assert changes_after(session, start + 3).orders == {orders[0]}
        assert changes_after(session, changes.last).orders == frozenset()
        assert changes_after(session, 0).last == changes.last


def _order(shop: SmallShop, car: dict[str, object]) -> str:
    given = {"vin": car["vin"], "request": "洗", "odometer": 9, "promised_at": utc_now() + timedelta(hours=2)}
    return str(shop.do("advisor", "open-order", **given, items=[{"operation": "WASH"}])["order"])


def test_a_lost_server_is_found_again_and_reported(postgres: Server, empty_postgres_url: str) -> None:
    db = Database(empty_postgres_url)
    schema.create(db)
    feed = Feed(db)
    _cut_listeners(db)
    assert feed.wait(PATIENCE)
    with db.writing() as session:
        session.execute(sa.select(sa.func.pg_notify(ledger.CHANNEL, "1")))
    assert feed.wait(PATIENCE)
    assert not feed.wait(MOMENT)
    feed.close()
    db.close()


def test_a_server_that_stays_away_is_no_error_and_no_news(postgres: Server, empty_postgres_url: str) -> None:
    db = Database(empty_postgres_url)
    feed = Feed(db)
    postgres.drop_database(db.url.database or "")
    assert not feed.wait(1.5)
    assert not feed.wait(0)
    postgres.create_database(db.url.database or "")
    assert feed.wait(PATIENCE)
    feed.close()
    db.close()


def _cut_listeners(db: Database) -> None:
    with db.engine.connect() as connection:
        cut = connection.exec_driver_sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE 'LISTEN%%'"
        )
        assert cut.scalar_one() == 1
