"""A person's page for HR: what concerns the agency, every look on record, nothing private."""

from datetime import UTC, date, datetime

import pytest

from certificates.services import issue
from home.agency.queues import queues_of
from tests.conftest import MOMENT
from tests.factories import (
    DesignationFactory,
    DutyFactory,
    EmploymentFactory,
    ModuleFactory,
    RoleGrantFactory,
    RoleGroupFactory,
    TeamFactory,
    TermFactory,
    completion,
)
from tests.home.agency.conftest import colleague, post_of
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.ledger.services import announce, void_completion
from training.pathways.models import Exemption, Extension
from training.people.identity.merge import join_records
from training.people.models import Sameness, Term

SAID = {"recorded_at": datetime(2026, 10, 1, tzinfo=UTC), "recorded_by": "system:test"}


def shown(client, person):
    """The page without its frame."""
    return (
        client.get(f"/agency/SVH/people/{person.uid}/").content.decode().partition("<main")[2].partition("</main>")[0]
    )


def test_it_says_what_is_asked_and_because_of_what(hr, amira, asked, worked_out):
    worked_out()
    page = shown(hr, amira)
    assert "Amira Learner" in page
    assert "Role group: Midwife" in page
    assert "Overdue" in page
    assert "amira@svh.example" in page


def test_each_look_is_on_record_under_the_person(hr, bea, amira):
    shown(hr, amira)
    event = AuditEvent.objects.get(verb="person read")
    assert (event.actor, event.object_uid, event.agency_code) == (f"user:{bea.uid}", str(amira.uid), "SVH")


def test_it_shows_completions_with_certificates_but_never_their_codes(hr, amira, asked, world, worked_out):
    done = completion(
        amira, asked, on=date(2026, 3, 2), agency=world.agency, evidence="Seen on paper", method="evidence"
    )
    certificate = issue(done, at=MOMENT)
    worked_out()
    page = shown(hr, amira)
    assert "2 March 2026" in page
    assert "Seen on paper" in page
    assert "Issued 2 November 2026" in page
    assert certificate.code not in page
    assert certificate.grouped_code not in page


def test_a_voided_completion_is_shown_as_void(hr, amira, asked, world, worked_out):
    wrong = completion(amira, asked, on=date(2026, 3, 2), agency=world.agency)
    void_completion(wrong, reason="Another person", by=Actor.system("test"), at=MOMENT)
    worked_out()
    assert "Void: recorded in error" in shown(hr, amira)


def test_what_was_agreed_is_shown_without_a_reason_for_a_delay(hr, amira, asked):
    post = post_of(amira)
    Exemption.objects.create(post=post, module=asked, starts_on=date(2026, 1, 1), reason_code="held_elsewhere", **SAID)
    Extension.objects.create(post=post, module=asked, due_on=date(2026, 12, 24), **SAID)
    page = shown(hr, amira)
    assert "Exempt: Covered by professional training elsewhere" in page
    assert "Due date moved" in page
    assert "24 December 2026" in page


def test_duties_and_earlier_days_of_the_post_are_there(hr, amira, world):
    post = post_of(amira)
    DutyFactory(post=post, designation=DesignationFactory(code="MARAC_REP", title="MARAC representative"))
    Term.objects.within(world.agency).filter(post=post).update(team=TeamFactory(agency=world.agency, title="Ward 3"))
    page = shown(hr, amira)
    assert "MARAC representative" in page
    assert "Ward 3" in page
    assert "1 June 2024" in page


def test_nothing_of_another_agencys_post_is_shown(hr, amira, asked, world, worked_out):
    TermFactory(
        post__employment=EmploymentFactory(person=amira, agency=world.neighbour, work_email="secret@svp.example"),
        role_group=RoleGroupFactory(code="POLICE_RESPONSE"),
        post_title="Canary job",
        team=TeamFactory(agency=world.neighbour, title="Canary team"),
    )
    completion(amira, asked, on=date(2026, 3, 2), agency=world.neighbour, evidence="Canary paper", method="evidence")
    worked_out()
    page = shown(hr, amira)
    assert "Elsewhere" in page
    assert "2 March 2026" in page
    for word in ("Canary", "Severnshire Police", "Police response", "secret@"):
        assert word not in page


def test_of_somebody_who_left_only_what_was_recorded_here_is_shown(hr, asked, world, worked_out):
    gone = colleague(world.agency, "Elsa", ends_on=date(2026, 1, 31))
    completion(gone, asked, on=date(2025, 3, 2), agency=world.agency)
    completion(gone, ModuleFactory(code="DA-B1"), on=date(2026, 6, 2), agency=world.neighbour)
    worked_out()
    page = shown(hr, gone)
    assert "2 March 2025" in page
    assert "2 June 2026" not in page


def test_who_is_protected_has_no_name_reference_or_address_here(hr, amira, asked, worked_out):
    amira.is_protected = True
    amira.save()
    worked_out()
    page = shown(hr, amira)
    assert "Name withheld" in page
    for word in ("Amira", "Learner", "amira@"):
        assert word not in page


