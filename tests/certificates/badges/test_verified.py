"""A badge of ours, as a library that we did not write verifies it, with what it finds on the web alone."""

import base64
import json

import pytest
from django.urls import reverse
from openbadgeslib import baking
from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3VerificationError

from certificates.badges import status
from certificates.badges.keys import rotate
from certificates.models import Showing
from training.access.actor import Actor
from training.ledger import services as ledger

BY = Actor.system("test")


@pytest.fixture
def verify(download):
    """The library's whole check: form, proof by the key of did:web, dates, status."""

    def check(document):
        return OB3LdpVerifier().verify(document, check_status=True, download=download, verify_status_list=False)

    return check


@pytest.fixture
def why(download):
    """What the address that a badge's status names says of it."""
    return lambda document: json.loads(download(document["credentialStatus"]["statusReference"]))["standing"]


def test_it_is_good_and_says_what_the_certificate_says(certificate, badge_of, verify):
    response = badge_of(certificate)
    found = verify(response.content)
    assert response["Content-Disposition"] == f'attachment; filename="learning-record-{certificate.code[-4:]}.json"'
    assert found.issuer.id == "did:web:testserver"
    document = json.loads(response.content)
    assert document["id"] == f"http://testserver/verify/{certificate.code}"
    assert document["validUntil"] == "2029-03-02T23:59:59Z"
    assert document["credentialSubject"]["identifier"][0]["identityHash"] == "Amira Learner"
    assert document["credentialSubject"]["achievement"]["name"] == "Domestic abuse: what everyone needs to know"
    assert "* tell when to call 999" in document["credentialSubject"]["achievement"]["criteria"]["narrative"]


@pytest.mark.parametrize(
    "tamper",
    [
        lambda it: it["credentialSubject"]["identifier"][0].update(identityHash="Bea Other"),
        lambda it: it.update(validUntil="2039-03-02T23:59:59Z"),
        lambda it: it["credentialStatus"].update(statusListIndex="131072"),
        lambda it: it["proof"][0].update(created="2020-01-01T00:00:00Z"),
    ],
    ids=["name", "end", "status", "proof"],
)
def test_one_that_was_changed_is_refused(certificate, badge_of, verify, tamper):
    document = badge_of(certificate).json()
    tamper(document)
    with pytest.raises(OB3VerificationError):
        verify(document)


def test_one_of_a_withdrawn_completion_is_refused(certificate, badge_of, verify, why, moment):
    document = badge_of(certificate).json()
    verify(document)
    ledger.void_completion(certificate.completion, reason="wrong", by=BY, at=moment)
    with pytest.raises(OB3VerificationError, match="suspension"):
        verify(document)
    assert why(document) == "withdrawn"


def test_what_was_withdrawn_is_not_signed_again(certificate, badge_of, moment):
    ledger.void_completion(certificate.completion, reason="wrong", by=BY, at=moment)
    assert badge_of(certificate).status_code == 404


def test_lists_are_not_signed_for_one_place_without_end(certificate, client, monkeypatch, moment):
    monkeypatch.setattr("certificates.verify_views.timezone.now", lambda: moment)
    monkeypatch.setattr("certificates.limits.LOOKS_A_MINUTE", 2)
    status.place_of(certificate)
    statuses = [client.get(reverse("badge-status", args=[0])).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_one_whose_page_is_paused_is_refused_until_it_is_not(certificate, badge_of, verify, why):
    document = badge_of(certificate).json()
    showing = Showing.objects.create(certificate=certificate, is_paused=True)
    with pytest.raises(OB3VerificationError, match="suspension"):
        verify(document)
    assert why(document) == "paused"
    showing.is_paused = False
    showing.save()
    verify(document)


@pytest.mark.parametrize("shape", ["png", "svg"])
def test_a_picture_carries_it(certificate, badge_of, verify, shape):
    picture = badge_of(certificate, shape).content
    if shape == "png":
        text = baking.extract_png(picture, keyword=baking.ITXT_KEYWORD_OB3)
    else:
        text = baking.extract_svg(picture, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    assert verify(text).issuer.id == "did:web:testserver"


def test_the_list_itself_is_signed(certificate, badge_of, download):
    document = badge_of(certificate).json()
    signed = json.loads(download(document["credentialStatus"]["statusListCredential"]))
    pem = _pem_of(json.loads(download("http://testserver/.well-known/did.json")))
    verify_data_integrity_proof(signed, pem)
    signed["credentialSubject"]["encodedList"] = "u" + base64.urlsafe_b64encode(b"x").decode()
    with pytest.raises(OB3VerificationError):
        verify_data_integrity_proof(signed, pem)


def test_after_the_key_is_changed_old_badges_are_still_good(certificate, badge_of, verify, settings, tmp_path):
    settings.BADGE_KEYS, settings.BADGE_KEY_FILE = [], tmp_path / "badge.keys"
    rotate()
    old = badge_of(certificate).content
    rotate()
    new = badge_of(certificate).content
    methods = [json.loads(each)["proof"][0]["verificationMethod"] for each in (old, new)]
    assert methods[0] != methods[1]
    verify(old)
    verify(new)


def test_initials_alone_go_into_the_badge_of_somebody_who_masks(certificate, badge_of, verify):
    Showing.objects.create(certificate=certificate, is_masked=True)
    content = badge_of(certificate).content
    verify(content)
    assert b"A. L." in content and b"Amira" not in content


def test_nothing_says_where_the_holder_works(certificate, badge_of, amira_post):
    body = badge_of(certificate).content.decode()
    assert not [canary for canary in ("Severn Vale", "SVH", "Midwife") if canary in body]


def test_another_persons_badge_does_not_exist(certificate, client, bea):
    client.force_login(bea)
    assert client.get(reverse("badge-json", args=[certificate.uid])).status_code in (403, 404)


def test_without_a_key_badges_are_off(certificate, badge_of, client, settings, tmp_path):
    settings.BADGE_KEYS, settings.BADGE_KEY_FILE = [], tmp_path / "none"
    assert badge_of(certificate).status_code == 503
    assert client.get(reverse("badge-status", args=[0])).status_code == 404
    assert client.get(reverse("did")).json()["verificationMethod"] == []


def _pem_of(did):
    from openbadgeslib.ob3.did import _pem_from_did_document

    return _pem_from_did_document(did)
