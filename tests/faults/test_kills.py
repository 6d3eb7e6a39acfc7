"""Kill -9 in the middle of parse, preview, apply, undo and rebuild: nothing is lost and nothing is half done.

Each stage is done in a child that is killed at even, slightly shaken moments and at both edges of a commit. Afterwards
what stands is to the byte what stood before or what is to stand; and doing the same again ends in the latter.
FAULTS_SEED repeats a run.
"""

import os
import random
import time
from collections import Counter
from dataclasses import replace

import pytest
from django.db import connection

from tests.faults.child import Cut, run
from tests.faults.dump import Dump, dump, is_between
from tests.faults.stages import BITS, PEOPLE, Stage, make_world, stages
from tests.scratch import copy_database, drop_database, use_database, wait_for_others
from training.ledger import rebuild
from training.people.roster import stage as roster_stage

pytestmark = pytest.mark.faults
TIMES = 4


@pytest.fixture
def in_small_bits(monkeypatch):
    """Every roster is a large one, for the worker; standings are kept some posts at a time."""
    monkeypatch.setattr(roster_stage, "ROWS_AT_ONCE", 10)
    monkeypatch.setattr(rebuild, "BATCH", PEOPLE // BITS)
    monkeypatch.setattr(rebuild, "BATCH_ON_SQLITE", PEOPLE // BITS)


class Trial:
    """Kills one stage again and again, from the same beginning."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.count, self.losses = stage, Counter(), []
        stage.prepare()
        self.old = dump()
        self.before = copy_database("before")
        run(stage.name, stage.work)
        self.new = self._seen()
        assert self.new != self.old, f"{stage.name} does nothing"
        self._begin_again()
        self.took = run(stage.name, stage.work).seconds
        assert self._seen() == self.new, f"{stage.name} ends in something else each time"

    def kill(self, cut: Cut) -> None:
        """Once, here; then look, do it again, and look again. What was done before the time had come is cut earlier."""
        self._begin_again()
        if not run(self.stage.name, self.stage.work, cut).was_killed:
            assert not cut.edge, f"{self.stage.name} never comes to {cut}"
            self.count["too late"] += 1
            self.kill(replace(cut, seconds=cut.seconds / 2))
            return
        self.count["kills"] += 1
        seen = self._seen()
        self.count[self._what(seen)] += 1
        if self._what(seen) == "lost":
            self.losses.append(f"{self.stage.name}, {cut}: half done: {_difference(seen, self.old, self.new)}")
        run(self.stage.name, self.stage.work)
        after = self._seen()
        if after != self.new:
            self.losses.append(f"{self.stage.name}, {cut}: done again: {_difference(after, self.new)}")

    def end(self) -> None:
        """What stands now is the new state, for the stage that follows."""
        drop_database(self.before)

    def _what(self, seen: Dump) -> str:
        if seen in (self.old, self.new):
            return "old" if seen == self.old else "new"
        return "between" if self.stage.commits > 1 and is_between(seen, self.old, self.new) else "lost"

    def _begin_again(self) -> None:
        working = connection.settings_dict["NAME"]
        use_database(self.before)
        drop_database(working)
        assert copy_database("faults") == working
        use_database(working)

    @staticmethod
    def _seen() -> Dump:
        wait_for_others()
        return dump()


def _difference(seen: Dump, *others: Dump) -> list[str]:
    """The tables that are like none of the others, with a line that is in no other."""
    odd = [place for place in seen if all(seen[place] != other.get(place) for other in others)]
    return [
        f"{place}: {(set(seen[place]) - set(others[0].get(place, ())) or ['lines missing']).pop()}" for place in odd
    ]


def cuts(stage: Stage, took: float, chance: random.Random) -> list[Cut]:
    """At even moments, each shaken a little, and at both edges of a commit."""
    part = took / TIMES
    times = [Cut(seconds=part * (number + chance.uniform(0.1, 0.9))) for number in range(TIMES)]
    commit = chance.randint(1, stage.commits)
    return [*times, *(Cut(edge=edge, commit=commit) for edge in ("before", "after"))]


def test_nothing_is_lost_and_nothing_is_half_done(db, in_small_bits):
    seed = int(os.environ.get("FAULTS_SEED", time.time()))
    chance, count, losses = random.Random(seed), Counter(), []
    make_world()
    for stage in stages():
        trial = Trial(stage)
        for cut in cuts(stage, trial.took, chance):
            trial.kill(cut)
        trial.end()
        count += trial.count
        losses += trial.losses
        print(f"  {stage.name} ({trial.took:.2f} s): {dict(trial.count)}", flush=True)
    said = ", ".join(f"{count[name]} {name}" for name in ("old", "new", "between"))
    late = f"{count['too late']} came too late and were made again"
    print(
        f"faults: {count['kills']} kills, {len(losses)} losses ({connection.vendor}, seed {seed}; stood: {said}; {late})"
    )
    assert losses == []
