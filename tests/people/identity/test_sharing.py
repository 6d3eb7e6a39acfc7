"""One person in three agencies shares their training with an employer, and stops: from then on, and never in the past."""

from datetime import timedelta

import pytest

from tests.factories import AgencyFactory, MembershipFactory, RoleGrantFactory, UserFactory, completion
from tests.live import standings_of
from tests.people.identity.conftest import AT, BY, record
from training.access.actor import Actor
from training.access.clock import today
from training.audit.models import AuditEvent
from training.ledger.coverage_facts import coverage_facts
from training.ledger.models import Completion, StandingStep
from training.ledger.rebuild import rebuild_standings, refresh_stale
from training.ledger.report import agency_report, restatements
from training.ledger.report.figures import as_csv
from training.ledger.selectors import own_standings
from training.ledger.selectors.histories import histories
from training.people.identity import sharing
from training.people.identity.letters import tell_of_sharing
from training.people.identity.merge import join_records, part_records
from training.people.identity.protect import protect_record
from training.people.identity.sharing import CannotShare, employers, end_where_left, share, stop
from training.people.models import Employment, Person, Post, Sameness, Sharing, Term
from training.people.selectors import access_of
from training.privacy.export import everything_on
from training.rules.exceptions import agency_exceptions
from training.strategy.rebuild import last_change

HOUR = timedelta(hours=1)
PAGE = "/learning/sharing/"


@pytest.fixture
def third(world):
    """A charity of the same partnership."""
    agency = AgencyFactory(code="SVC", title="Severn Refuge Trust", kind="vcse")
    MembershipFactory(partnership=world.partnership, agency=agency)
    return agency


@pytest.fixture
def nia(world, third, rule) -> Person:
    """Nia signs in at the police, works at the hospital and the charity too, and has learnt at the police."""
    own = record(world.neighbour, last_name="Now")
    own.user = UserFactory(email="nia@svp.example")
    own.save()
    for agency in (world.agency, third):
        join_records(own, record(agency, last_name="There"), proof=Sameness.Proof.ADDRESS, by=BY, at=AT)
        own.refresh_from_db()
    completion(own, rule.module)
    rebuild_standings(at=AT)
    return own


def valid_at(partnership, day, known_at=None):
    """By agency, whether the one post there is valid; and how many people there are in all."""
    facts = coverage_facts(partnership, on=day, known_at=known_at)
    titles = {post.pk: post.employment.agency.code for post in Post.objects.everywhere(reason="test")}
    rows = zip(facts.post_id.tolist(), facts.is_valid.tolist(), strict=True)
    return {titles[post]: bool(is_valid) for post, is_valid in rows}, len(set(facts.person_id.tolist()))


def in_table(day) -> set[str]:
    """The agencies whose posts the read table has as valid."""
    steps = StandingStep.objects.everywhere(reason="test").current_on(day).filter(is_valid=True)
    return set(steps.values_list("post__employment__agency__code", flat=True))


def there(agency) -> Person:
    """The record that an agency has."""
    return Person.objects.within(agency).get()


def sharings():
    return list(Sharing.objects.everywhere(reason="test").known_now())


def test_each_employer_counts_it_once_the_person_says_so_and_the_partnership_counts_one(world, third, nia, day):
    assert valid_at(world.partnership, day) == ({"SVH": False, "SVC": False, "SVP": True}, 1)
    share(nia, world.agency, by=BY, at=AT + HOUR)
    assert valid_at(world.partnership, day) == ({"SVH": True, "SVC": False, "SVP": True}, 1)
    refresh_stale(at=AT + HOUR)
    assert in_table(day) == {"SVH", "SVP"}
    rebuild_standings(at=AT + HOUR)
    assert in_table(day) == {"SVH", "SVP"}
    stop(nia, world.agency, by=BY, at=AT + 2 * HOUR)
    assert valid_at(world.partnership, day)[0] == {"SVH": False, "SVC": False, "SVP": True}
    refresh_stale(at=AT + 2 * HOUR)
    assert in_table(day) == {"SVP"}
    known = [valid_at(world.partnership, day, AT + part * HOUR)[0]["SVH"] for part in (0.5, 1.5, 2.5)]
    assert known == [False, True, False]


