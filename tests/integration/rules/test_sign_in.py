"""Signing in and signing: badge and PIN, a lockout that grows and is kept, no word on which of them was wrong."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import select
from support.shop import PIN, SmallShop

from workshop.commands.base import commands
from workshop.commands.perform import perform, utc_now
from workshop.commands.sign_in import FIRST_LOCK, FREE_TRIES, LONGEST_LOCK, KnownPins, sign, sign_in
from workshop.commands.tx import Actor
from workshop.db.database import Database
from workshop.db.tables import LedgerLine, Person
from workshop.domain.reasons import Refused

NOBODY = "3099999994"
Answer = tuple[str, object]


class Hand:
    """Somebody who types at a terminal, at times of the test's choosing."""

    def __init__(self, shop: SmallShop) -> None:
        self.shop = shop
        self.now = utc_now()

    def clock(self) -> datetime:
        return self.now

    def types(self, badge: str, pin: str) -> Answer:
        try:
            return "in", sign_in(self.shop.db, badge, pin, self.clock).badge
        except Refused as refused:
            reason = refused.reasons[0]
            return reason.code, reason.args.get("seconds")


@pytest.fixture
def hand(shop: SmallShop) -> Hand:
    """At a terminal of a shop of its own."""
    return Hand(shop)


def test_badge_and_pin_let_a_person_in_however_the_badge_is_written(hand: Hand) -> None:
    badge = hand.shop.badge("technician")
    for typed in (
        badge,
        f" {badge[:4]} {badge[4:]} ",
        badge.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ):
        assert hand.types(typed, PIN) == ("in", badge)


@pytest.mark.parametrize("typed", ["", "x", "张技师", "\ud800", "a\x00b", "[/red]", "9" * 10_000, "🚗", "\u202e123"])
def test_whatever_is_typed_as_a_badge_or_a_pin_is_only_wrong(hand: Hand, typed: str) -> None:
    assert hand.types(typed, PIN) == ("sign_in_wrong", None)
    assert hand.types(hand.shop.badge("advisor"), typed) == ("sign_in_wrong", None)


def test_an_unknown_badge_a_wrong_pin_and_somebody_who_left_are_answered_alike(hand: Hand) -> None:
    shop = hand.shop
    gone = {"badge": shop.badge("keeper"), "person": "卫工具", "has_roles": ["tool_keeper"], "active": False}
    shop.do("admin", "revise-person", **gone)
    for _ in range(FREE_TRIES + 3):
        answers = {hand.types(badge, "1470") for badge in (shop.badge("advisor"), NOBODY, shop.badge("keeper"))}
        assert len(answers) == 1
    assert hand.types(shop.badge("keeper"), PIN)[0] == "sign_in_locked"


def test_the_lockout_grows_up_to_an_hour(hand: Hand) -> None:
    badge = hand.shop.badge("advisor")
    for _ in range(FREE_TRIES):
        assert hand.types(badge, "1470") == ("sign_in_wrong", None)
    waits = []
    for _ in range(10):
        code, seconds = hand.types(badge, PIN)
        assert code == "sign_in_locked"
        waits.append(int(str(seconds)) - 1)
        hand.now += timedelta(seconds=int(str(seconds)))
        assert hand.types(badge, "1470") == ("sign_in_wrong", None)
    first, longest = int(FIRST_LOCK.total_seconds()), int(LONGEST_LOCK.total_seconds())
    assert waits == [min(first * 2**step, longest) for step in range(10)]


def test_a_locked_badge_takes_not_even_the_right_pin_and_one_that_waited_does(hand: Hand) -> None:
    badge = hand.shop.badge("advisor")
    for _ in range(FREE_TRIES):
        hand.types(badge, "1470")
    assert hand.types(badge, PIN)[0] == "sign_in_locked"
    hand.now += FIRST_LOCK
    assert hand.types(badge, PIN) == ("in", badge)
    for _ in range(FREE_TRIES - 1):
        assert hand.types(badge, "1470") == ("sign_in_wrong", None)
    assert hand.types(badge, PIN) == ("in", badge)


def test_the_lockout_outlives_the_program(hand: Hand) -> None:
    badge = hand.shop.badge("advisor")
    for _ in range(FREE_TRIES):
        hand.types(badge, "1470")
    hand.shop.close()
    again = Database(hand.shop.url)
    with pytest.raises(Refused, match="sign_in_locked"):
        sign_in(again, badge, PIN, hand.clock)
    again.close()


def test_one_badges_lockout_is_not_the_next_ones(hand: Hand) -> None:
    for _ in range(FREE_TRIES):
        hand.types(hand.shop.badge("advisor"), "1470")
    assert hand.types(hand.shop.badge("advisor2"), PIN)[0] == "in"


