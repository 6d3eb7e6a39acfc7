"""A certificate's PDF is signed as it is fetched: read by the library's own validator, which trusts our key alone."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest
from django.urls import reverse
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates import printing, signing

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def key(settings, tmp_path):
    """A demo's key, in its file."""
    settings.SIGNING_KEY_FILE = tmp_path / "signing.pem"
    assert not signing.is_on()
    assert signing.make_demo_key(at=MADE_AT)
    return settings.SIGNING_KEY_FILE


def status_of(pdf: bytes, key):
    """What a validator says, that fetches nothing."""
    roots = list(load_certs_from_pemder_data(signing._of_kind(key.read_bytes(), b"CERTIFICATE")))
    trusted = ValidationContext(trust_roots=roots, allow_fetching=False, moment=datetime(2026, 11, 2, tzinfo=UTC))
    return validate_pdf_signature(PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0], trusted)


def test_what_is_fetched_is_signed_and_what_is_kept_is_not(client, amira, certificate, key):
    client.force_login(amira.user)
    response = client.get(reverse("certificate-download", args=[certificate.uid]))
    fetched = b"".join(response.streaming_content)
    kept = printing.printed(certificate).read_bytes()
    assert fetched.startswith(kept) and len(fetched) > len(kept)
    status = status_of(fetched, key)
    assert status.intact and status.valid and status.trusted
    assert status.signing_cert.subject.human_friendly == "Common Name: Training Pathway demonstration: not for real use"
    assert status.signer_reported_dt is not None


def test_the_passport_is_signed_too(client, amira, certificate, key):
    client.force_login(amira.user)
    status = status_of(client.get(reverse("passport-pdf")).content, key)
    assert status.intact and status.valid and status.trusted


def test_a_change_of_what_was_signed_is_found(certificate, key):
    made = signing.signed(printing.printed(certificate).read_bytes())
    changed = made.replace(b"/Lang", b"/Long", 1)
    assert changed != made
    assert not status_of(changed, key).intact


def test_the_field_is_as_both_standards_want_it(certificate, key):
    """It prints and is not hidden (PDF/A-3, 6.3.2), and lies outside the page, so that it needs no tag (PDF/UA, 7.18)."""
    with pikepdf.open(io.BytesIO(signing.signed(printing.printed(certificate).read_bytes()))) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        left, bottom, right, top = (float(each) for each in field.Rect)
        assert (str(field.TU), int(field.F) & 7) == ("Signature of the issuer", 4)
        assert (left, bottom) == (right, top) and max(right, top) < 0
        assert (pdf.pdf_version, pdf.Root.get("/Version"), pdf.pages[0].Tabs) == ("1.7", None, "/S")
        assert pdf.Root.MarkInfo.Marked
        assert "/ISO_" not in pdf.Root.get("/Extensions", {})


def test_the_demos_key_is_made_once_and_for_its_user_alone(key):
    before = key.read_bytes()
    assert not signing.make_demo_key(at=MADE_AT)
    assert key.read_bytes() == before
    assert key.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("data", [b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_file_that_holds_no_key_is_told_plainly(client, amira, certificate, key, data):
    key.write_bytes(data)
    client.force_login(amira.user)
    response = client.get(reverse("certificate-download", args=[certificate.uid]))
    assert response.status_code == 503
    assert b"This PDF cannot be signed at the moment" in response.content