def test_the_learner_is_pointed_to_sharing_only_while_it_would_help(client, world, third, nia):
    client.force_login(nia.user)

    def is_pointed():
        return "in date in another job of yours" in client.get("/learning/").content.decode()

    assert is_pointed()
    share(nia, world.agency, by=BY, at=AT)
    assert is_pointed(), "the charity still asks"
    share(nia, third, by=BY, at=AT)
    assert not is_pointed()
    stop(nia, third, by=BY, at=AT + HOUR)
    protect_record(person=nia, is_protected=True, by=BY, at=AT + HOUR)
    assert not is_pointed(), "what is protected cannot be shared"


def test_the_worker_counts_coverage_anew_after_each_word(world, third, nia):
    for hour, say in enumerate((share, stop), 1):
        say(nia, world.agency, by=BY, at=AT + hour * HOUR)
        assert last_change() == AT + hour * HOUR
    part_records(Sameness.objects.everywhere(reason="test").first(), by=BY, at=AT + 3 * HOUR)
    assert last_change() == AT + 3 * HOUR


def test_a_report_as_known_before_is_equal_byte_for_byte_and_the_change_is_told(world, nia, day):
    def saved(moment):
        return as_csv(agency_report(world.agency, on=day, known_at=moment))

    before = saved(AT)
    share(nia, world.agency, by=BY, at=AT + HOUR)
    shared = saved(AT + HOUR)
    stop(nia, world.agency, by=BY, at=AT + 2 * HOUR)
    assert before != shared
    assert (saved(AT), saved(AT + HOUR)) == (before, shared)
    told = restatements(world.agency, on=day, first_at=AT, known_at=AT + 1.5 * HOUR)
    assert {each.because for each in told} == {(("records changed", 1),)}
    told = restatements(world.agency, on=day, first_at=AT + HOUR, known_at=AT + 3 * HOUR)
    assert {each.because for each in told} == {(("records changed", 1),)}, "nothing says that somebody shared"
    police = restatements(world.neighbour, on=day, first_at=AT, known_at=AT + 3 * HOUR)
    assert police == (), "nothing moved where they sign in"


def test_hr_reads_the_module_and_its_days_and_never_where_or_under_what_name(client, world, nia, rule):
    hr = RoleGrantFactory(user__email="hr@svh.example", role_code="agency_hr", agency=world.agency).user
    client.force_login(hr)
    address = f"/agency/SVH/people/{there(world.agency).uid}/"

    def elsewhere():
        return Completion.objects.within(world.agency, on=today()).count()

    assert rule.module.title not in _done(client, address) and not elsewhere()
    share(nia, world.agency, by=BY, at=AT)
    page = client.get(address).content.decode()
    assert rule.module.title in _done(client, address) and "Elsewhere" in page
    assert elsewhere() == 1
    for canary in ("Severnshire Police", "Severn Refuge Trust", "SVP", "nia@svp.example", "Nia Now"):
        assert canary not in page
    stop(nia, world.agency, by=BY, at=AT + HOUR)
    assert rule.module.title not in _done(client, address) and not elsewhere()


def test_an_odd_day_of_another_record_is_not_put_before_hr_under_its_name(world, nia, rule):
    completion(nia, rule.module, on=today() + timedelta(days=9))
    completion(there(world.agency), rule.module, on=today() + timedelta(days=9))
    share(nia, world.agency, by=BY, at=AT)
    odd = [each for each in agency_exceptions(world.agency, on=today()) if each.what == "A completion in the future"]
    assert [each.about for each in odd] == ["Nia There"]


def _done(client, address) -> str:
    """What the person's record says has been done, as a file."""
    return "\n".join(
        line for line in client.get(f"{address}record.csv").getvalue().decode().splitlines() if "Elsewhere" in line
    )


def test_no_post_and_no_run_through_a_course_goes_with_it(world, nia, rule, day):
    share(nia, world.agency, by=BY, at=AT)
    other = there(world.agency)
    posts = Post.objects.everywhere(reason="test").values_list("pk", flat=True)
    begun = {(nia.pk, rule.module.pk): (day, None)}
    under_way = [each.person for each in histories(posts, attempts=begun) if each.history.attempts]
    assert under_way == [nia.pk]
    assert other.earlier_records() == ()
    assert [each.person for each in standings_of(other, on=day)] == [other.pk]
    other.user = UserFactory(email="there@svh.example")
    other.save()
    access = access_of(other.user, on=day)
    assert access.records == (other.pk,)
    assert [each.is_valid for each in own_standings(other, on=day)] == [False]
    refresh_stale(at=AT)
    assert [each.is_valid for each in own_standings(other, on=day)] == [True]


