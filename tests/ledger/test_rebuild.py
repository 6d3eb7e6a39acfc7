"""The read table: the same after it was dropped, the same as what is worked out live, and never behind for long."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    DesignationFactory,
    DutyFactory,
    ModuleFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TermFactory,
    completion,
)
from tests.live import my_standings, standings_of
from training.access.actor import Actor
from training.ledger import services as ledger
from training.ledger import tasks
from training.ledger.models import Announcement, StandingStep
from training.ledger.rebuild import rebuild_standings, refresh_stale, refresh_standings
from training.ledger.selectors import counted_by, counts, own_standings
from training.ledger.selectors.table import with_term
from training.ledger.tasks import TICKS, sweep_tick
from training.pathways import services as pathways
from training.people.models import Person, Post, StalePost, Term
from training.people.services import mark_stale

BY = Actor.system("test")
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
WHY = "test"


def ask(module, group=None, designation=None, **said):
    requirement = RequirementFactory(
        module=ModuleFactory(code=module), role_group=group and RoleGroupFactory(code=group), designation=designation
    )
    return RequirementVersionFactory(requirement=requirement, **said).requirement


@pytest.fixture
def awkward(world, amira, amira_post):
    """Posts with a bit of everything: leave, duties, renewals, an exemption, an extension, a move, a revocation."""
    first = ask("DA-A1", "MIDWIFE")
    second = ask("DA-B1", "MIDWIFE", basis="from_old_end", validity_months=24)
    ask("DA-B1", designation=DesignationFactory(), induction_days=14, starts_on=date(2025, 5, 1))
    ask("DA-A1", "OFFICE", validity_months=12)
    DutyFactory(post=amira_post, starts_on=date(2025, 9, 1))
    completion(amira, first.module, on=date(2024, 7, 1))
    revoked = completion(amira, second.module, on=date(2025, 10, 1))
    ledger.revoke_completion(revoked, effective_on=date(2026, 2, 1), reason="Withdrawn", by=BY, at=AT)
    pathways.extend(post=amira_post, module=second.module, due_on=date(2026, 6, 1), by=BY, at=AT)
    away = TermFactory(
        post__employment__agency=world.agency, role_group__code="MIDWIFE", ends_on=date(2025, 3, 31)
    ).post
    TermFactory(
        post=away, role_group__code="MIDWIFE", starts_on=date(2025, 4, 1), ends_on=date(2025, 12, 31), on_leave=True
    )
    TermFactory(post=away, role_group__code="OFFICE", starts_on=date(2026, 1, 1))
    completion(away.employment.person, first.module, on=date(2024, 8, 1))
    pathways.exempt(post=away, module=first.module, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 30), by=BY, at=AT)
    TermFactory(post__employment__agency=world.neighbour, role_group__code="OFFICE")
    return list(Post.objects.everywhere(reason=WHY).order_by("pk"))


def table():
    """What the read table says, but for when it was worked out."""
    fields = [f.attname for f in StandingStep._meta.concrete_fields if f.name not in ("id", "worked_out_at")]
    rows = StandingStep.objects.everywhere(reason=WHY).order_by("post_id", "module_id", "from_on").values(*fields)
    return list(rows)


def looked_up(post, on):
    """The standings that the table holds for a day, as the live ones are said."""
    names = ("state", "is_valid", "is_required", "due_on", "valid_until", "window_opens_on", "began_on")
    rows = StandingStep.objects.everywhere(reason=WHY).filter(post=post).current_on(on)
    return {(row.module_id, *(getattr(row, name) for name in names), tuple(row.reasons)) for row in rows}


def live(post, on):
    names = ("state", "is_valid", "is_required", "due_on", "valid_until", "window_opens_on", "began_on", "reasons")
    found = standings_of(post, on=on)
    return {(each.module, *(getattr(each.standing, name) for name in names)) for each in found}


def telling_days(**whose):
    """Every fortieth day, and each on which the table begins to say something else, with the day before."""
    begins = set(StandingStep.objects.everywhere(reason=WHY).filter(**whose).values_list("from_on", flat=True))
    every = {date(2024, 5, 31) + timedelta(days=days) for days in range(0, 1800, 40)}
    return sorted(every | begins | {on - timedelta(days=1) for on in begins})


def test_the_table_looked_up_on_any_day_says_what_is_worked_out_live(awkward):
    rebuild_standings(at=AT)
    for post in awkward:
        for on in telling_days(post=post):
            assert looked_up(post, on) == live(post, on), on


def test_everybodys_own_list_is_the_same_from_the_table_as_live(awkward, amira, world):
    TermFactory(post__employment__person=amira, post__employment__agency=world.neighbour, role_group__code="OFFICE")
    rebuild_standings(at=AT)
    for person in Person.objects.everywhere(reason=WHY):
        for on in telling_days(post__employment__person=person):
            assert own_standings(person, on=on) == my_standings(person, on=on), on


def test_a_dropped_table_comes_back_the_same(awkward):
    rebuild_standings(at=AT)
    before = table()
    assert len({row["state"] for row in before}) >= 6
    StandingStep.objects.everywhere(reason=WHY).delete()
    rebuild_standings(at=AT)
    assert table() == before


def test_rows_that_no_fact_stands_behind_are_swept_out(awkward):
    rebuild_standings(at=AT)
    before = table()
    StandingStep.objects.everywhere(reason=WHY).update(state="in_date", is_valid=True)
    refresh_standings([post.pk for post in awkward], at=AT)
    assert table() == before


@pytest.mark.parametrize("gone", ["post_id", "module_id"])
def test_rows_of_posts_and_modules_that_are_gone_are_swept_out_once_a_day(awkward, gone, monkeypatch):
    monkeypatch.setattr(tasks, "_swept", [])
    rebuild_standings(at=AT)
    before = table()
    sweep_tick(AT)
    copy = StandingStep.objects.everywhere(reason=WHY).first()
    for day in range(2):
        copy.pk = None
        setattr(copy, gone, 10**9 + day)
        copy.save(force_insert=True)
    assert sweep_tick(AT + timedelta(hours=1)) == 0
    assert len(table()) == len(before) + 2
    assert sweep_tick(AT + timedelta(days=1)) == 2
    assert table() == before


def test_only_posts_whose_standings_changed_are_written_anew(awkward, amira_post):
    ids = [post.pk for post in awkward]
    rebuild_standings(at=AT)
    assert refresh_standings(ids, at=AT) == 0
    completion(amira_post.employment.person, ModuleFactory(), on=date(2026, 3, 2))
    assert refresh_standings(ids, at=AT) == 1


def test_an_agency_is_rebuilt_by_itself(awkward, world):
    rebuild_standings(at=AT, agency=world.neighbour)
    assert {row.post.employment.agency for row in StandingStep.objects.everywhere(reason=WHY)} == {world.neighbour}


def stale():
    return set(StalePost.objects.everywhere(reason=WHY).values_list("post_id", flat=True))


@pytest.fixture
def fresh(awkward):
    """The table is up to date, and nothing is marked."""
    rebuild_standings(at=AT)
    StalePost.objects.everywhere(reason=WHY).delete()


def test_what_enters_the_ledger_marks_every_post_of_the_person(fresh, amira, amira_post, world):
    second = TermFactory(post__employment__person=amira, post__employment__agency=world.neighbour).post
    done = completion(amira)
    assert stale() == {amira_post.pk, second.pk}
    refresh_stale(at=AT)
    ledger.void_completion(done, reason="Typed twice", by=BY, at=AT)
    assert stale() == {amira_post.pk, second.pk}
    refresh_stale(at=AT)
    ledger.revoke_completion(completion(amira), effective_on=AT.date(), reason="Withdrawn", by=BY, at=AT)
    assert stale() == {amira_post.pk, second.pk}


def test_a_changed_rule_marks_the_posts_it_falls_on(fresh, awkward, amira_post):
    rule = ask("DA-C1", "OFFICE")
    pathways.change_requirement(requirement=rule, on=AT.date(), by=BY, at=AT, validity_months=12)
    assert stale() == {post.pk for post in awkward} - {amira_post.pk}


def test_refreshing_empties_the_marks_and_brings_the_table_up(fresh, amira, amira_post):
    completion(amira, on=date(2026, 3, 2))
    assert refresh_stale(at=AT) == 1
    assert stale() == set()
    on = date(2026, 3, 3)
    assert looked_up(amira_post, on) == live(amira_post, on)


def test_refreshing_one_agency_leaves_the_others_marks(fresh, awkward, world):
    mark_stale([post.pk for post in awkward], at=AT)
    refresh_stale(at=AT, agency=world.neighbour)
    agencies = {post.employment.agency for post in Post.objects.everywhere(reason=WHY).filter(pk__in=stale())}
    assert agencies == {world.agency}


def test_so_many_posts_at_a_time(fresh, awkward):
    mark_stale([post.pk for post in awkward], at=AT)
    assert refresh_stale(at=AT, limit=2) == 2
    assert len(stale()) == len(awkward) - 2


def test_a_mark_set_while_standings_are_worked_out_stays(fresh, amira_post, monkeypatch):
    mark_stale([amira_post.pk], at=AT)

    def changed_meanwhile(*args, **kwargs):
        mark_stale([amira_post.pk], at=AT + timedelta(seconds=1))

    monkeypatch.setattr("training.ledger.rebuild.refresh_standings", changed_meanwhile)
    refresh_stale(at=AT)
    assert stale() == {amira_post.pk}


def test_a_persons_page_works_out_their_own_posts_alone(fresh, amira, awkward):
    mark_stale([post.pk for post in awkward], at=AT)
    own = {post.pk for post in awkward if post.employment.person == amira}
    assert refresh_stale(at=AT, person=amira) == len(own) == 1
    assert stale() == {post.pk for post in awkward} - own


def test_when_nothing_is_stale_one_query_says_so(fresh, world, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert refresh_stale(at=AT, agency=world.agency) == 0


def test_the_workers_ticks_leave_nothing_stale_and_no_news_untold(fresh, awkward):
    mark_stale([post.pk for post in awkward], at=AT)
    untold = Announcement.objects.filter(recorded_at__lt=AT - timedelta(minutes=1)).count()
    assert [tick(AT) for tick in TICKS] == [len(awkward), untold, 0, 0]
    assert untold and not Announcement.objects.exists()
    assert stale() == set()


def test_the_command_rebuilds_and_says_how_many(awkward, capsys):
    call_command("rebuild_standing")
    assert capsys.readouterr().out == f"Standings of {len(awkward)} posts rebuilt.\n"
    assert table()


def lines_of(counted):
    """Each combination of group, module and kind that there is, with how many."""
    places = ((place, int(number)) for place, number in np.ndenumerate(counted.numbers) if number)
    return [
        (counted.groups[group], counted.modules[module], *counted.kinds[kind], number)
        for (group, module, kind), number in places
    ]


def counted_live(agency, column, on):
    """The same counts without the table of counts."""
    steps = with_term(StandingStep.objects.within(agency), on).order_by()
    names = (column, "module_id", "state", "is_valid", "is_required")
    return sorted(steps.values_list(*names).annotate(count=Count("pk")), key=str)


def test_counts_are_those_of_the_table_whatever_changes(awkward, world, amira, amira_post):
    rebuild_standings(at=AT)
    on = AT.date()

    def agree(on=on):
        found = sorted(lines_of(counted_by(world.agency, "role_group", on=on)), key=str)
        assert found == counted_live(world.agency, "term__role_group_id", on)
        return found

    first = agree()
    with CaptureQueriesContext(connection) as queries:
        assert agree() == first
    assert "ledger_standingstep" not in queries.captured_queries[0]["sql"]
    completion(amira, ModuleFactory(code="DA-B1"), on=on)
    refresh_stale(at=AT, agency=world.agency)
    assert agree() != first
    Term.objects.everywhere(reason=WHY).filter(post=amira_post).update(role_group=RoleGroupFactory(code="OFFICE"))
    mark_stale([amira_post.pk], at=AT)
    refresh_stale(at=AT)
    agree()
    agree(on + timedelta(days=400))


def test_a_change_while_counting_is_not_lost(awkward, world, monkeypatch):
    """Somebody writes standings between the reading and the keeping of a count."""
    rebuild_standings(at=AT)
    on, count = AT.date(), counts._count

    def changed_meanwhile(agency, on):
        found = count(agency, on)
        StandingStep.objects.within(agency).update(state="exempt")
        refresh_standings([post.pk for post in awkward], at=AT)
        return found

    monkeypatch.setattr(counts, "_count", changed_meanwhile)
    counted_by(world.agency, "team", on=on)
    monkeypatch.undo()
    StandingStep.objects.within(world.agency).update(state="paused")
    assert {state for state, *_ in counted_by(world.agency, "team", on=on).kinds} == {"paused"}
