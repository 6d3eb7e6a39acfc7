"""Two records of one person: joined, counted once, and parted exactly."""

from datetime import timedelta

import pytest

from home.agency.record import staff_record
from tests.factories import AgencyFactory, EmploymentFactory, MembershipFactory, UserFactory, completion
from tests.live import my_standings, standings_of
from tests.people.identity.conftest import AT, BY, record
from tests.people.roster.conftest import nine
from tests.people.roster.files import csv_file, row
from training.audit.models import AuditEvent
from training.ledger.coverage_facts import coverage_facts
from training.ledger.models import Completion, Entry, StandingStep
from training.ledger.rebuild import refresh_stale
from training.ledger.report import agency_report
from training.ledger.report.changes import changes
from training.ledger.selectors import own_standings
from training.ledger.verify import verify
from training.people.identity.corrections import ask
from training.people.identity.merge import (
    AlreadyOne,
    NotForHr,
    OwnRecord,
    join_records,
    merge_records,
    part_records,
)
from training.people.identity.protect import protect_record
from training.people.models import Employment, Person, Post, Sameness, StalePost, Term
from training.people.roster.apply import apply_import
from training.people.roster.stage import preview, stage_import
from training.privacy.export import everything_on
from training.strategy.coverage import Place, cells
from training.strategy.selectors.facts import agencies_on, facts_frame

HOUR = timedelta(hours=1)


def merge(agency, one, other, *, own=(), at=AT):
    return merge_records(agency, one, other, evidence=["Same name"], own=own, by=BY, at=at)


def join(own, earlier, *, at=AT):
    own.refresh_from_db()
    return join_records(own, earlier, proof=Sameness.Proof.ADDRESS, by=BY, at=at)


def tables():
    """Everything that a merge could change, row by row."""
    everything = {"reason": "test"}
    return {
        "people": list(Person.objects.everywhere(**everything).order_by("pk").values_list()),
        "employments": list(Employment.objects.everywhere(**everything).order_by("pk").values_list()),
        "posts": list(Post.objects.everywhere(**everything).order_by("pk").values_list()),
        "entries": list(Entry.objects.everywhere(**everything).order_by("pk").values_list()),
    }


def figures(partnership, on, known_at=None):
    facts = coverage_facts(partnership, on=on, known_at=known_at)
    agencies = agencies_on(partnership, on=on, known_at=known_at)
    frame = facts_frame(facts, agencies)
    return {place: (cell.numerator, cell.denominator) for place, cell in cells(frame).items()}


@pytest.fixture
def reporting(monkeypatch):
    """Every agency counts, though none of them loaded a roster."""
    everybody = "training.strategy.selectors.facts._reported"
    monkeypatch.setattr(
        everybody, lambda *_: set(MembershipFactory._meta.model.objects.values_list("agency", flat=True))
    )


def test_one_person_in_three_agencies_counts_once_in_the_partnership_and_once_in_each(world, rule, day, reporting):
    third = AgencyFactory(code="SVC")
    MembershipFactory(partnership=world.partnership, agency=third)
    here, there, yonder = (record(agency) for agency in (world.agency, world.neighbour, third))
    completion(there, rule.module)
    apart = figures(world.partnership, day)
    assert apart[Place()] == (1, 3)

    join(here, there)
    join(here, yonder)

    found = figures(world.partnership, day)
    assert found[Place()] == (0, 1), "in date only where the training counts for every post"
    assert [found[Place("agency", code)] for code in ("SVH", "SVP", "SVC")] == [(1, 1), (1, 1), (0, 1)]
    assert Post.objects.everywhere(reason="test").count() == 3
    assert [
        len(Completion.objects.of(Person.objects.everywhere(reason="test").get(pk=each.pk)))
        for each in (here, there, yonder)
    ] == [1, 1, 0]
    assert figures(world.partnership, day, known_at=AT - HOUR) == apart


