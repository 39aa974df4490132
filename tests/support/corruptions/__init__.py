"""Forbidden states, as they would have to be written into the busy shop's database behind the commands' back.

By the code of the invariant that must report them; each statement stands alone.
"""

from support.corruptions.checking import CHECKING
from support.corruptions.floor import FLOOR
from support.corruptions.liability import LIABILITY
from support.corruptions.orders import ORDERS
from support.corruptions.parts import PARTS
from support.corruptions.records import RECORDS

CORRUPTIONS = ORDERS | PARTS | CHECKING | FLOOR | LIABILITY | RECORDS
