"""PINs are kept as argon2id hashes.

The cost is OWASP's second profile (19 MiB, two passes): a PIN of four to eight digits is guarded by the lockout,
not by the hash alone, and a technician must not wait half a second for every signature.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = _hasher.hash("no PIN is eight letters")


def hash_pin(pin: str) -> str:
    """The hash to keep."""
    return _hasher.hash(pin)


def pin_matches(pin: str, pin_hash: str | None) -> bool:
    """Whether the PIN is right. Without a hash (no such badge) the same work is done, and the answer is no."""
    try:
        return _hasher.verify(pin_hash or _NOBODY, pin.encode(errors="surrogatepass")) and pin_hash is not None
    except (VerificationError, InvalidHashError):
        return False