def test_a_merge_changes_no_ledger_row_and_the_chain_holds(world, pair, rule, day):
    completion(pair[0], rule.module)
    completion(pair[1], rule.module)
    before = tables()["entries"]
    merge(world.agency, *pair)
    assert tables()["entries"] == before
    assert verify(world.partnership).is_intact


def test_after_a_merge_the_roster_shows_one_record_with_both_posts_and_all_training(world, pair, rule, day):
    completion(pair[1], rule.module)
    said = merge(world.agency, *pair)
    assert said.same_as == pair[0]
    [shown] = Person.objects.within(world.agency).distinct()
    assert shown == pair[0]
    assert Post.objects.within(world.agency).filter(employment__person=shown).count() == 2
    assert [each.state for each in my_standings(shown, on=day)] == ["in_date"]
    refresh_stale(at=AT)
    assert [each.state for each in own_standings(shown, on=day)] == ["in_date"]
    assert {each.standing.state for each in standings_of(shown, on=day)} == {"in_date"}


def test_taking_a_merge_back_leaves_every_row_as_it_was(world, pair, rule):
    completion(pair[1], rule.module)
    before = tables()
    said = merge(world.agency, *pair)
    assert tables() != before
    part_records(said, by=BY, at=AT + HOUR)
    assert tables() == before
    with pytest.raises(AlreadyOne):
        part_records(said, by=BY, at=AT + HOUR)


def test_merges_that_lean_on_each_other_are_taken_back_in_any_order(world, rule):
    first, second, third = (record(world.agency) for _ in range(3))
    before = tables()
    one = merge(world.agency, third, second)
    two = merge(world.agency, second, first)
    assert set(Employment.objects.within(world.agency).values_list("person", flat=True)) == {first.pk}
    part_records(one, by=BY, at=AT + HOUR)
    shown = dict(Employment.objects.within(world.agency).values_list("pk", "person"))
    assert sorted(shown.values()) == [first.pk, first.pk, third.pk]
    part_records(two, by=BY, at=AT + HOUR)
    assert tables() == before


def test_what_was_learnt_while_merged_stays_with_the_record_it_was_written_to(world, pair, rule, day):
    said = merge(world.agency, *pair)
    kept, merged = (Person.objects.everywhere(reason="test").get(pk=each.pk) for each in pair)
    completion(kept, rule.module, on=day)
    assert [each.state for each in my_standings(merged, on=day)] == ["in_date"]
    part_records(said, by=BY, at=AT + HOUR)
    for each in (kept, merged):
        each.refresh_from_db()
    assert [each.state for each in my_standings(merged, on=day)] == ["overdue"]
    assert len(Completion.objects.of(kept)) == 1


def test_figures_as_known_before_and_during_a_merge_stay_what_they_were(world, pair, rule, day):
    completion(pair[1], rule.module)
    post = Post.objects.within(world.agency).get(employment__person=pair[0])
    apart = figures(world.partnership, day), standings_of(post, on=day)
    said = merge(world.agency, *pair)
    joined = coverage_facts(world.partnership, on=day)
    assert (len(set(joined.person_id.tolist())), joined.is_valid.tolist()) == (1, [True, True])
    part_records(said, by=BY, at=AT + 2 * HOUR)

    then = AT - HOUR
    assert (figures(world.partnership, day, known_at=then), standings_of(post, on=day, known_at=then)) == apart
    during = coverage_facts(world.partnership, on=day, known_at=AT + HOUR)
    assert during.person_id.tolist() == joined.person_id.tolist()
    assert during.is_valid.tolist() == joined.is_valid.tolist()
    assert [each.standing.state for each in standings_of(post, on=day, known_at=AT + HOUR)] == ["in_date"]


def test_a_merge_and_its_undoing_mark_the_posts_and_are_on_record(world, pair):
    said = merge(world.agency, *pair)
    assert StalePost.objects.within(world.agency).count() == 2
    StalePost.objects.everywhere(reason="test").delete()
    part_records(said, by=BY, at=AT + HOUR)
    assert StalePost.objects.within(world.agency).count() == 2
    told = AuditEvent.objects.filter(object_kind="sameness").order_by("pk").values_list("verb", "agency_code")
    assert list(told) == [("records merged", "SVH"), ("records parted", "SVH")]


