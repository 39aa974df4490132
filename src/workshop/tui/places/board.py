"""The board of the floor, for everybody."""

from workshop.domain.words import N_
from workshop.tui.places.order_list import OrderList


class Board(OrderList):
    """Every open order with its stage, what holds it and what is late. Enter opens it; F4: what can be done with it."""

    place = N_("Board of the floor")
    empty = N_("No open orders.")
