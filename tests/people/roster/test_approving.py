"""A second person approves a file that ends or changes more than a tenth of the roster."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import PartnershipFactory, RoleGrantFactory, UserFactory
from tests.people.roster.conftest import BY, nine
from tests.people.roster.files import csv_file, row
from tests.people.roster.test_pages import press, upload
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.people.models import Person, RosterImport
from training.people.roster.alarm import alarm_of
from training.people.roster.apply import apply_import
from training.people.roster.approve import approve_import, waiting_outside
from training.people.roster.errors import NotApproved, NotTheirs, NotWaiting, OwnFile, RosterMoved
from training.people.roster.lately import Moved
from training.people.roster.outside import share_of
from training.people.roster.stage import look_again, stage_import

ALL = tuple(row(employee_ref=str(ref)) for ref in range(20))
MOVED = tuple(one | {"team": "Elsewhere"} if number < 6 else one for number, one in enumerate(ALL))


@pytest.fixture
def bob(world):
    """Looks after the hospital's roster beside bea."""
    return RoleGrantFactory(user__email="bob@svh.example", role_code="agency_hr", agency=world.agency).user


@pytest.fixture
def cora(world):
    """Coordinates the partnership."""
    return RoleGrantFactory(
        user__email="cora@board.example", role_code="partnership_coordinator", partnership=world.partnership
    ).user


@pytest.fixture
def staged(world, load, day, bea):
    """A file of bea's that changes 6 of 20 posts."""
    load(csv_file(*ALL))
    at = nine(day) + timedelta(hours=2)
    by = Actor("user", str(bea.uid))
    return stage_import(world.agency, csv_file(*MOVED), as_at=day, is_full=True, by=by, at=at)


@pytest.mark.parametrize(
    ("posts", "leaving", "changing", "text", "needs_approval"),
    [
        (0, 0, 0, "", False),
        (20, 2, 0, "", False),
        (20, 3, 0, "3 of 20 posts are not in the file and would end: more than 10%.", False),
        (20, 0, 4, "", False),
        (100, 5, 5, "", False),
        (100, 5, 6, "5 of 100 posts are not in the file and would end and 6 of 100 posts would change", True),
        (100, 0, 11, "11 of 100 posts would change: more than 10%.", True),
        (20, 5, 0, "5 of 20 posts are not in the file and would end: more than 10%.", True),
        (4, 3, 1, "3 of 4 posts are not in the file and would end: more than 10%.", False),
        (2, 0, 2, "", False),
    ],
)
def test_more_than_a_tenth_asks_for_somebody(posts, leaving, changing, text, needs_approval):
    alarm = alarm_of(posts=posts, leaving=leaving, changing=changing)
    assert alarm.needs_approval is needs_approval
    assert alarm.text.startswith(text) and bool(alarm.text) is bool(text)


def test_a_file_waits_for_the_second_person_whatever_is_ticked(staged, day, state):
    before = state()
    with pytest.raises(NotApproved, match="6 of 20 posts would change: more than 10%. A second person must approve"):
        apply_import(staged, by=BY, at=nine(day) + timedelta(hours=3), allow_leavers=True)
    assert state() == before


def test_the_uploader_cannot_approve_their_own(staged, day, bea, access_for):
    with pytest.raises(OwnFile):
        approve_import(staged, access=access_for(bea), on=day, at=nine(day), shown=staged.digest)
    assert RosterImport.objects.get(pk=staged.pk).approved_at is None


def test_nor_does_the_database_let_them(staged, day):
    with pytest.raises(IntegrityError), transaction.atomic():
        RosterImport.objects.filter(pk=staged.pk).update(approved_at=nine(day), approved_by=staged.staged_by)


def test_a_colleague_approves_and_the_audit_says_so(staged, day, bob, access_for, state):
    at = nine(day) + timedelta(hours=3)
    approve_import(staged, access=access_for(bob), on=day, at=at, shown=staged.digest)
    approve_import(staged, access=access_for(bob), on=day, at=at + timedelta(hours=1), shown=staged.digest)
    apply_import(staged, by=BY, at=at)
    assert sum(term[6] == "Elsewhere" for term in state()["terms"]) == 6
    said = AuditEvent.objects.get(verb="roster approved")
    assert (said.actor, said.object_uid, said.detail["from_outside"]) == (
        f"user:{bob.uid}",
        str(staged.uid),
        False,
    )