def test_a_new_pin_from_the_administrator_lifts_the_lockout(hand: Hand) -> None:
    badge = hand.shop.badge("advisor")
    for _ in range(FREE_TRIES):
        hand.types(badge, "1470")
    hand.shop.do("admin", "reset-pin", badge=badge, pin="8642")
    assert hand.types(badge, PIN) == ("sign_in_wrong", None)
    assert hand.types(badge, "8642") == ("in", badge)


def test_wrong_tries_at_signing_count_like_those_at_the_door(hand: Hand) -> None:
    badge = hand.shop.badge("advisor")
    actor = sign_in(hand.shop.db, badge, PIN, hand.clock)
    for _ in range(FREE_TRIES):
        with pytest.raises(Refused, match="sign_in_wrong"):
            sign(hand.shop.db, actor, "1470", hand.clock)
    assert hand.types(badge, PIN)[0] == "sign_in_locked"


def test_an_act_is_signed_by_ones_own_pin(hand: Hand) -> None:
    shop = hand.shop
    act = commands()["count-stock"](part_no="PAD", counted=3, reason="盘点")
    clerk = sign_in(shop.db, shop.badge("clerk"), PIN, hand.clock)
    other = sign(shop.db, _actor(shop, "all_rounder"), PIN, hand.clock)
    with pytest.raises(Refused, match="signature_missing"):
        perform(shop.db, act, clerk.id, "bench", signature=other, clock=hand.clock)
    own = sign(shop.db, clerk, PIN, hand.clock)
    assert perform(shop.db, act, clerk.id, "bench", signature=own, clock=hand.clock).outcome["difference"] == -37


@pytest.mark.parametrize("door", ["person", "remembered"])
def test_somebody_who_left_is_refused_at_once(hand: Hand, door: str) -> None:
    shop = hand.shop
    badge = shop.badge("clerk")
    pins = KnownPins(shop.db, hand.clock)
    pins.sign(badge, PIN)
    gone = {"badge": badge, "person": "孙备件", "has_roles": ["parts_clerk"], "active": False}
    shop.do("admin", "revise-person", **gone)
    refusals: dict[str, tuple[str, Callable[[], object]]] = {
        "person": ("person_inactive", lambda: shop.do("clerk", "receive-stock", part_no="PAD", quantity=1)),
        "remembered": ("sign_in_wrong", lambda: pins.sign(badge, PIN)),
    }
    code, act = refusals[door]
    with pytest.raises(Refused, match=code):
        act()


def test_a_role_taken_away_counts_at_once(hand: Hand) -> None:
    shop = hand.shop
    changed = {"badge": shop.badge("clerk"), "person": "孙备件", "has_roles": ["advisor"]}
    shop.do("admin", "revise-person", **changed)
    assert shop.refusal("clerk", "receive-stock", part_no="PAD", quantity=1) == ["role_missing"]


def test_a_pin_is_kept_as_an_argon2_hash_and_in_no_ledger_line(hand: Hand) -> None:
    hand.shop.do("advisor", "change-pin", pin="97531864")
    with hand.shop.db.reading() as session:
        hashes = [person.pin_hash for person in session.exec(select(Person))]
        texts = [line.payload + line.outcome for line in session.exec(select(LedgerLine))]
    assert all(one.startswith("$argon2id$") for one in hashes)
    assert len(set(hashes)) == len(hashes)
    assert not any("97531864" in text or PIN in text for text in texts)
    assert hand.types(hand.shop.badge("advisor"), "97531864")[0] == "in"


def test_the_same_command_id_acts_once_and_is_not_lent_to_another_act(hand: Hand) -> None:
    shop = hand.shop
    first = shop.act("clerk", "receive-stock", command_id="a-1", part_no="PAD", quantity=2)
    again = shop.act("clerk", "receive-stock", command_id="a-1", part_no="PAD", quantity=2)
    assert (again.number, again.outcome, again.repeated) == (first.number, first.outcome, True)
    for who, command, fields in (
        ("clerk", "receive-stock", {"part_no": "PAD", "quantity": 3}),
        ("all_rounder", "receive-stock", {"part_no": "PAD", "quantity": 2}),
        ("clerk", "count-stock", {"part_no": "PAD", "counted": 2, "reason": "x"}),
    ):
        with pytest.raises(Refused, match="id_used"):
            shop.act(who, command, command_id="a-1", **fields)


def _actor(shop: SmallShop, who: str) -> Actor:
    worker = shop.people[who]
    return Actor(worker.id, worker.badge, worker.name, frozenset(worker.roles))
