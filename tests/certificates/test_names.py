"""How a name is printed: the holder asks, somebody who knows them confirms, and what was printed stays what it was."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from certificates import checking, names
from certificates.answer import Kind
from certificates.chain import own_chain
from certificates.models import Certificate, PrintedName, Showing
from certificates.passport.services import make_share
from certificates.services import issue, printed_name
from home.agency.queues import queues_of
from tests.conftest import MOMENT
from tests.factories import RoleGrantFactory, completion
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.ledger.services import void_completion
from training.notices.models import Notice
from training.people.models import Term

ALL = Certificate.objects.everywhere(reason="test")
BY = Actor.system("test")


@pytest.fixture
def asked(amira, certificate, world, moment):
    """Amira asks for her name in Bengali."""
    return names.ask(amira, "আমিরা  লার্নার", agency=world.agency, by=BY, at=moment)


def test_another_name_waits_for_hr_and_changes_nothing_until_then(asked, amira, certificate):
    assert not asked.is_confirmed
    assert printed_name(amira) == "Amira Learner"
    assert list(ALL.all()) == [certificate]


def test_once_confirmed_each_certificate_is_issued_anew_and_new_ones_bear_it(asked, amira, certificate, moment):
    assert names.answer(asked, is_theirs=True, by=BY, at=moment) == 1
    new = certificate.superseded_by
    assert (new.words.name, new.correction) == ("আমিরা লার্নার", "name")
    assert (new.words.completed_on, new.words.valid_until) == (
        certificate.words.completed_on,
        certificate.words.valid_until,
    )
    assert ALL.get(pk=certificate.pk).words == certificate.words
    again = completion(amira, certificate.completion.module, on=date(2026, 5, 1))
    assert issue(again, at=moment).words.name == "আমিরা লার্নার"
    assert Notice.objects.everywhere(reason="test").get(user=amira.user).subject == "Learning"
    assert "আমিরা" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_the_old_code_says_that_it_was_replaced_and_not_what_the_name_is_now(client, asked, certificate, moment):
    names.answer(asked, is_theirs=True, by=BY, at=moment)
    page = client.get(reverse("verify-code", args=[certificate.code])).content.decode()
    assert "has been replaced" in page
    assert "আমিরা" not in page and certificate.superseded_by.code not in page


def test_what_led_forward_under_the_old_name_has_to_be_allowed_again(asked, certificate, moment):
    Showing.objects.create(certificate=certificate, points_forward=True)
    names.answer(asked, is_theirs=True, by=BY, at=moment)
    assert checking.checked(certificate.code, on=moment.date()).later == ""


def test_a_link_that_was_given_under_the_old_name_does_not_lead_to_the_new(client, asked, amira, moment):
    share = make_share(amira, label="", modules=(), last_on=date(2100, 1, 1), by=BY, on=moment.date(), at=moment)
    names.answer(asked, is_theirs=True, by=BY, at=moment)
    assert client.get(share.opening).status_code == 404


def test_what_hr_cannot_confirm_is_never_printed(asked, amira, certificate, moment):
    names.answer(asked, is_theirs=False, by=BY, at=moment)
    assert (printed_name(amira), ALL.all().count()) == ("Amira Learner", 1)
    with pytest.raises(names.AlreadyAnswered):
        names.answer(asked, is_theirs=True, by=BY, at=moment)


def test_the_name_on_the_roster_needs_nobodys_word(asked, amira, certificate, world, moment):
    names.answer(asked, is_theirs=True, by=BY, at=moment)
    amira.last_name = "Rahman"
    amira.save()
    back = names.ask(amira, "Amira Rahman", agency=world.agency, by=BY, at=moment)
    assert back.is_confirmed
    assert certificate.superseded_by.superseded_by.words.name == "Amira Rahman"


def test_after_a_roster_brought_a_new_name_what_is_in_date_is_issued_anew_at_a_press(client, amira, certificate):
    amira.last_name = "Khan"
    amira.save()
    client.force_login(amira.user)
    page = client.get(reverse("printed-name"))
    assert page.context["form"].initial["name"] == "Amira Khan"
    assert 'Some in date say <strong dir="auto">Amira Learner' in page.content.decode()
    client.post(reverse("printed-name"), {"name": "Amira Khan", "agency": "SVH"})
    assert ALL.get(supersedes=certificate).words.name == "Amira Khan"
    again = client.post(reverse("printed-name"), {"name": "Amira Khan", "agency": "SVH"})
    assert "That is how your name is printed already" in again.content.decode()


def test_whoever_has_left_still_has_the_rosters_name_printed_and_no_other(client, amira, certificate):
    Term.objects.everywhere(reason="test").filter(post__employment__person=amira).update(ends_on=date(2026, 6, 1))
    amira.last_name = "Khan"
    amira.save()
    client.force_login(amira.user)
    page = client.post(reverse("printed-name"), {"name": "Amira Noor"}).content.decode()
    assert "nobody can confirm another name than the roster" in page
    client.post(reverse("printed-name"), {"name": "Amira Khan"})
    assert ALL.get(supersedes=certificate).words.name == "Amira Khan"


def test_only_one_waits_at_a_time(asked, amira, world, moment):
    with pytest.raises(names.AlreadyAsked):
        names.ask(amira, "A. Learner", agency=world.agency, by=BY, at=moment)
    names.take_back(asked, by=BY, at=moment)
    assert names.ask(amira, "A. Learner", agency=world.agency, by=BY, at=moment).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintedName.objects.create(person=amira, agency=world.agency, name="Another", asked_at=moment)


def test_the_database_knows_no_confirmed_name_without_an_answer(amira, moment):
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintedName.objects.create(person=amira, name="Another", asked_at=moment, is_confirmed=True)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Enter your name"),
        (" \u202e\x00 ", "Enter your name"),
        ("-.-", "Enter your name"),
        ("Amira <b>", "Leave out <"),
        ("Amira 007", "Leave out 0"),
        ("amira@svh.example", "Leave out @"),
        ("Amira 🤱", "Leave out 🤱"),
        ("A𓀀", "needs another font"),
        ("A" * 241, "240 characters"),
        ("Zalgo" + "\u0301\u0316" * 3, "some of the marks"),
    ],
)
def test_what_is_no_name_or_cannot_be_printed_is_refused_in_words(amira, typed, why):
    with pytest.raises(names.NotAName, match=why):
        names.cleaned(typed)


# A middle dot, a maqaf, a geresh, gershayim, a wordspace; letters with several marks each
OTHER_MARKS = ["マリア・ガルシア", "בת־שבע", "ג׳ני", "רמב״ם", "ወለተ፡ማርያም", "O`Brien", "Ng＇ang＇a", "ကျွန်ုပ်", "שָׁלוֹם"]


@pytest.mark.parametrize(
    "typed", ["O’Brien-Nguyễn", "Jean-Luc d'Arc Jr.", "நிலா செ.", "王小明", "María José·", *OTHER_MARKS]
)
def test_names_are_kept_as_they_are_written(typed):
    assert names.cleaned(f" {typed} ") == typed


def test_what_was_withdrawn_is_not_issued_anew(asked, certificate, moment):
    void_completion(certificate.completion, reason="Wrong person", by=BY, at=moment)
    assert names.answer(asked, is_theirs=True, by=BY, at=moment) == 0


def test_she_asks_on_her_page_and_her_hr_answers_on_theirs(client, amira, certificate, bea, world, access_for, day):
    client.force_login(amira.user)
    page = reverse("printed-name")
    assert "Amira Learner" in client.get(page).content.decode()
    said = client.post(page, {"name": "Amira Noor", "agency": "SVH"}, follow=True).content.decode()
    assert "has not answered yet" in said
    waits = {queue.title: queue.count for queue in queues_of(world.agency, access_for(bea), on=day, at=MOMENT)}
    assert waits["Names to be printed"] == 1
    client.force_login(bea)
    listed = client.get(reverse("printed-names", args=["SVH"])).content.decode()
    assert "Amira Noor" in listed and "Amira Learner" in listed
    asked = PrintedName.objects.of(amira).get()
    client.post(reverse("printed-name-answer", args=["SVH", asked.uid]), {"do": "confirm"})
    client.force_login(amira.user)
    assert 'Your certificates say <strong dir="auto">Amira Noor' in client.get(page).content.decode()


def test_she_may_take_it_back_and_may_ask_her_own_agency_alone(client, amira, certificate, world):
    client.force_login(amira.user)
    page = reverse("printed-name")
    assert client.post(page, {"name": "Amira Noor", "agency": "SVP"}).status_code == 400
    client.post(page, {"name": "Amira Noor", "agency": "SVH"})
    client.post(reverse("printed-name-take-back"))
    assert not PrintedName.objects.of(amira).filter(answered_at__isnull=True).exists()


def test_neither_the_neighbours_hr_nor_one_about_oneself_answers(client, asked, dot, world, access_for):
    client.force_login(dot)
    assert client.post(reverse("printed-name-answer", args=["SVP", asked.uid]), {"do": "confirm"}).status_code == 404
    assert client.get(reverse("printed-names", args=["SVH"])).status_code == 404
    RoleGrantFactory(user=asked.person.user, role_code="agency_hr", agency=world.agency)
    assert not PrintedName.objects.to_answer(access_for(asked.person), world.agency).exists()


def test_a_first_completion_five_renewals_and_a_corrected_name_are_seven_codes_each_answering_rightly(
    amira, module, world, moment, access_for
):
    """Shown by 2: the chain is walked from the first to the last."""
    module.validity_months = 12
    module.save()
    done = [completion(amira, module, on=date(2021 + year, 3, 2), agency=world.agency) for year in range(6)]
    for each in done:
        issue(each, at=each.recorded_at)
    asked = names.ask(amira, "Amira Noor", agency=world.agency, by=BY, at=moment)
    assert names.answer(asked, is_theirs=True, by=BY, at=moment) == 1
    chain = own_chain(access_for(amira), ALL.first())
    assert len({row.code for row in chain}) == 7
    assert [row.words.name for row in chain] == ["Amira Learner"] * 6 + ["Amira Noor"]
    answers = [checking.checked(row.code, on=date(2026, 11, 2)).answer.kind for row in chain]
    assert answers == [Kind.RAN_OUT] * 5 + [Kind.REPLACED, Kind.IN_DATE]
    assert chain[-2].superseded_by == chain[-1]
