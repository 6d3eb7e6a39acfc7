"""A mover brings an earlier record: by a code to its address, or by a certificate that HR confirms; nobody else does."""

import re
from datetime import timedelta

import pytest

from certificates.models import Showing
from certificates.services import issue
from tests.factories import PersonFactory, RoleGrantFactory, UserFactory, completion
from tests.live import my_standings
from tests.people.identity.conftest import AT, BY, record
from training.access.clock import today
from training.audit.models import AuditEvent
from training.people.identity import claims
from training.people.identity.claims import ClaimIsOver, NoHr, Printed, TooManyClaims, WrongCode
from training.people.identity.merge import AlreadyOne, join_records, merge_records
from training.people.models import Employment, Person, RecordClaim, Sameness, Term

HOUR = timedelta(hours=1)
OLD = "nia.before@svh.example"
PRINTED = Printed("Nia Before", "Module", "2 March 2026", "0000")


def addressed(person: Person, address: str, *, signs_in=True) -> Person:
    Employment.objects.everywhere(reason="test").filter(person=person).update(work_email=address)
    if signs_in:
        person.user = UserFactory(email=address)
        person.save()
    return person


def leave(person: Person, on) -> None:
    Term.objects.everywhere(reason="test").filter(post__employment__person=person).update(ends_on=on)


@pytest.fixture
def old(world) -> Person:
    """What the hospital has: Nia under the name she had, who left a fortnight ago."""
    person = addressed(record(world.agency, last_name="Before"), OLD, signs_in=False)
    leave(person, AT.date() - timedelta(days=14))
    return person


@pytest.fixture
def nia(world) -> Person:
    """Nia at the police, under another name."""
    return addressed(record(world.neighbour, last_name="After"), "nia@svp.example")


def code_in(mail) -> str:
    found = re.search(r"[A-Z]{4}-[A-Z]{4}", mail.body)
    return found[0] if found else ""


def ask(person, address=OLD, at=AT):
    return claims.ask_by_address(person, address, by=BY, at=at)


def samenesses():
    return list(Sameness.objects.everywhere(reason="test").known_now())


def test_the_code_from_the_old_address_joins_the_record_and_its_training_counts(old, nia, rule, day, mailoutbox):
    completion(old, rule.module)
    assert [each.state for each in my_standings(nia, on=day)] == ["overdue"]
    ask(nia)
    [mail] = mailoutbox
    assert mail.to == [OLD]
    claims.use_code(nia, code_in(mail).lower().replace("-", " "), by=BY, at=AT + timedelta(minutes=5))
    nia.refresh_from_db()
    assert [each.state for each in my_standings(nia, on=day)] == ["in_date"]
    assert [each.proof for each in samenesses()] == ["address"]


def test_the_earlier_agency_is_told_nothing(world, old, nia, mailoutbox):
    before = list(Employment.objects.within(world.agency).values_list())
    ask(nia)
    claims.use_code(nia, code_in(mailoutbox[0]), by=BY, at=AT)
    assert list(Employment.objects.within(world.agency).values_list()) == before
    assert [each.name for each in Person.objects.within(world.agency)] == ["Nia Before"]
    assert not AuditEvent.objects.filter(agency_code="SVH").exists()


def test_every_address_gets_one_mail_and_only_one_that_leads_somewhere_gets_a_code(world, old, nia, mailoutbox):
    unknown, shared = "nobody@svh.example", "desk@svh.example"
    for each in (record(world.agency), record(world.agency)):
        addressed(each, shared, signs_in=False)
    ask(nia, unknown)
    ask(nia, shared)
    ask(nia, "nia@svp.example", at=AT + 2 * HOUR)
    assert [code_in(mail) for mail in mailoutbox] == ["", "", ""]
    assert len({mail.subject for mail in mailoutbox}) == 1
    assert not RecordClaim.objects.everywhere(reason="test").filter(record__isnull=False).exists()