def test_the_neighbour_and_the_coordinator_may_not_where_a_colleague_could(staged, day, bob, dot, cora, access_for):
    for stranger in (dot, cora):
        with pytest.raises(NotTheirs):
            approve_import(staged, access=access_for(stranger), on=day, at=nine(day), shown=staged.digest)
        assert waiting_outside(access_for(stranger), on=day, at=nine(day)) == []


def test_where_nobody_else_could_the_coordinator_or_an_administrator_approves(staged, day, cora, dot, access_for):
    admin = RoleGrantFactory(user__email="ann@site.example", role_code="system_administrator").user
    other = RoleGrantFactory(
        user__email="cy@other.example",
        role_code="partnership_coordinator",
        partnership=PartnershipFactory(code="elsewhere"),
    ).user
    at = nine(day) + timedelta(hours=3)
    assert [len(waiting_outside(access_for(who), on=day, at=at)) for who in (cora, admin, other, dot)] == [1, 1, 0, 0]
    approve_import(staged, access=access_for(cora), on=day, at=at, shown=staged.digest)
    assert AuditEvent.objects.get(verb="roster approved").detail["from_outside"] is True
    assert waiting_outside(access_for(admin), on=day, at=at) == []


def test_a_role_that_has_ended_approves_nothing(staged, day, world, access_for):
    past = UserFactory(email="past@svh.example")
    RoleGrantFactory(user=past, role_code="agency_hr", agency=world.agency, ends_on=day - timedelta(days=1))
    with pytest.raises(NotTheirs):
        approve_import(staged, access=access_for(past), on=day, at=nine(day), shown=staged.digest)


def test_what_waits_for_nobody_is_not_approved(world, load, day, bob, access_for):
    staged = stage_import(world.agency, csv_file(row()), as_at=day, is_full=False, by=BY, at=nine(day))
    with pytest.raises(NotWaiting):
        approve_import(staged, access=access_for(bob), on=day, at=nine(day), shown=staged.digest)


def test_a_press_on_a_preview_that_was_made_anew_is_refused(staged, day, bob, access_for, state):
    """Nobody approves or applies what they have not seen."""
    before = state()
    old = staged.digest
    RosterImport.objects.filter(pk=staged.pk).update(digest="of another preview")
    with pytest.raises(RosterMoved, match="looked at again since"):
        approve_import(staged, access=access_for(bob), on=day, at=nine(day), shown=old)
    for shown in (old, ""):
        with pytest.raises(RosterMoved, match="looked at again since"):
            apply_import(staged, by=BY, at=nine(day), shown=shown)
    assert RosterImport.objects.get(pk=staged.pk).approved_at is None
    assert state() == before


def test_in_the_pages_such_a_press_shows_what_the_file_does_now(load, client, bea, bob, state):
    load(csv_file(*ALL))
    client.force_login(bea)
    upload(client, csv_file(*MOVED))
    before = state()
    for user, name in ((bob, "roster-approve"), (bea, "roster-apply")):
        client.force_login(user)
        page = press(client, name, shown="0" * 64).content.decode()
        assert "This file has been looked at again since you opened the page." in page
        assert "What this file would change" in page
    assert state() == before
    assert RosterImport.objects.first().approved_at is None


def changed(*refs, team="Elsewhere"):
    return csv_file(*(row(employee_ref=str(ref), team=team) for ref in refs))


