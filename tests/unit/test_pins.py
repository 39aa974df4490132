"""What it costs to try a PIN."""

import runpy

from argon2 import Type, extract_parameters

from workshop.commands import pins


def test_a_pin_costs_what_owasp_asks_for() -> None:
    program = runpy.run_path(pins.__file__)  # as users have it: the tests' own hashes are cheap
    cost = extract_parameters(program["hash_pin"]("2468"))
    assert cost.type is Type.ID
    assert (cost.memory_cost, cost.time_cost, cost.parallelism) == (19 * 1024, 2, 1)


def test_without_a_hash_the_same_work_is_done() -> None:
    program = runpy.run_path(pins.__file__)
    assert extract_parameters(program["_NOBODY"]) == extract_parameters(program["hash_pin"]("2468"))


def test_a_hash_of_any_cost_is_read() -> None:
    dear = runpy.run_path(pins.__file__)["hash_pin"]("2468")
    assert pins.pin_matches("2468", dear)
    assert not pins.pin_matches("2469", dear)