def test_an_address_out_of_the_leavers_hands_gives_no_code(old, nia, mailoutbox):
    leave(old, AT.date() - timedelta(days=29))
    ask(nia)
    assert code_in(mailoutbox[0]) == ""


def test_a_colleague_who_guesses_is_stopped_after_five_tries(old, nia, mailoutbox):
    ask(nia)
    for _ in range(5):
        with pytest.raises(WrongCode):
            claims.use_code(nia, "BBBB-BBBB", by=BY, at=AT)
    with pytest.raises(ClaimIsOver):
        claims.use_code(nia, code_in(mailoutbox[0]), by=BY, at=AT)
    assert samenesses() == []


def test_a_code_works_for_an_hour_once_and_for_whoever_asked(world, old, nia, mailoutbox):
    ask(nia)
    code = code_in(mailoutbox[0])
    other = record(world.neighbour)
    with pytest.raises(ClaimIsOver):
        claims.use_code(other, code, by=BY, at=AT)
    with pytest.raises(ClaimIsOver):
        claims.use_code(nia, code, by=BY, at=AT + HOUR)
    claims.use_code(nia, code, by=BY, at=AT)
    with pytest.raises(ClaimIsOver):
        claims.use_code(nia, code, by=BY, at=AT)


def test_nobody_asks_more_than_three_times_an_hour_or_six_times_a_day(old, nia):
    for hour in (0, 2):
        for _ in range(3):
            ask(nia, at=AT + hour * HOUR)
        with pytest.raises(TooManyClaims):
            ask(nia, at=AT + hour * HOUR)
    with pytest.raises(TooManyClaims):
        ask(nia, at=AT + 5 * HOUR)
    ask(nia, at=AT + 30 * HOUR)


def test_a_join_by_code_is_told_to_every_login_and_work_address_of_the_person(old, nia, mailoutbox):
    ask(nia)
    claims.use_code(nia, code_in(mailoutbox[0]), by=BY, at=AT)
    assert [mail.to for mail in mailoutbox[1:]] == [[OLD], ["nia@svp.example"]]


def signs_in(old, world):
    old.user = UserFactory(email=OLD)
    old.save()


def is_joined(old, world):
    join_records(record(world.neighbour), old, proof=Sameness.Proof.ADDRESS, by=BY, at=AT)


def has_a_new_address(old, world):
    given = Employment.objects.everywhere(reason="test").filter(person=old)
    given.update(addressed_at=AT - timedelta(days=89))


@pytest.mark.parametrize("how", [signs_in, is_joined, has_a_new_address])
def test_a_record_out_of_reach_gets_the_mail_that_leads_nowhere(world, old, nia, how, mailoutbox):
    how(old, world)
    ask(nia)
    assert code_in(mailoutbox[0]) == ""


def test_an_address_that_stands_for_ninety_days_is_proof(old, nia, mailoutbox):
    Employment.objects.everywhere(reason="test").filter(person=old).update(addressed_at=AT - timedelta(days=90))
    ask(nia)
    assert code_in(mailoutbox[0])


@pytest.mark.parametrize("how", [signs_in, is_joined])
def test_a_code_sent_before_the_record_went_out_of_reach_joins_nothing(world, old, nia, how, mailoutbox):
    ask(nia)
    how(old, world)
    with pytest.raises(ClaimIsOver):
        claims.use_code(nia, code_in(mailoutbox[0]), by=BY, at=AT)
    assert nia.pk not in {each.same_as_id for each in samenesses()}


def is_protected(old, world):
    Person.objects.everywhere(reason="test").filter(pk=old.pk).update(is_protected=True)
    old.refresh_from_db()


@pytest.mark.parametrize("how", [signs_in, is_joined, is_protected])
def test_a_certificate_of_a_record_out_of_reach_waits_for_nobody(world, old, nia, how, access_for, dot):
    how(old, world)
    old.refresh_from_db()
    claim = by_certificate(nia, old)
    assert (claim.state, claim.record, claims.waiting(world.neighbour, access_for(dot))) == ("waiting", None, 0)