def test_small_files_of_one_week_are_weighed_together(load, world, day, bob, access_for):
    """Four of a hundred a day, a week long, would otherwise move a quarter of a roster past the second person."""
    load(csv_file(*(row(employee_ref=str(ref)) for ref in range(100))), on=day - timedelta(days=30))
    load(changed(*range(5)), on=day - timedelta(days=2))
    load(changed(*range(5, 10)), on=day - timedelta(days=1))
    at = nine(day) + timedelta(hours=2)
    third = stage_import(world.agency, changed(10), as_at=day, is_full=False, by=BY, at=at)
    assert third.alarm == "With the files of the past 7 days 11 of 100 posts would change: more than 10%."
    assert third.needs_approval
    approve_import(third, access=access_for(bob), on=day, at=at, shown=third.digest)
    apply_import(third, by=BY, at=at)
    later = stage_import(world.agency, changed(11), as_at=day, is_full=False, by=BY, at=at)
    assert later.alarm == ""


def test_files_read_before_another_was_applied_are_weighed_again(load, world, day):
    load(csv_file(*(row(employee_ref=str(ref)) for ref in range(100))), on=day - timedelta(days=30))
    at = nine(day) + timedelta(hours=2)
    files = [changed(*range(start, start + 6)) for start in (0, 6)]
    one, other = (stage_import(world.agency, file, as_at=day, is_full=False, by=BY, at=at) for file in files)
    apply_import(one, by=BY, at=at)
    with pytest.raises(RosterMoved, match="Other files have been applied since"):
        apply_import(other, by=BY, at=at, allow_leavers=True)
    again = look_again(other, by=BY, at=at)
    assert again.needs_approval
    assert again.digest == other.digest


@pytest.mark.parametrize(
    ("lately", "leaving", "changing", "needs_approval"),
    [
        (Moved(left=5, changed=5), 0, 0, False),
        (Moved(left=5, changed=5), 1, 0, True),
        (Moved(left=2, changed=3), 3, 2, False),
        (Moved(new=900), 4, 7, True),
        (Moved(left=3, new=1000), 1, 1, False),
    ],
)
def test_a_week_is_weighed_against_the_roster_at_its_start(lately, leaving, changing, needs_approval):
    """Who first fills a roster with new posts has no larger tenth for it; a first load has nothing before it."""
    posts = 100 - lately.left + (lately.new if lately.new == 900 else 0)
    assert alarm_of(posts=posts, leaving=leaving, changing=changing, lately=lately).needs_approval is needs_approval


def test_in_the_pages_a_colleague_is_asked_approves_and_applies(load, client, bea, bob, state, mailoutbox):
    load(csv_file(*ALL))
    client.force_login(bea)
    page = upload(client, csv_file(*MOVED)).content.decode()
    assert "A second person must approve this file" in page
    assert "bob@svh.example" in page
    assert "Apply to the roster" not in page
    page = press(client, "roster-apply", leavers_are_right="on").content.decode()
    assert "A second person must approve it first." in page
    page = press(client, "roster-approve").content.decode()
    assert "You uploaded this file, so somebody else must approve it." in page
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["bob@svh.example"], "Learning: something waits for you")
    assert reverse("roster-import", args=["SVH", RosterImport.objects.first().uid]) in mail.body
    client.force_login(bob)
    page = press(client, "roster-approve").content.decode()
    assert "You have approved this file." in page
    press(client, "roster-apply")
    assert sum(term[6] == "Elsewhere" for term in state()["terms"]) == 6


def test_from_outside_one_sees_a_share_and_neither_a_count_nor_a_name(load, client, bea, cora, state):
    load(csv_file(*ALL))
    client.force_login(bea)
    page = upload(client, csv_file(*MOVED)).content.decode()
    assert "you are the only one who looks after the roster" in page
    client.force_login(cora)
    page = client.get(reverse("roster-approvals")).content.decode()
    assert "More than a quarter of the agency&#x27;s posts would end or change." in page
    told = page.partition("<main")[2].partition("Approve this file")[0]
    assert not re.search(r"\b(6|14|20)\b (of|new|changed|left|unchanged|refused)", told)
    assert "Severn Vale Hospitals" in page
    assert "Sam" not in page
    waiting = RosterImport.objects.first()
    page = client.post(
        reverse("roster-approvals"), {"file": waiting.uid, "shown": waiting.digest}, follow=True
    ).content.decode()
    assert "The file of Severn Vale Hospitals is approved." in page
    assert "Nothing waits for you." in page
    client.force_login(bea)
    press(client, "roster-apply")
    assert sum(term[6] == "Elsewhere" for term in state()["terms"]) == 6


