"""Random acts by random people on random orders never reach a state that the rules forbid.

Each walk mixes what sensible people would do next with acts that make no sense where they are done, drawn from the
commands' own declarations. A refusal is the only answer allowed; after every hundred acts all invariants are checked.

    WORKSHOP_WALK_STEPS=50000 WORKSHOP_WALK_SEED=7 uv run pytest tests/integration/test_random_acts.py

walks as many steps on each kind of database, by another path.
"""

import os

import pytest
import sqlalchemy as sa
from support.random_walk import Walk
from support.shop import SmallShop

WALKS = 3
STEPS = {"sqlite": 3300, "postgresql": 1500}
SEED = int(os.environ.get("WORKSHOP_WALK_SEED", "2024"))

MILESTONES = {
    "a delivered order": "SELECT COUNT(*) FROM repair_order WHERE stage = 'delivered'",
    "a cancelled order": "SELECT COUNT(*) FROM repair_order WHERE stage = 'cancelled'",
    "a failed inspection": "SELECT COUNT(*) FROM inspection WHERE NOT passed",
    "a hand-over sent back": "SELECT COUNT(*) FROM hand_over WHERE NOT accepted AND taker_id IS NOT NULL",
    "a plate that did not match": "SELECT COUNT(*) FROM plate_check WHERE NOT matched",
    "a self-check not OK": "SELECT COUNT(*) FROM check_answer WHERE answer = 'not_ok' AND item_id IS NOT NULL",
    "a loan paid": "SELECT COUNT(*) FROM loan_return",
    "an old part for a new one": "SELECT COUNT(*) FROM part_issue WHERE basis = 'old_part'",
    "an unused part back": "SELECT COUNT(*) FROM part_return",
    "a part fitted": "SELECT COUNT(*) FROM part_fitting",
    "an approved line": "SELECT COUNT(*) FROM change_line WHERE decision = 'approved'",
    "a declined or deferred line": "SELECT COUNT(*) FROM change_line WHERE decision IN ('declined', 'deferred')",
    "a finding answered": "SELECT COUNT(*) FROM finding WHERE ended IS NOT NULL",
    "a vehicle down from a lift": "SELECT COUNT(*) FROM lifting WHERE down_at IS NOT NULL",
    "an assembly refitted": "SELECT COUNT(*) FROM removed_assembly WHERE ended = 'refitted'",
    "high voltage put back": "SELECT COUNT(*) FROM hv_power_up",
    "a closed session": "SELECT COUNT(*) FROM training_session WHERE closed_at IS NOT NULL AND called_off = ''",
    "a certificate earned": "SELECT COUNT(*) FROM session_attendance WHERE certificate_id IS NOT NULL",
    "a completion certificate": "SELECT COUNT(*) FROM repair_order WHERE certificate_no IS NOT NULL",
    "a cleaning list signed": "SELECT COUNT(*) FROM cleaning_list WHERE signed_by_id IS NOT NULL AND NOT late",
    "one signed late": "SELECT COUNT(*) FROM cleaning_list WHERE signed_by_id IS NOT NULL AND late",
    "one countersigned": "SELECT COUNT(*) FROM cleaning_list WHERE countersigned_by_id IS NOT NULL",
    "a day closed": "SELECT COUNT(*) FROM cleaning_list WHERE moment = 'closing' AND signed_by_id IS NOT NULL",
    "a finding remedied": "SELECT COUNT(*) FROM spot_check WHERE remedied_by_id IS NOT NULL",
    "a liability objected to": "SELECT COUNT(*) FROM liability_answer WHERE NOT acknowledged",
    "an instalment": "SELECT COUNT(*) FROM liability_settlement WHERE method = 'pay'",
    "a part written off": "SELECT COUNT(*) FROM part_write_off",
    "a tool released": "SELECT COUNT(*) FROM tool_release",
    "an order with tools delivered": "SELECT COUNT(*) FROM repair_order o JOIN tool_count c ON c.order_id = o.id "
    "WHERE o.stage = 'delivered'",
    "a cart back, counted": "SELECT COUNT(*) FROM order_cart WHERE back_at IS NOT NULL",
    "a missing tool found": "SELECT COUNT(*) FROM missing_tool WHERE found",
    "a missing tool signed for": "SELECT COUNT(*) FROM missing_tool WHERE NOT found",
    "a tool kept": "SELECT COUNT(*) FROM tool_move WHERE kept",
    "an instrument cited": "SELECT COUNT(*) FROM check_instrument",
}
"""What a walk must have met, or it has shown nothing."""


def missed(shop: SmallShop) -> list[str]:
    """The milestones that a walk has not met yet."""
    with shop.db.reading() as session:
        return [name for name, query in MILESTONES.items() if not session.execute(sa.text(query)).scalar()]


@pytest.mark.parametrize("turn", range(WALKS))
def test_random_acts_never_reach_a_forbidden_state(shop: SmallShop, kind: str, turn: int) -> None:
    steps = int(os.environ.get("WORKSHOP_WALK_STEPS", STEPS[kind])) // WALKS
    walk = Walk(shop, SEED + turn)
    while walk.steps < steps or (missed(shop) and walk.steps < 20 * steps):
        walk.take(100)
        walk.assert_sound()

    assert missed(shop) == []
    untried = [name for name in walk.commands if not walk.tally.tried(name)]
    assert untried == []
    acts = sum(walk.tally.done.values()), sum(walk.tally.refused.values()), sum(walk.tally.invalid.values())
    assert all(acts), "done, refused, invalid"
