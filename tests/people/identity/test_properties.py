"""Random merges, sharings and undoings against a plain model: who counts with whom, what they hold, and what was known when."""

import random
from datetime import timedelta

import pytest

from tests.factories import completion
from tests.people.identity.conftest import AT, BY, record
from tests.people.identity.test_merging import merge, tables
from training.ledger.coverage_facts import coverage_facts
from training.ledger.models import StandingStep
from training.ledger.rebuild import rebuild_standings, refresh_stale
from training.people.identity.errors import IdentityError
from training.people.identity.merge import join_records, part_records
from training.people.identity.sharing import employers, share, stop
from training.people.models import Employment, Person, Post, Sameness, Sharing

STEPS = 14


def reached(start: int, said: list[tuple[int, int]]) -> frozenset[int]:
    """Every record that can be walked to."""
    found, more = set(), {start}
    while more:
        found |= more
        more = {b for a, b in (*said, *((b, a) for a, b in said)) if a in found} - found
    return frozenset(found)


def counted(partnership, on, known_at=None):
    """What coverage says: posts that count as one person, and which of them are valid."""
    facts = coverage_facts(partnership, on=on, known_at=known_at)
    groups: dict[int, set[int]] = {}
    for person, post in zip(facts.person_id.tolist(), facts.post_id.tolist(), strict=True):
        groups.setdefault(person, set()).add(post)
    valid = set(facts.post_id[facts.is_valid].tolist())
    return {frozenset(posts) for posts in groups.values()}, valid


def modelled(said, trained, holder_of):
    """The same, by walking: who is one with whom both ways, whose training counts for whom as it was said."""
    pairs = [(record, same_as) for record, same_as, _ in said]
    together = {reached(one, pairs) for one in holder_of.values()}
    groups = {frozenset(post for post, one in holder_of.items() if one in each) for each in together}
    shared = list(Sharing.objects.everywhere(reason="test").known_now().values_list("record", "own"))
    return groups, {post for post, one in holder_of.items() if heard(one, said, shared) & trained}


def heard(start, said, shared=()):
    """Every record whose training counts for this one."""
    found, more = set(), {start}
    while more:
        found |= more
        more = {a for a, b, _ in said if b in found} | {b for a, b, agency in said if agency and a in found}
        more |= {own for record, own in shared if record in found}
        more -= found
    return found


def states():
    """Every step of the read table but for when it was worked out."""
    rows = StandingStep.objects.everywhere(reason="test").order_by("post", "module", "from_on")
    return list(rows.values_list("post", "module", "from_on", "until_on", "state", "is_valid", "due_on"))


def act(rng, world, people, at):
    """One random merge, joining or undoing; what was refused changes nothing."""
    said = list(Sameness.objects.everywhere(reason="test").known_now())
    if said and rng.random() < 0.4:
        part_records(rng.choice(said), by=BY, at=at)
        return
    one, other = (Person.objects.everywhere(reason="test").get(pk=pk) for pk in rng.sample(people, 2))
    if places := employers(one, on=at.date()):
        rng.choice([share, share, stop])(one, rng.choice(places).agency, by=BY, at=at)
        return
    try:
        if rng.random() < 0.5:
            merge(rng.choice([world.agency, world.neighbour]), one, other, at=at)
        else:
            join_records(one, other, proof=Sameness.Proof.ADDRESS, by=BY, at=at)
    except IdentityError:
        pass


@pytest.mark.parametrize("seed", range(8))
def test_random_merges_and_undoings_keep_counts_true_and_leave_no_trace(world, rule, day, seed):
    print(f"seed {seed}")
    rng = random.Random(seed)
    people = [record(rng.choice([world.agency, world.neighbour])).pk for _ in range(7)]
    trained = set(rng.sample(people, 2))
    for pk in trained:
        completion(Person.objects.everywhere(reason="test").get(pk=pk), rule.module)
    everything = Post.objects.everywhere(reason="test").order_by("pk")
    holder_of = dict(everything.values_list("pk", "employment__person"))
    rebuild_standings(at=AT)
    before, stood, known = tables(), states(), {}
    for step in range(STEPS):
        at = AT + timedelta(hours=step + 1)
        act(rng, world, people, at)
        said = list(Sameness.objects.everywhere(reason="test").known_now().values_list("record", "same_as", "agency"))
        known[at] = counted(world.partnership, day)
        assert known[at] == modelled(said, trained, holder_of)
        refresh_stale(at=at)
        for each in Sharing.objects.everywhere(reason="test").known_now():
            assert each.record_id in heard(each.own_id, said), "nothing is shared with a record that is not joined"
        table = StandingStep.objects.everywhere(reason="test").current_on(day).filter(is_valid=True)
        assert set(table.values_list("post", flat=True)) == known[at][1]
        for agency in (world.agency, world.neighbour):
            away = Sameness.objects.within(agency).known_now().values("record")
            assert not Employment.objects.within(agency).filter(person__in=away).exists()
    for at, found in known.items():
        assert counted(world.partnership, day, known_at=at) == found
    last = AT + timedelta(days=2)
    for each in Sameness.objects.everywhere(reason="test").known_now():
        part_records(each, by=BY, at=last)
    refresh_stale(at=last)
    assert (tables(), states()) == (before, stood)
