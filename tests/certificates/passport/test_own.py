"""The holder's own passport: page, PDF, signed file, and the links they make."""

import io
import json
from datetime import timedelta

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openbadgeslib.ob3.clr import bundled_clr_contexts
from openbadgeslib.ob3.did import _pem_from_did_document
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3VerificationError

from certificates.models import PrintedName, Share, Showing, Viewing
from certificates.passport.printed import as_pdf
from certificates.passport.services import end_share, forget_shares, note_viewing
from certificates.services import issue
from tests.access.reading import everything
from tests.conftest import DAY, MOMENT
from tests.factories import ModuleFactory, completion
from training.access.actor import Actor
from training.access.clock import today
from training.pathways.models import Module
from training.press.press import NeedsAnotherFont

BY = Actor.system("test")


@pytest.fixture
def own(client, amira):
    """Amira, signed in."""
    client.force_login(amira.user)
    return client


@pytest.fixture
def made(own, certificate):
    """A link that amira made on the page."""

    def make(**said):
        response = own.post(reverse("passport-share-new"), {"days": "30"} | said)
        assert response.status_code == 302
        return Share.objects.everywhere(reason="test").latest("pk")

    return make


def opened(share, **headers):
    """What a stranger sees through a link."""
    return Client().get(share.opening, headers=headers)


def test_the_record_is_a_tagged_pdf_with_a_neutral_name(own, certificate):
    answer = own.get(reverse("passport-pdf"))
    assert answer["Content-Disposition"] == 'attachment; filename="learning-record.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en-GB"
        assert str(document.docinfo["/Title"]) == "Learning record"
        with document.open_metadata() as said:
            assert (said["pdfuaid:part"], said["pdfaid:part"]) == ("1", "3")
    text = everything(answer).replace(" ", "")
    for words in ("Amira Learner", certificate.words.module_title, "2 March 2026", certificate.grouped_code):
        assert words.replace(" ", "") in text


@pytest.mark.parametrize("name", ["Amira Élan", "فاطمة الزهراء", "अमीरा शर्मा लक्ष्मी किरण", "王小明"])
def test_the_pdf_bears_the_name_as_its_holder_has_it_printed(own, amira, certificate, name):
    said = {"name": name, "is_confirmed": True, "asked_at": MOMENT, "answered_at": MOMENT}
    PrintedName.objects.create(person=amira, **said)
    with pdfium.PdfDocument(own.get(reverse("passport-pdf")).content) as document:
        assert name in document[0].get_textpage().get_text_bounded().split("\r\n")


def test_an_empty_record_prints_too(own):
    assert own.get(reverse("passport-pdf")).status_code == 200
    assert own.get(reverse("passport-file")).status_code == 409


def test_a_name_in_letters_we_lack_is_refused_in_words(own, amira):
    with pytest.raises(NeedsAnotherFont):
        as_pdf("\uab70\uab71", (), on=DAY)


def test_the_signed_file_is_good_and_so_is_each_certificate_in_it(own, certificate):
    document = json.loads(own.get(reverse("passport-file")).content)
    did = own.get(reverse("did")).json()
    pem, more = _pem_from_did_document(did), bundled_clr_contexts()
    verify_data_integrity_proof(document, pem, extra_contexts=more)
    (badge,) = document["credentialSubject"]["verifiableCredential"]
    assert OB3LdpVerifier(pubkey_pem=pem).verify(badge).issuer.id == "did:web:testserver"
    assert badge["id"].endswith(certificate.code)
    badge["credentialSubject"]["identifier"][0]["identityHash"] = "Bea Other"
    with pytest.raises(OB3VerificationError):
        verify_data_integrity_proof(document, pem, extra_contexts=more)


def test_a_link_shows_it_on_one_screen_and_not_where_they_work(made):
    response = opened(made(label="For the new job"))
    html = response.content.decode()
    for words in ("Amira Learner", "Domestic abuse: what everyone needs to know", "45 minutes", "Severnshire", "2029"):
        assert words in html
    assert not [canary for canary in ("Severn Vale", "SVH", "Midwife", "For the new job") if canary in html]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "no-store"


