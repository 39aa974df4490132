"""Signing in by badge and PIN, and signing acts by the PIN again.

Failed tries are counted in the database per badge as typed, whether it exists or not; after five the badge is
locked for half a minute, and each further failure doubles the time, up to an hour.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from workshop.commands.perform import Clock, Signature, load_actor, utc_now
from workshop.commands.pins import pin_matches
from workshop.commands.tx import Actor, key
from workshop.db.database import Database
from workshop.db.tables import Person, SignInGuard
from workshop.domain import numbers
from workshop.domain.numbers import Kind, NumberError
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.text import clean_line
from workshop.domain.words import N_

FREE_TRIES = 5
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(hours=1)

WRONG = ReasonKind("-", "sign_in_wrong", N_("Badge or PIN is wrong."))
LOCKED = ReasonKind("-", "sign_in_locked", N_("Too many wrong tries. This badge can be tried again in {seconds} s."))


def sign_in(db: Database, badge: str, pin: str, clock: Clock = utc_now) -> Actor:
    """The person with this badge and PIN. `Refused` never tells a wrong badge from a wrong PIN."""
    return _sign_in(db, badge, pin, clock)[0]


def sign(db: Database, actor: Actor, pin: str, clock: Clock = utc_now) -> Signature:
    """The actor's own signature: the PIN again, under the same lockout as signing in."""
    sign_in(db, actor.badge, pin, clock)
    return Signature(actor.id, clock())


@dataclass(frozen=True, slots=True)
class _Known:
    """A PIN that was right, as a keyed digest, and the hash in the database that it was right for."""

    digest: bytes
    pin_hash: str


class KnownPins:
    """Sign-in for a door that takes many acts: a PIN is hashed once and then remembered, in memory only.

    It counts only while the database still holds the same PIN for an active person whose badge is not locked;
    everything else is an ordinary sign-in, with its count of wrong tries.
    """

    def __init__(self, db: Database, clock: Clock = utc_now) -> None:
        self._db = db
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._known: dict[str, _Known] = {}

    def sign(self, badge: str, pin: str) -> tuple[Actor, Signature]:
        """The person with this badge and PIN and a fresh signature; `Refused` as `sign_in`."""
        typed = _normal(badge)
        digest = hashlib.blake2b(pin.encode(errors="surrogatepass"), key=self._secret).digest()
        actor = self._recall(typed, digest)
        if actor is None:
            actor, pin_hash = _sign_in(self._db, badge, pin, self._clock)
            self._known[typed] = _Known(digest, pin_hash)
        return actor, Signature(actor.id, self._clock())

    def _recall(self, badge: str, digest: bytes) -> Actor | None:
        known = self._known.get(badge)
        if known is None or not hmac.compare_digest(known.digest, digest):
            return None
        with self._db.reading() as session:
            guard = session.get(SignInGuard, badge)
            person = session.exec(select(Person).where(Person.badge == badge)).one_or_none()
            locked = guard is not None and guard.locked_until is not None and guard.locked_until > self._clock()
            if locked or person is None or not person.active or person.pin_hash != known.pin_hash:
                return None
            return load_actor(session, key(person.id))


def _sign_in(db: Database, badge: str, pin: str, clock: Clock) -> tuple[Actor, str]:
    """The person and the hash that the PIN was right for."""
    typed = _normal(badge)
    now = clock()
    with db.writing() as session:
        _reserve_try(session, typed, now)
        person = session.exec(select(Person).where(Person.badge == typed)).one_or_none()
        pin_hash = person.pin_hash if person is not None and person.active else None
    if not pin_matches(pin, pin_hash) or person is None or pin_hash is None:
        raise Refused(WRONG())
    with db.writing() as session:
        _clear(session, typed)
        return load_actor(session, key(person.id)), pin_hash


def _normal(badge: str) -> str:
    try:
        return numbers.parse(badge, Kind.BADGE).text
    except NumberError:
        return clean_line(badge)[:32]


def _reserve_try(session: Session, badge: str, now: datetime) -> None:
    """Count the try before the PIN is looked at, so that tries side by side do not slip past the lock."""
    guard = session.get(SignInGuard, badge) or SignInGuard(badge=badge)
    if guard.locked_until is not None and guard.locked_until > now:
        wait = int((guard.locked_until - now).total_seconds()) + 1
        raise Refused(LOCKED(seconds=wait))
    guard.failures += 1
    beyond = guard.failures - FREE_TRIES
    if beyond >= 0:
        guard.locked_until = now + min(FIRST_LOCK * 2 ** min(beyond, 10), LONGEST_LOCK)
    session.add(guard)


def _clear(session: Session, badge: str) -> None:
    guard = session.get(SignInGuard, badge)
    if guard is not None:
        session.delete(guard)