@pytest.mark.parametrize(
    ("moving", "words"),
    [(3, "More than a tenth"), (6, "More than a quarter"), (11, "More than half"), (20, "More than three quarters")],
)
def test_a_share_is_told_in_broad_words(staged, moving, words):
    staged.counts = {"left": 1, "changed": moving - 1}
    assert share_of(staged) == f"{words} of the agency's posts would end or change."


def test_hr_may_not_open_the_page_for_outsiders(client, bea):
    client.force_login(bea)
    assert client.get(reverse("roster-approvals")).status_code == 403


@pytest.fixture
def bea_on_the_roster(world, load, bea):
    """Bea has a post herself, among twenty others."""
    load(csv_file(row(employee_ref="900", first_name="Bea", last_name="Keeper"), *ALL))
    person = Person.objects.everywhere(reason="test").get(employments__employee_ref="900")
    person.user = bea
    person.save()
    return person


def test_a_file_that_takes_a_role_from_somebody_needs_a_second_person(world, day, bea_on_the_roster):
    seen = stage_import(world.agency, csv_file(*ALL), as_at=day, is_full=True, by=BY, at=nine(day))
    assert (seen.needs_approval, seen.counts["left"]) == (True, 1)
    assert seen.alarm == (
        "Bea Keeper would have no post here, or for less long, and lose the role for the agency with it."
    )
    assert share_of(seen).startswith("A tenth or less of the agency's posts would end or change. It waits for you")


@pytest.fixture
def for_a_role(world, load, day, bea_on_the_roster, bob, access_for):
    """Bea's post ends soon, and nothing else: looked at for her role, and approved."""
    shorter = csv_file(row(employee_ref="900", first_name="Bea", last_name="Keeper", end_date="2027-01-31"))
    at = nine(day) + timedelta(hours=2)
    staged = stage_import(world.agency, shorter, as_at=day, is_full=False, by=BY, at=at)
    assert (staged.needs_approval, staged.is_weighty) == (True, False)
    return approve_import(staged, access=access_for(bob), on=day, at=at, shown=staged.digest)


def test_a_file_looked_at_for_a_role_alone_leaves_the_weeks_sum_as_it_is(for_a_role, world, load, day):
    at = nine(day) + timedelta(hours=3)
    apply_import(for_a_role, by=BY, at=at)
    load(changed(0, 1))
    later = stage_import(world.agency, changed(2, 3), as_at=day, is_full=False, by=BY, at=at)
    assert later.alarm == "With the files of the past 7 days 5 of 21 posts would change: more than 10%."


def test_who_looked_at_a_role_alone_was_not_shown_what_moved_meanwhile(for_a_role, load, day):
    load(changed(*range(4)))
    with pytest.raises(RosterMoved, match="Other files have been applied since"):
        apply_import(for_a_role, by=BY, at=nine(day) + timedelta(hours=3))


@pytest.mark.parametrize(
    "said",
    [
        {"end_date": "2026-11-01"},
        {"end_date": "2026-11-02"},
        {"end_date": "2027-01-31"},
        {"start_date": "2026-11-09"},
    ],
)
def test_no_file_shortens_the_post_of_somebody_with_a_role_unseen(world, day, bea_on_the_roster, said):
    file = csv_file(row(employee_ref="900", first_name="Bea", last_name="Keeper", **said))
    assert stage_import(world.agency, file, as_at=day, is_full=False, by=BY, at=nine(day)).needs_approval