def test_a_protected_manager_is_not_named_on_their_teams_pages(hr, amira, world):
    boss = colleague(world.agency, "Bossa")
    boss.is_protected = True
    boss.save()
    Term.objects.within(world.agency).filter(post=post_of(amira)).update(manager=post_of(boss))
    page = shown(hr, amira)
    assert "Name withheld" in page
    assert "Bossa" not in page


def test_the_neighbours_people_do_not_exist(hr, world):
    assert hr.get(f"/agency/SVH/people/{colleague(world.neighbour, 'Nora').uid}/").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_record_leaves_as_a_file_and_that_is_on_record(hr, amira, asked, world, worked_out, kind):
    from tests.home.agency.test_people import read_cells

    completion(amira, asked, on=date(2026, 3, 2), agency=world.agency)
    answer = hr.get(f"/agency/SVH/people/{amira.uid}/record.{kind}")
    assert "2026-03-02" in read_cells(answer.getvalue(), kind)
    assert f'filename="learning-record-2026-11-02.{kind}"' in answer["Content-Disposition"]
    assert AuditEvent.objects.filter(verb="person exported", object_uid=str(amira.uid)).count() == 1


def test_the_page_takes_the_same_queries_however_much_there_is(
    hr, amira, asked, world, worked_out, django_assert_num_queries
):
    completion(amira, asked, on=date(2026, 3, 2), agency=world.agency)
    worked_out()
    announce()
    with django_assert_num_queries(21) as counted:
        shown(hr, amira)
    for number in range(3):
        TermFactory(
            post__employment=EmploymentFactory(person=amira, agency=world.agency),
            role_group=RoleGroupFactory(code="MIDWIFE"),
        )
        completion(amira, ModuleFactory(code=f"DA-B{number}"), on=date(2026, 3, 2), agency=world.agency)
    worked_out()
    announce()
    with django_assert_num_queries(len(counted)):
        shown(hr, amira)


def joined(own, earlier):
    """The person has said that an earlier record is theirs too."""
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    join_records(own, earlier, proof=Sameness.Proof.ADDRESS, by=Actor.system("test"), at=at)


def test_what_was_learnt_under_another_record_counts_for_who_works_here(hr, amira, asked, world, worked_out):
    before = colleague(world.neighbour, "Earlier", ends_on=date(2026, 1, 31))
    completion(before, asked, on=date(2025, 3, 2), agency=world.neighbour)
    joined(amira, before)
    worked_out()
    page = shown(hr, amira)
    assert "2 March 2025" in page
    assert "Earlier" not in page


def test_of_who_left_nothing_under_another_record_is_shown(hr, asked, world, worked_out):
    gone = colleague(world.agency, "Elsa", ends_on=date(2026, 1, 31))
    now = colleague(world.agency, "Newname")
    completion(now, asked, on=date(2026, 3, 2), agency=world.agency)
    joined(now, gone)
    worked_out()
    page = shown(hr, gone)
    assert "2 March 2026" not in page
    assert "Newname" not in page


def test_evidence_for_this_agency_to_decide_is_listed_and_leads_there(hr, amira, world, moment):
    from training.evidence.models import Evidence

    said = {"person": amira, "completed_on": date(2026, 3, 2), "recorded_at": moment, "recorded_by": "system:test"}
    said |= {"origin": "learner", "provider": "College"}
    Evidence.objects.create(agency=world.agency, external_title="First steps", key="1", **said)
    Evidence.objects.create(agency=world.neighbour, external_title="Canary course", key="2", **said)
    page = shown(hr, amira)
    assert "First steps" in page
    assert "/agency/SVH/evidence/" in page
    assert "Waiting for HR" in page
    assert "Canary" not in page


def test_evidence_that_was_taken_back_is_not_shown(hr, amira, world, moment):
    from training.evidence.models import Evidence

    said = {"person": amira, "completed_on": date(2026, 3, 2), "recorded_at": moment, "recorded_by": "system:test"}
    said |= {"origin": "learner", "state": "withdrawn", "external_title": "Canary course", "key": "1"}
    Evidence.objects.create(agency=world.agency, **said)
    assert "Canary" not in shown(hr, amira)


def test_hrs_own_open_evidence_is_for_somebody_else_and_is_not_counted_for_them(hr, bea, world, day, access_for):
    """No link that leads nowhere, and no queue that the one who looks can never empty."""
    from training.evidence.models import Evidence

    own = colleague(world.agency, "Bea")
    own.user = bea
    own.save()
    said = SAID | {"person": own, "completed_on": day, "origin": "learner"}
    given = Evidence.objects.create(agency=world.agency, external_title="First steps", key="1", **said)
    page = shown(hr, own)
    assert "First steps" in page
    assert str(given.uid) not in page
    bob = RoleGrantFactory(user__email="bob@svh.example", role_code="agency_hr", agency=world.agency).user
    counts = [
        {queue.title: queue.count for queue in queues_of(world.agency, access_for(who), on=day, at=MOMENT)}
        for who in (bea, bob)
    ]
    assert [each["Training done elsewhere"] for each in counts] == [0, 1]