def test_the_record_that_signs_in_is_kept(world, pair):
    pair[1].user = UserFactory(email="nia@svh.example")
    pair[1].save()
    assert merge(world.agency, *pair).same_as == pair[1]


def test_hr_cannot_join_two_records_that_both_sign_in(world, pair):
    for number, each in enumerate(pair):
        each.user = UserFactory(email=f"nia{number}@svh.example")
        each.save()
    before = tables()
    with pytest.raises(NotForHr, match="they can join them"):
        merge(world.agency, *pair)
    assert tables() == before


def test_a_refusal_tells_hr_nothing_of_a_join_or_of_what_is_hidden(world, pair):
    """Both sign in here; one signs in with a record it joined elsewhere; a record is hidden; one has gone."""
    answers = set()

    def refused(other):
        with pytest.raises(NotForHr) as refusal:
            merge(world.agency, pair[0], other)
        answers.add(str(refusal.value))

    pair[0].user = UserFactory(email="one@svh.example")
    pair[0].save()
    elsewhere = record(world.neighbour)
    elsewhere.user = UserFactory(email="two@sccs.example")
    elsewhere.save()
    said = join(elsewhere, pair[1])
    refused(pair[1])
    part_records(said, by=BY, at=AT + HOUR)
    refused(record(world.neighbour))
    protect(pair[1], True)
    refused(pair[1])
    protect(pair[1], False)
    pair[1].user = UserFactory(email="three@svh.example")
    pair[1].save()
    refused(pair[1])
    assert len(answers) == 1


def test_hr_cannot_decide_about_their_own_record_or_one_joined_to_it(world, pair):
    mine = record(world.neighbour)
    join(mine, pair[0])
    for own in ((pair[1].pk,), (mine.pk,)):
        with pytest.raises(OwnRecord):
            merge(world.agency, *pair, own=own)


def test_a_protected_record_is_answered_as_one_that_is_not_there(world, pair):
    stranger = record(world.neighbour)
    Person.objects.everywhere(reason="test").filter(pk=pair[1].pk).update(is_protected=True)
    answers = []
    for other in (pair[1], stranger):
        with pytest.raises(NotForHr) as refused:
            merge(world.agency, pair[0], other)
        answers.append(str(refused.value))
    assert answers[0] == answers[1]
    assert not Sameness.objects.everywhere(reason="test").exists()


def test_an_agency_goes_on_seeing_the_record_it_knows_when_the_person_joins_another(world, day):
    old, new = record(world.agency, last_name="Before"), record(world.neighbour, last_name="After")
    before = list(Employment.objects.within(world.agency).values_list())
    join(new, old)
    assert list(Employment.objects.within(world.agency).values_list()) == before
    assert [each.last_name for each in Person.objects.within(world.agency)] == ["Before"]
    assert not AuditEvent.objects.filter(agency_code="SVH").exists()


def test_what_is_hidden_on_one_side_is_hidden_on_both(world):
    old, new = record(world.agency), record(world.neighbour)
    Person.objects.everywhere(reason="test").filter(pk=new.pk).update(is_protected=True)
    join(new, old)
    old.refresh_from_db()
    assert old.is_protected


def test_another_agencys_staff_cannot_be_merged(world, pair):
    with pytest.raises(NotForHr):
        merge(world.neighbour, *pair)