def test_a_link_shows_only_the_modules_that_were_chosen(made, amira):
    other = ModuleFactory(code="DA-B2", title="Something else")
    completion(amira, other, on=DAY)
    share = made(modules=[Module.objects.get(code="DA-A1").pk])
    assert "Something else" not in opened(share).content.decode()
    made_of_all = made()
    assert "Something else" in opened(made_of_all).content.decode()


def test_the_file_of_a_link_never_says_that_it_is_all_there_is(made, own):
    """What is paused, older or under another name is left out, and that this is so is not to be read from it."""
    file = Client().get(reverse("passport-opened-file", args=[made().code])).json()
    assert (file["partial"], own.get(reverse("passport-file")).json()["partial"]) == (True, False)


def test_what_was_seen_and_when_is_shown_to_the_holder_alone(made, own):
    share = made()
    opened(share)
    Client().get(reverse("passport-opened-file", args=[share.code]))
    page = own.get(share.get_absolute_url()).content.decode()
    assert "looked at (DA-A1)" in page and "taken as a file (DA-A1)" in page
    assert [field.name for field in Viewing._meta.fields] == ["id", "share", "what", "modules", "seen_at"]


def test_an_ended_link_opens_nothing(made, own):
    share = made()
    assert own.post(share.get_absolute_url()).status_code == 302
    assert opened(share).status_code == 404
    assert Client().get(reverse("passport-opened-file", args=[share.code])).status_code == 404


def test_a_link_is_over_after_its_last_day(made):
    share = made(days="7")
    assert share.runs_on(today() + timedelta(days=7)) and not share.runs_on(today() + timedelta(days=8))
    Share.objects.with_code(share.code).update(last_on=today() - timedelta(days=1))
    assert opened(share).status_code == 404


def test_what_is_paused_or_withdrawn_is_not_in_it(made, certificate, moment):
    from training.ledger.services import void_completion

    share = made()
    showing = Showing.objects.create(certificate=certificate, is_paused=True)
    assert "Domestic abuse" not in opened(share).content.decode()
    showing.delete()
    void_completion(certificate.completion, reason="wrong", by=BY, at=moment)
    assert "Domestic abuse" not in opened(share).content.decode()


def test_initials_alone_of_somebody_under_protection(made, amira):
    share = made()
    amira.is_protected = True
    amira.save()
    html = opened(share).content.decode()
    assert "A. L." in html and "Amira" not in html


def test_a_twenty_first_link_is_refused(made, own):
    for _ in range(20):
        made()
    response = own.post(reverse("passport-share-new"), {"days": "30"})
    assert "20 links of yours are open. End one first." in response.content.decode()


def test_nobody_else_sees_or_ends_a_link(made, bea):
    share = made()
    other = Client()
    other.force_login(bea)
    assert other.get(share.get_absolute_url()).status_code in (403, 404)
    assert other.post(share.get_absolute_url()).status_code in (403, 404)
    assert opened(share).status_code == 200


def test_links_go_thirty_days_after_they_are_over_and_what_was_seen_after_ninety(made, moment):
    share = made()
    note_viewing(share, Viewing.What.PAGE, ["DA-A1"], at=moment - timedelta(days=91))
    note_viewing(share, Viewing.What.PAGE, ["DA-A1"], at=moment - timedelta(days=89))
    assert forget_shares(at=moment) == 1
    end_share(share, by=BY, at=share.made_at)
    forget_shares(at=share.made_at + timedelta(days=29))
    assert Share.objects.with_code(share.code).exists()
    forget_shares(at=share.made_at + timedelta(days=31))
    assert not Share.objects.with_code(share.code).exists()


def test_a_long_record_takes_as_many_queries_as_a_short_one(made, amira, django_assert_num_queries):
    share = made()
    opened(share)
    with CaptureQueriesContext(connection) as short:
        opened(share)
    for code in ("DA-B2", "DA-C3"):
        issue(completion(amira, ModuleFactory(code=code, title=code), on=DAY), at=MOMENT)
    with django_assert_num_queries(len(short)):
        assert "DA-C3" in opened(share).content.decode()