def test_what_was_protected_since_cannot_be_confirmed(world, old, nia):
    claim = by_certificate(nia, old)
    is_protected(old, world)
    with pytest.raises(ClaimIsOver):
        claims.confirm(RecordClaim.objects.within(world.neighbour).get(), is_theirs=True, by=BY, at=AT)
    assert (claim.record, samenesses()) == (old, [])


def by_certificate(person, old, at=AT):
    return claims.ask_by_certificate(person, old, PRINTED, by=BY, at=at)


def test_a_certificate_waits_for_the_present_hr_and_joins_when_they_confirm(
    world, old, nia, mailoutbox, access_for, bea, dot
):
    claim = by_certificate(nia, old)
    assert (
        claim.agency,
        claims.waiting(world.neighbour, access_for(dot)),
        claims.waiting(world.agency, access_for(bea)),
    ) == (world.neighbour, 1, 0)
    claims.confirm(claim, is_theirs=True, by=BY, at=AT)
    assert [(each.record, each.same_as, each.agency) for each in samenesses()] == [(old, nia, None)]
    assert claims.waiting(world.neighbour, access_for(dot)) == 0
    # Two weeks after leaving, the mailbox is still hers; the mail says nothing but 'look'
    assert [mail.to for mail in mailoutbox] == [[OLD], ["nia@svp.example"]]
    assert {mail.subject for mail in mailoutbox} == {"Your learning record"}
    with pytest.raises(ClaimIsOver):
        claims.confirm(claim, is_theirs=True, by=BY, at=AT)


def test_a_mailbox_given_to_somebody_else_is_told_nothing(old, nia, mailoutbox):
    leave(old, AT.date() - timedelta(days=29))
    claims.confirm(by_certificate(nia, old), is_theirs=True, by=BY, at=AT)
    assert [mail.to for mail in mailoutbox] == [["nia@svp.example"]]


def test_a_colleague_who_has_somebodys_certificate_gets_nowhere_while_they_work(world, nia, rule, access_for, dot):
    colleague = record(world.neighbour, first_name="Una")
    claim = by_certificate(colleague, nia)
    assert (claim.state, claim.record, claims.waiting(world.neighbour, access_for(dot))) == ("waiting", None, 0)
    assert claims.close_old(at=AT + timedelta(days=30)) == 0
    claim.refresh_from_db()
    assert claim.state == "over"


def test_what_hr_does_not_confirm_joins_nothing(old, nia):
    claim = by_certificate(nia, old)
    claims.confirm(claim, is_theirs=False, by=BY, at=AT)
    claim.refresh_from_db()
    assert (claim.state, samenesses()) == ("declined", [])


def test_nobody_confirms_for_one_who_works_nowhere_and_what_is_joined_is_not_claimed_again(old, nia):
    claims.confirm(by_certificate(nia, old), is_theirs=True, by=BY, at=AT)
    nia.refresh_from_db()
    with pytest.raises(AlreadyOne):
        by_certificate(nia, old)
    leave(nia, AT.date() - timedelta(days=1))
    with pytest.raises(NoHr):
        by_certificate(nia, PersonFactory())


def test_claims_are_forgotten_thirty_days_after_they_are_over(old, nia):
    ask(nia)
    claims.close_old(at=AT + timedelta(days=30))
    assert RecordClaim.objects.everywhere(reason="test").count() == 1
    assert claims.close_old(at=AT + timedelta(days=31)) == 1


@pytest.fixture
def mover(client, nia):
    """Nia's browser."""
    client.force_login(nia.user)
    return client


def still_hers(person):
    leave(person, today() - timedelta(days=3))