def test_a_roster_file_finds_both_references_again_and_changes_nothing(world, day):
    rows = row(employee_ref="1", first_name="Nia"), row(employee_ref="2", first_name="Antonia")
    staged = stage_import(world.agency, csv_file(*rows), as_at=day, is_full=True, by=BY, at=nine(day))
    apply_import(staged, by=BY, at=nine(day))
    one, other = (each.person for each in Employment.objects.within(world.agency).select_related("person"))
    merge(world.agency, one, other)
    again = preview(world.agency, csv_file(*rows), as_at=day, is_full=True)
    assert [each.kind for each in again.plan.rows] == ["unchanged", "unchanged"]
    renamed = row(employee_ref="1", first_name="Nia"), row(employee_ref="2", first_name="Toni")
    at = nine(day) + HOUR
    apply_import(stage_import(world.agency, csv_file(*renamed), as_at=day, is_full=True, by=BY, at=at), by=BY, at=at)
    shown = Person.objects.within(world.agency).distinct().values_list("first_name", flat=True)
    assert list(shown) == ["Nia"]


def test_a_person_with_one_record_costs_no_further_query(world, pair, access_for, django_assert_num_queries):
    alone = pair[0]
    alone.user = UserFactory(email="alone@svh.example")
    alone.save()
    with django_assert_num_queries(3):
        access_for(alone)


def test_a_login_sees_the_training_of_its_earlier_record_and_neither_its_posts_nor_its_roles(
    world, rule, day, access_for
):
    old, new = record(world.agency, ends_on=day - timedelta(days=90)), record(world.neighbour)
    new.user = UserFactory(email="nia@svp.example")
    new.save()
    done = completion(old, rule.module)
    join(new, old)
    access = access_for(Person.objects.everywhere(reason="test").get(pk=new.pk))
    assert set(access.records) == {new.pk, old.pk}
    assert list(Completion.objects.visible_to(access, on=day)) == [done]
    assert set(Employment.objects.visible_to(access).values_list("person", flat=True)) == {new.pk}
    assert {grant.role.code for grant in access.grants} == {"learner"}


def test_the_new_agency_sees_joined_training_and_the_old_one_nothing_of_the_new(world, rule, day, bea, dot, access_for):
    old, new = record(world.agency, ends_on=day - timedelta(days=90)), record(world.neighbour)
    before, after = completion(old, rule.module), completion(new, rule.module, on=day)
    join(new, old)
    at_old = Completion.objects.visible_to(access_for(bea), on=day)
    at_new = Completion.objects.visible_to(access_for(dot), on=day)
    assert list(at_old) == [before]
    assert set(at_new) == {before, after}


def test_the_same_person_twice_is_no_pair(world, pair):
    EmploymentFactory(person=pair[0], agency=world.agency)
    with pytest.raises(AlreadyOne):
        merge(world.agency, pair[0], pair[0])


def test_what_is_held_names_the_training_of_an_earlier_record_and_nothing_else_of_it(world, rule):
    old, new = record(world.agency), record(world.neighbour)
    completion(old, rule.module)
    ask(old, Post.objects.within(world.agency).get(), about="role", words="private", by=BY, at=AT)
    join(new, old)
    rows = {each.holding.model: each.rows for each in everything_on(new.uid)}
    assert [row["agency__title"] for row in rows["people.Employment"]] == [world.neighbour.title]
    assert (len(rows["ledger.Entry"]), rows["people.Correction"], len(rows["people.Person"])) == (1, (), 1)


def test_an_earlier_record_hears_nothing_of_the_one_that_claimed_it(world, rule, day, access_for):
    old, new = record(world.agency), record(world.neighbour)
    old.user = UserFactory(email="nia@svh.example")
    old.save()
    completion(new, rule.module)
    said = join(new, old)
    old.refresh_from_db()
    access = access_for(old)
    assert access.records == (old.pk,)
    assert not Completion.objects.visible_to(access, on=day).exists()
    assert list(Person.objects.visible_to(access)) == [old]
    assert list(Employment.objects.visible_to(access).values_list("agency", flat=True)) == [world.agency.pk]
    held = str([each.rows for each in everything_on(old.uid)])
    for told in (str(new.uid), new.last_name + "@", "SVP", world.neighbour.title):
        assert told not in held
    assert str(said.uid) not in held
    assert [each.state for each in my_standings(old, on=day)] == ["overdue"]


