"""The rule held against the plain model over random histories: a few in the suite, ten thousand by `make properties`."""

import os
from collections import Counter
from dataclasses import asdict

import pytest
from hypothesis import given, note, seed, settings
from hypothesis import strategies as st

from tests.ledger import plain_model
from tests.ledger.random_histories import ANY_DAY, HISTORIES, telling_days
from training.ledger.standing import State, standing
from training.pathways.rules import Kind

COUNT = int(os.environ.get("HISTORIES", "150"))
SEED = int(os.environ.get("HISTORIES_SEED", "20261122"))
IS_LARGE = COUNT >= 1000
SHARES = 2
"""Two halves, so that two test processes can share them."""


@pytest.mark.parametrize("share", range(SHARES))
def test_every_standing_is_the_plain_models(share, capsys):
    met: Counter[str] = Counter()

    @seed(SEED + share)
    @settings(max_examples=COUNT // SHARES, deadline=None, database=None)
    @given(HISTORIES, st.lists(ANY_DAY, min_size=3, max_size=3))
    def hold(known, days):
        met["histories"] += 1
        met.update(
            {f"with {name}" for name in ("duties", "exemptions", "extensions", "triggers") if getattr(known, name)}
        )
        met.update(_kinds_of(known))
        for on in [*days, *telling_days(known)]:
            note(f"on {on}")
            found = standing(known, on=on)
            met["days"] += 1
            met[found.state if found else "no standing"] += 1
            assert (found and asdict(found)) == plain_model.standing(known, on)

    with capsys.disabled():
        print(f"\n{COUNT // SHARES} random histories, seed {SEED + share}", flush=True)
        hold()
        if IS_LARGE:
            print(", ".join(f"{name} {count}" for name, count in sorted(met.items())), flush=True)
    assert met["histories"] >= COUNT // SHARES
    if IS_LARGE:
        assert not {str(state) for state in State} - set(met), "some state was never met"
        assert not {f"kind {kind}" for kind in Kind} - set(met), "some kind was never met"
        assert not {f"with {name}" for name in FEATURES} - set(met), "something was never met"


FEATURES = ("duties", "exemptions", "extensions", "triggers", "leave", "revocation", "lent", "outside", "refresher")


def _kinds_of(known):
    """What a history has in it, in a word each."""
    found = {f"kind {version.kind}" for rule in known.rules for version in rule.versions}
    said = {
        "leave": any(term.is_on_leave for term in known.terms),
        "revocation": any(fact.revoked_on for fact in known.facts),
        "lent": any(fact.is_lent for fact in known.facts),
        "outside": any(fact.maximum_age_months is not None for fact in known.facts),
        "refresher": any(
            fact.module in version.refreshers for fact in known.facts for version in known.rules[0].versions
        ),
    }
    return found | {f"with {name}" for name, is_there in said.items() if is_there}
