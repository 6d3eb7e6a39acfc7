"""The holder's own pages, and everybody else's 404."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.models import Certificate
from certificates.services import issue
from tests.conftest import _staff
from tests.factories import ModuleFactory, UserFactory, completion
from training.access.actor import Actor
from training.ledger import services as ledger
from training.press import press

ALL = Certificate.objects.everywhere(reason="test")
OWN = ("certificate", "certificate-download", "certificate-print")


@pytest.fixture
def signed_in(client, amira):
    """Amira's browser."""
    client.force_login(amira.user)
    return client


def test_the_list_shows_ones_own(signed_in, certificate, world):
    other = _staff(world.neighbour, "Zed", "Canary", "POLICE_RESPONSE")
    issue(completion(other, ModuleFactory(code="DA-B1", title="Canary module")), at=certificate.issued_at)
    html = signed_in.get(reverse("certificates")).content.decode()
    assert "Domestic abuse: what everyone needs to know" in html
    assert "In date until 2 March 2029" in html
    assert "Canary" not in html
    assert "<title>Learning</title>" in html


def test_with_no_certificate_the_list_says_so(signed_in):
    assert b"You have no certificates yet" in signed_in.get(reverse("certificates")).content


def test_the_list_takes_the_same_queries_for_one_and_for_three(signed_in, amira):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            signed_in.get(reverse("certificates"))
        return [query["sql"].partition("WHERE")[0] for query in captured.captured_queries]

    certify(amira, "DA-B1")
    signed_in.get(reverse("certificates"))
    one = queries()
    certify(amira, "DA-B2")
    certify(amira, "DA-B3")
    assert queries() == one
    assert sum("certificates_certificate" in query for query in one) == 2  # what waits to be issued, and the list


def test_the_list_has_what_the_worker_has_not_come_to(signed_in, amira):
    done = completion(amira, ModuleFactory(code="DA-B1"))
    page = signed_in.get(reverse("certificates")).content.decode()
    assert Certificate.objects.of_completion(done).get().get_absolute_url() in page


def certify(person, code):
    """A completion with its certificate."""
    done = completion(person, ModuleFactory(code=code))
    return issue(done, at=done.recorded_at)


def test_ones_own_page_shows_the_code_and_the_ways_to_carry_it(signed_in, certificate):
    html = signed_in.get(certificate.get_absolute_url()).content.decode()
    assert certificate.grouped_code in html
    for name, value in (("certificate-download", certificate.uid), ("certificate-print", certificate.uid)):
        assert reverse(name, args=[value]) in html
    assert reverse("verify-code", args=[certificate.code]) in html
    assert "Severn Vale Hospitals" not in html.partition("<main")[2].partition("</main>")[0]


def test_a_download_is_a_pdf_with_a_neutral_name_that_nobody_keeps(signed_in, certificate):
    response = signed_in.get(reverse("certificate-download", args=[certificate.uid]))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="learning-record-{certificate.code[-4:]}.pdf"'
    assert response["Cache-Control"] == "no-store"
    assert b"".join(response.streaming_content).startswith(b"%PDF-1.7")


def test_to_print_it_opens_in_the_browser(signed_in, certificate):
    response = signed_in.get(reverse("certificate-print", args=[certificate.uid]))
    assert response["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("name", OWN)
def test_strangers_go_to_sign_in(client, certificate, name):
    response = client.get(reverse(name, args=[certificate.uid]))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("agency", ["agency", "neighbour"])
def test_a_colleague_and_a_neighbour_get_404(client, certificate, world, name, agency):
    other = _staff(getattr(world, agency), "Colin", "Colleague", "MIDWIFE")
    client.force_login(other.user)
    assert client.get(reverse(name, args=[certificate.uid])).status_code == 404
    assert client.get(reverse("certificate-of", args=[certificate.completion.uid])).status_code == 404


@pytest.mark.parametrize("name", OWN)
def test_hr_sees_standing_and_no_certificates(client, certificate, world, bea, name):
    """Even when HR's lead is on the roster too, and may learn."""
    client.force_login(bea)
    assert client.get(reverse(name, args=[certificate.uid])).status_code == 403
    lead = _staff(world.agency, "Lena", "Lead", "MIDWIFE")
    bea.grants.update(user=lead.user)
    client.force_login(lead.user)
    assert client.get(reverse(name, args=[certificate.uid])).status_code == 404


def test_a_login_without_a_person_sees_nobodys_certificates(client, certificate, access_for):
    nobody = access_for(UserFactory())
    assert not Certificate.objects.visible_to(nobody).exists()


def test_from_a_completion_one_comes_to_its_certificate(signed_in, certificate):
    response = signed_in.get(reverse("certificate-of", args=[certificate.completion.uid]))
    assert response.url == certificate.get_absolute_url()


def test_where_the_news_never_came_the_certificate_is_issued_on_asking(signed_in, completed):
    assert not ALL.all().exists()
    response = signed_in.get(reverse("certificate-of", args=[completed.uid]))
    assert response.url == ALL.all().get().get_absolute_url()


def test_a_voided_completion_leads_to_no_certificate(signed_in, completed, moment):
    ledger.void_completion(completed, reason="Wrong person", by=Actor.system("test"), at=moment)
    assert signed_in.get(reverse("certificate-of", args=[completed.uid])).status_code == 404


def test_a_name_in_letters_we_cannot_print_is_told_so(signed_in, amira, module):
    amira.first_name, amira.preferred_name = "Ada 🤱", ""
    amira.save()
    done = completion(amira, module)
    mine = issue(done, at=done.recorded_at)
    response = signed_in.get(reverse("certificate-download", args=[mine.uid]))
    assert response.status_code == 409
    html = response.content.decode()
    assert "This name needs another font" in html
    assert mine.grouped_code in html


def test_a_server_that_cannot_print_says_so_plainly(signed_in, certificate, monkeypatch):
    def broken(*args, **more):
        raise press.NoEngine("This server cannot make PDF files at the moment.")

    monkeypatch.setattr(press, "pdf", broken)
    response = signed_in.get(reverse("certificate-download", args=[certificate.uid]))
    assert response.status_code == 503
    assert b"cannot make PDF files" in response.content


def test_a_withdrawn_certificate_says_so_to_its_holder(signed_in, certificate, moment):
    ledger.void_completion(certificate.completion, reason="Wrong", by=Actor.system("test"), at=moment)
    assert b"has been withdrawn" in signed_in.get(certificate.get_absolute_url()).content
