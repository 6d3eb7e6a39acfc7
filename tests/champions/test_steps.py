"""Where champions stand from day to day is the same whether read from the table or worked out from facts."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from champions.conditions import Conditions
from champions.models import ChampionStep, StaffCount, StepMark
from champions.selectors.facts import known
from champions.services.agreement import check_in
from champions.services.conditions import set_conditions
from champions.services.leaving import stand_down
from champions.services.steps import refresh_steps, stale
from champions.services.taking_back import take_back_standing_down
from champions.status import Status
from tests.conftest import DAY, MOMENT
from tests.factories import DesignationFactory, ModuleFactory, RequirementFactory, RequirementVersionFactory, completion
from training.ledger.rebuild import refresh_stale
from training.people.models import Duty, Term
from training.people.services import mark_stale

from .conftest import BY, post_of
from .test_meetings import champions_attend, planned

CONDITIONS = Conditions(meetings_needed=1, meetings_of=2, check_in_months=6)
DAYS = [DAY + timedelta(days=days) for days in range(-40, 900, 7)]


def stands(partnership, on):
    """Who stands how and where, by the table."""
    rows = ChampionStep.objects.everywhere(reason="test").current_on(on).filter(partnership=partnership)
    return set(rows.values_list("person", "status", "post", "locality", "is_community"))


def worked_out(partnership, on):
    """The same by the facts."""
    return {
        (it.person.pk, it.status.value, it.post.pk, it.locality.pk if it.locality else None, it.is_community)
        for it in known(partnership, on=on)
        if it.post
    }


def all_of(model):
    rows = model.objects.everywhere(reason="test") if model is ChampionStep else model.objects.all()
    names = [field.attname for field in model._meta.concrete_fields if field.name != "id"]
    return set(rows.values_list(*names))


@pytest.fixture
def lively(world, network, pola, hana):
    """Training that runs out, check-ins that fall due, somebody who stands down, a post and a duty that end."""
    module = ModuleFactory(pathway__partnership=world.partnership, code="DA-B1")
    rule = RequirementFactory(module=module, role_group=None, designation=DesignationFactory(code="CHAMPION"))
    RequirementVersionFactory(requirement=rule, validity_months=12)
    champions_attend(world.partnership, starts_on=DAY + timedelta(days=300))
    completion(pola.person, module, on=DAY - timedelta(days=20))
    completion(hana.person, module, on=DAY + timedelta(days=30))
    set_conditions(partnership=world.partnership, starts_on=DAY, conditions=CONDITIONS, by=BY, at=MOMENT)
    for days in (100, 200, 300):
        planned(world.partnership, MOMENT + timedelta(days=days), at=MOMENT, localities=[network.north])
    check_in(champion=pola, side="own", by=BY, at=MOMENT + timedelta(days=90))
    gone = network.champion(world.agency, "Gone", network.south)
    Term.objects.everywhere(reason="test").filter(post=post_of(gone.person)).update(ends_on=DAY + timedelta(days=50))
    ended = network.colleague(world.neighbour, "Ended", network.north)
    Duty.objects.everywhere(reason="test").filter(post=post_of(ended)).update(ends_on=DAY + timedelta(days=70))
    stand_down(champion=hana, by=BY, at=MOMENT + timedelta(days=200))
    take_back_standing_down(champion=hana, reason="stays", by=BY, at=MOMENT + timedelta(days=220))
    everybody = [pola.person, hana.person, gone.person, ended]
    mark_stale([post_of(each).pk for each in everybody], at=MOMENT)
    refresh_stale(at=MOMENT)
    refresh_steps(at=MOMENT)
    return world.partnership


def test_the_table_says_of_every_day_what_the_facts_say(lively):
    for on in DAYS:
        assert stands(lively, on) == worked_out(lively, on), on
    seen = {status for on in DAYS for _, status, *_ in stands(lively, on)}
    assert {Status.ACTIVE, Status.LAPSING, Status.LAPSED, Status.IN_TRAINING, Status.STOOD_DOWN} <= seen


def test_kept_up_is_what_a_rebuild_finds(lively, pola):
    check_in(champion=pola, side="manager", by=BY, at=MOMENT + timedelta(days=1))
    stand_down(champion=pola, by=BY, at=MOMENT + timedelta(days=2))
    refresh_stale(at=MOMENT)
    refresh_steps(at=MOMENT)
    kept = all_of(ChampionStep), all_of(StaffCount)
    call_command("rebuild_champions")
    assert (all_of(ChampionStep), all_of(StaffCount)) == kept


def test_what_changes_before_an_agency_was_ever_worked_out_leaves_its_mark(pola, world):
    """On it whoever works the agency out for the first time meanwhile waits, or is waited for."""
    assert not StepMark.objects.exclude(changes=None).exists()
    StepMark.objects.all().delete()
    check_in(champion=pola, side="own", by=BY, at=MOMENT)
    assert [(each.agency, each.changes) for each in StepMark.objects.all()] == [(world.neighbour, None)]


def test_an_agency_is_worked_out_again_when_something_changes_there(lively, pola, world, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert refresh_steps(at=MOMENT) == 0
    mark_stale([post_of(pola.person).pk], at=MOMENT)
    refresh_stale(at=MOMENT)
    assert stale(lively, on=DAY) == [world.neighbour.pk]
    refresh_steps(at=MOMENT)
    assert stale(lively, on=DAY) == []
    assert world.neighbour.pk in stale(lively, on=date(2030, 1, 1)), "posts are counted each day"