def test_hr_that_reopens_a_leavers_post_sees_nothing_learnt_elsewhere(world, rule, day, bea, access_for, reporting):
    old, new = record(world.agency, ends_on=day - timedelta(days=90)), record(world.neighbour)
    done = completion(new, rule.module, on=day)
    join(new, old)
    Term.objects.everywhere(reason="test").filter(post__employment__person=old).update(ends_on=None)
    assert list(Completion.objects.visible_to(access_for(bea), on=day)) == []
    assert staff_record(world.agency, old.uid, on=day).done == ()
    post = Post.objects.within(world.agency).get()
    assert [each.standing.state for each in standings_of(post, on=day)] == ["overdue"]
    refresh_stale(at=AT)
    assert not StandingStep.objects.within(world.agency).filter(is_valid=True).exists()
    assert figures(world.partnership, day)[Place("agency", "SVH")] == (0, 1)
    assert [each.code for each in staff_record(world.neighbour, new.uid, on=day).done] == [done.module_code]


def test_an_own_join_neither_changes_nor_is_named_in_the_earlier_agencys_report(world, rule, day):
    """Though both of two records that the earlier agency has, which count there as two."""
    old, twin, new = record(world.agency), record(world.agency), record(world.neighbour)
    completion(new, rule.module, on=day)
    before = agency_report(world.agency, on=day, known_at=AT - HOUR)
    join(new, old)
    join(new, twin)
    after = agency_report(world.agency, on=day, known_at=AT + HOUR)
    assert after.figures == before.figures
    told = [each.what for each in changes(world.agency, after=AT - HOUR, until=AT + HOUR)]
    assert "records changed" not in told
    there = [each.what for each in changes(world.neighbour, after=AT - HOUR, until=AT + HOUR)]
    assert there.count("records changed") == 2


def protect(person, is_protected):
    person.refresh_from_db()
    return protect_record(person=person, is_protected=is_protected, by=BY, at=AT)


def hidden():
    return list(Person.objects.everywhere(reason="test").order_by("pk").values_list("is_protected", flat=True))


def test_only_the_record_that_hid_them_shows_them_again(world):
    old, new = record(world.agency), record(world.neighbour)
    said = join(new, old)
    assert protect(new, True)
    assert hidden() == [True, True]
    assert not protect(old, False)
    assert hidden() == [True, True]
    assert protect(new, False)
    assert hidden() == [False, False]
    protect(new, True)
    part_records(said, by=BY, at=AT + HOUR)
    assert protect(old, False)
    assert hidden() == [False, True]


def test_what_was_hidden_before_a_join_is_shown_again_by_that_record_alone(world):
    old, new = record(world.agency), record(world.neighbour)
    protect(new, True)
    join(new, old)
    assert not protect(old, False)
    assert hidden() == [True, True]


def test_what_two_records_hid_stays_hidden_until_both_stop(world):
    old, new = record(world.agency), record(world.neighbour)
    protect(old, True)
    protect(new, True)
    join(new, old)
    assert not protect(old, False)
    assert hidden() == [True, True]
    assert protect(new, False)
    assert hidden() == [False, False]


def test_a_hidden_earlier_record_hides_a_whole_group_and_parting_another_keeps_it(world):
    first, new, third = record(world.agency), record(world.neighbour), record(world.agency)
    join(new, first)
    protect(third, True)
    said = join(new, third)
    assert hidden() == [True, True, True]
    part_records(said, by=BY, at=AT + HOUR)
    assert hidden() == [True, True, True]
    assert protect(first, False)
    assert hidden() == [False, False, True]


def test_the_record_that_hid_a_group_can_still_show_it_after_another_was_parted(world):
    first, new, third = record(world.agency), record(world.neighbour), record(world.agency)
    join(new, first)
    said = join(new, third)
    protect(new, True)
    part_records(said, by=BY, at=AT + HOUR)
    assert not protect(first, False)
    assert hidden() == [True, True, True]
    assert protect(new, False)
    assert hidden() == [False, False, True]
    assert protect(third, False)