@pytest.mark.parametrize(
    ("said", "waits"),
    [({"last_name": "Learner"}, True), ({"preferred_name": "Amira"}, True), ({"team": "North"}, False)],
)
def test_who_looks_after_the_roster_takes_no_other_name_unseen(
    world, day, bea_on_the_roster, bea, access_for, said, waits
):
    """Else a certificate in anybody's name could be had with one file."""
    file = csv_file(row(**{"employee_ref": "900", "first_name": "Bea", "last_name": "Keeper"} | said))
    by = Actor("user", str(bea.uid))
    seen = stage_import(world.agency, file, as_at=day, is_full=False, by=by, at=nine(day))
    assert seen.needs_approval is waits
    if waits:
        assert seen.alarm == "Bea Keeper, with a role for the agency, would have another name."
        with pytest.raises(NotApproved):
            apply_import(seen, by=by, at=nine(day))
        with pytest.raises(OwnFile):
            approve_import(seen, access=access_for(bea), on=day, at=nine(day), shown=seen.digest)


def test_who_approves_from_outside_is_told_of_a_new_name_however_much_moves(world, day, bea_on_the_roster):
    renamed = row(employee_ref="900", first_name="Lena", last_name="Marsh")
    seen = stage_import(world.agency, csv_file(renamed, *MOVED), as_at=day, is_full=True, by=BY, at=nine(day))
    assert share_of(seen) == (
        "More than a quarter of the agency's posts would end or change."
        " It gives somebody with a role there another name: ask them first."
    )


def test_a_colleague_without_a_role_is_renamed_as_ever(world, day, bea_on_the_roster):
    file = csv_file(ALL[0] | {"last_name": "Another"})
    seen = stage_import(world.agency, file, as_at=day, is_full=False, by=BY, at=nine(day))
    assert (seen.needs_approval, seen.counts["changed"]) == (False, 1)


def test_an_alarm_that_names_many_fits(world, day, load, bea_on_the_roster):
    bea_on_the_roster.last_name = "K" * 120
    bea_on_the_roster.first_name = bea_on_the_roster.preferred_name = "B" * 120
    bea_on_the_roster.save()
    seen = stage_import(world.agency, csv_file(*ALL), as_at=day, is_full=True, by=BY, at=nine(day))
    assert seen.needs_approval and len(seen.alarm) == 300


def test_a_post_that_is_over_already_keeps_nobodys_role(world, day, bea_on_the_roster):
    over = row(employee_ref="900", assignment_ref="900-2", first_name="Bea", last_name="Keeper", end_date="2026-11-01")
    seen = stage_import(world.agency, csv_file(over, *ALL), as_at=day, is_full=True, by=BY, at=nine(day))
    assert seen.needs_approval


def test_who_moves_to_another_post_keeps_the_role(world, day, bea_on_the_roster):
    moved = row(employee_ref="900", assignment_ref="900-2", first_name="Bea", last_name="Keeper")
    seen = stage_import(world.agency, csv_file(moved, *ALL), as_at=day, is_full=True, by=BY, at=nine(day))
    assert (seen.needs_approval, seen.counts["left"], seen.counts["new"]) == (False, 1, 1)


def test_the_alarm_never_names_who_is_protected(world, day, bea_on_the_roster):
    bea_on_the_roster.is_protected = True
    bea_on_the_roster.save()
    seen = stage_import(world.agency, csv_file(*ALL), as_at=day, is_full=True, by=BY, at=nine(day))
    assert seen.alarm.startswith("Somebody would have no post here")


def test_an_agencys_first_file_does_not_weigh_on_the_second(world, load, day):
    load(csv_file(*ALL))
    seen = stage_import(world.agency, csv_file(*ALL[:-1]), as_at=day, is_full=True, by=BY, at=nine(day))
    assert (seen.counts["left"], seen.alarm, seen.needs_approval) == (1, "", False)


def test_references_that_lost_their_zeros_are_pointed_out(world, load, day):
    load(csv_file(row(employee_ref="0071"), row(employee_ref="0072"), row(employee_ref="73")))
    file = csv_file(row(employee_ref="71"), row(employee_ref="0072"), row(employee_ref="73"), row(employee_ref="74"))
    seen = stage_import(world.agency, file, as_at=day, is_full=False, by=BY, at=nine(day))
    assert seen.alarm.startswith("1 new reference is known here with zeros in front")
    assert not seen.needs_approval