def test_nia_brings_her_record_and_takes_it_apart_again(mover, old, mailoutbox):
    still_hers(old)
    sent = mover.post("/learning/earlier/", {"do": "address", "address": OLD}, follow=True)
    assert "If an earlier record can be joined" in sent.content.decode()
    wrong = mover.post("/learning/earlier/code/", {"code": "BBBB-BBBB"}).content.decode()
    assert "That is not the code we sent" in wrong
    done = mover.post("/learning/earlier/code/", {"code": code_in(mailoutbox[0])}, follow=True).content.decode()
    assert "has been joined" in done
    [said] = samenesses()
    assert "An earlier record" in mover.get("/learning/earlier/").content.decode()
    mover.post(f"/learning/earlier/{said.uid}/apart/")
    assert samenesses() == []


def test_unknown_and_known_addresses_get_the_same_page(mover, old):
    still_hers(old)
    pages = []
    for address in (OLD, "nobody@svh.example"):
        answer = mover.post("/learning/earlier/", {"do": "address", "address": address}, follow=True)
        pages.append(
            re.sub(r"csrfmiddlewaretoken[^>]*>|nonce-[\w-]*", "", answer.content.decode()).replace(address, "X")
        )
    assert pages[0] == pages[1]


def test_a_certificate_goes_to_hr_who_sees_what_is_printed_and_confirms(mover, client, old, nia, rule, dot, world):
    done = completion(old, rule.module)
    code = issue(done, at=AT).code
    asked = mover.post("/learning/earlier/", {"do": "certificate", "code": code}, follow=True).content.decode()
    assert "Waiting for your HR team" in asked
    client.force_login(dot)
    page = client.get("/agency/SVP/roster/earlier/").content.decode()
    assert "Nia Before" in page
    assert "Severn Vale" not in page
    claim = RecordClaim.objects.within(world.neighbour).get()
    client.post(f"/agency/SVP/roster/earlier/{claim.uid}/", {"do": "confirm"})
    assert [each.proof for each in samenesses()] == ["certificate"]


def test_hr_does_not_confirm_their_own_claim(client, world, old, nia):
    RoleGrantFactory(user=nia.user, role_code="agency_hr", agency=world.neighbour)
    claim = by_certificate(nia, old)
    client.force_login(nia.user)
    assert "Nothing waits" in client.get("/agency/SVP/roster/earlier/").content.decode()
    assert client.post(f"/agency/SVP/roster/earlier/{claim.uid}/", {"do": "confirm"}).status_code == 404


def test_what_the_holder_hid_is_hidden_from_who_claims_it_too(mover, old, rule):
    """Whoever has the code reads no more here than on the page of the check."""
    given = completion(old, rule.module, on=AT.date() - timedelta(days=90))
    certificate = issue(given, at=AT)
    showing = Showing.objects.create(certificate=certificate, is_masked=True)
    mover.post("/learning/earlier/", {"do": "certificate", "code": certificate.code})
    claims_made = RecordClaim.objects.everywhere(reason="test")
    assert [each.printed["name"] for each in claims_made] == [certificate.words.initials]
    claims_made.all().delete()
    showing.is_paused = True
    showing.save()
    said = mover.post("/learning/earlier/", {"do": "certificate", "code": certificate.code}).content.decode()
    assert "is paused" in said and certificate.words.module_title not in said
    assert not claims_made.all().exists()


def test_a_code_of_no_certificate_is_said_to_be_none(mover):
    assert (
        "We have not issued"
        in mover.post("/learning/earlier/", {"do": "certificate", "code": "0" * 32}).content.decode()
    )


def test_nobody_takes_apart_what_is_not_theirs_or_what_hr_merged(mover, world, nia, pair):
    others = join_records(*pair, proof=Sameness.Proof.ADDRESS, by=BY, at=AT)
    assert mover.post(f"/learning/earlier/{others.uid}/apart/").status_code == 404
    twin = record(world.neighbour)
    merged = merge_records(world.neighbour, nia, twin, evidence=[], own=(), by=BY, at=AT)
    page = mover.post(f"/learning/earlier/{merged.uid}/apart/", follow=True).content.decode()
    assert "Your HR team merged these" in page
    assert len(samenesses()) == 2