def test_a_protected_record_shares_nothing_and_nothing_comes_back_by_itself(world, nia):
    share(nia, world.agency, by=BY, at=AT)
    protect_record(person=nia, is_protected=True, by=BY, at=AT + HOUR)
    nia.refresh_from_db()
    assert sharings() == []
    with pytest.raises(CannotShare):
        share(nia, world.agency, by=BY, at=AT + HOUR)
    protect_record(person=nia, is_protected=False, by=BY, at=AT + 2 * HOUR)
    assert sharings() == []


def test_it_ends_with_the_join_with_the_last_post_there_and_not_before(world, third, nia):
    for agency in (world.agency, third):
        share(nia, agency, by=BY, at=AT)
    said = Sameness.objects.everywhere(reason="test").get(record=there(third))
    part_records(said, by=BY, at=AT + HOUR)
    assert [each.record for each in sharings()] == [there(world.agency)]
    assert end_where_left(at=AT + HOUR) == 0
    terms = Term.objects.within(world.agency)
    terms.update(ends_on=AT.date())
    assert end_where_left(at=AT + HOUR) == 0
    assert end_where_left(at=AT + timedelta(days=1)) == 1
    assert sharings() == [] and employers(nia, on=AT.date() + timedelta(days=1)) == []


def test_what_the_person_ended_meanwhile_stays_as_they_ended_it(world, nia, monkeypatch):
    share(nia, world.agency, by=BY, at=AT)
    Term.objects.within(world.agency).update(ends_on=AT.date() - timedelta(days=1))
    by = Actor("user", str(nia.user.uid))

    def slow():
        monkeypatch.undo()
        stop(nia, world.agency, by=by, at=AT + HOUR)

    monkeypatch.setattr(sharing, "one_at_a_time", slow)
    assert end_where_left(at=AT + 2 * HOUR) == 0
    ended = Sharing.objects.everywhere(reason="test").get()
    assert (ended.replaced_at, ended.replaced_by) == (AT + HOUR, str(by))


def test_no_mail_goes_to_whoever_has_an_old_address_now(world, nia, mailoutbox, day):
    def at_hospital(person, address):
        Employment.objects.within(world.agency).filter(person=person).update(work_email=address)

    old = record(world.agency, last_name="Old", ends_on=day - timedelta(days=200))
    old.user = UserFactory(email="shared@svh.example")
    old.save()
    at_hospital(old, "shared@svh.example")
    at_hospital(record(world.agency, last_name="Stranger"), "shared@svh.example")
    join_records(nia, old, proof=Sameness.Proof.SIGN_IN, by=BY, at=AT)
    tell_of_sharing(nia, on=day)
    assert [mail.to for mail in mailoutbox] == [["nia@svp.example"]]


def test_one_presses_a_button_for_each_employer_and_it_is_on_record_without_an_agency(
    client, world, third, nia, mailoutbox
):
    client.force_login(nia.user)
    page = client.get(PAGE).content.decode()
    assert (
        "<title>Learning</title>" in page
        and page.count("Not shared") == 2
        and "Share with Severnshire Police" not in page
    )
    page = client.post(PAGE, {"do": "share", "agency": "SVH"}, follow=True).content.decode()
    assert "Stop sharing with Severn Vale Hospitals" in page and "Share with Severn Refuge Trust" in page
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["nia@svp.example"], "Your learning record")]
    held = {each.holding.model for each in everything_on(nia.uid) if each.rows}
    client.post(PAGE, {"do": "share", "agency": "SVP"})
    assert [each.record for each in sharings()] == [there(world.agency)], "not with one that is not another employer"
    client.post(PAGE, {"do": "stop", "agency": "SVH"})
    assert sharings() == []
    events = AuditEvent.objects.filter(verb__startswith="training shared").order_by("pk")
    assert [(each.verb, each.agency_code) for each in events] == [
        ("training shared", ""),
        ("training shared no longer", ""),
    ]
    assert "people.Sharing" in held
