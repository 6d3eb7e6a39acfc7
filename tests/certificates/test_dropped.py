"""A file dropped on the check page: read in the confined child, and believed no further than its proof."""

import io
import json
import zlib
from datetime import timedelta
from threading import BoundedSemaphore

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certificates import dropped, limits
from certificates import dropped_look as look
from certificates.badges import bake, site
from certificates.models import LookCount
from certificates.passport.bundle import bundle
from certificates.passport.selectors import passport_of
from training.people.roster.limits import Refused


@pytest.fixture
def badge(certificate):
    """Amira's certificate as a badge."""
    return site.badge(certificate, name="Amira Learner", at=timezone.now())


@pytest.fixture
def found():
    """What the child makes of bytes, without a child."""
    from certificates.badges.keys import public_keys

    keys = {site.method_of(each.name): each.name for each in public_keys()}
    return lambda data: look.code_in(data, site="http://testserver", keys=keys)


def pdf_with(*addresses: str) -> bytes:
    """A page with links."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        links = [{"/Subtype": pikepdf.Name.Link, "/A": {"/S": pikepdf.Name.URI, "/URI": each}} for each in addresses]
        page.Annots = pdf.make_indirect(pikepdf.Array([pikepdf.Dictionary(each) for each in links]))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_a_badge_leads_to_its_certificate(client, certificate, badge):
    """The whole way, through a real child."""
    file = SimpleUploadedFile("x.png", bake.png(badge))
    response = client.post(reverse("verify-file"), {"file": file})
    assert response.url == reverse("verify-code", args=[certificate.code])


@pytest.mark.parametrize("baked", [lambda it: json.dumps(it).encode(), bake.png, bake.svg])
def test_in_each_of_its_shapes(found, certificate, badge, baked):
    assert found(baked(badge)) == certificate.code


def test_a_packed_chunk_is_unpacked(found, certificate, badge):
    plain = b"openbadgecredential" + bytes(5) + bake.as_text(badge).encode()
    packed = b"openbadgecredential\0\1\0\0\0" + zlib.compress(bake.as_text(badge).encode())
    content = bake.png(badge)
    chunk = (len(packed)).to_bytes(4) + b"iTXt" + packed + bytes(4)
    start = content.index(plain) - 8
    assert found(content[:start] + chunk + content[start + 12 + len(plain) :]) == certificate.code


def test_a_pdf_leads_to_the_code_it_links_to(found, certificate):
    address = f"http://testserver/verify/{certificate.code}"
    assert found(pdf_with("https://elsewhere.example/", address)) == certificate.code


def test_a_badge_that_was_changed_is_refused(found, badge):
    badge["credentialSubject"]["identifier"][0]["identityHash"] = "Bea Other"
    with pytest.raises(Refused, match="changed since"):
        found(json.dumps(badge).encode())


DEEP = b"{" + b'"a":{' * 20_000
BOMB = b"openbadgecredential\0\1\0\0\0" + zlib.compress(bytes(50_000_000))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a PDF"),
        (b"MZ program", "not a PDF"),
        (b"{}", "changed since"),
        (b"[" * 100_000, "not a PDF"),
        (DEEP, "changed since"),
        (b"%PDF-1.7 nonsense", "damaged"),
        (pdf_with("https://elsewhere.example/verify/" + "0" * 32), "No code of ours"),
        (look.PNG + b"\xff\xff\xff\xffiTXt", "no badge"),
        (look.PNG + len(BOMB).to_bytes(4) + b"iTXt" + BOMB + bytes(4), "too large to be read here"),
        (b'{"a": "' + bytes(look.MOST_CREDENTIAL) + b'"}', "too large to be read here"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no badge"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><svg>&a;</svg>", "damaged"),
        (b"<svg", "damaged"),
    ],
    ids=lambda it: it[:12] if isinstance(it, bytes) else "",
)
def test_anything_else_gets_a_plain_answer(found, data, said):
    with pytest.raises(Refused, match=said):
        found(data)


def test_one_that_another_key_signed_is_refused(found, certificate, badge, settings):
    settings.BADGE_KEYS = ["c29tZWJvZHkgZWxzZSwgMzIgYnl0ZXMgaW4gYWxsISE="]
    foreign = site.badge(certificate, name="Amira Learner", at=timezone.now())
    with pytest.raises(Refused, match="not made here"):
        found(json.dumps(foreign).encode())


def test_a_file_that_is_refused_is_said_so_on_the_page(client, db):
    response = client.post(reverse("verify-file"), {"file": SimpleUploadedFile("x.pdf", b"nothing")})
    assert response.status_code == 400
    assert "The file is not a PDF, and not a badge" in response.content.decode()


def test_no_more_children_at_once_than_memory_allows(client, db, monkeypatch):
    monkeypatch.setattr(dropped, "AT_ONCE", BoundedSemaphore(1))
    file = SimpleUploadedFile("x.pdf", b"nothing")
    with dropped.AT_ONCE, pytest.raises(Refused, match="just now"):
        dropped.code_in(file)
    with pytest.raises(Refused, match="not a PDF"):
        dropped.code_in(file)


def test_one_address_has_one_file_looked_at_at_a_time(client, db, moment):
    def is_busy(address, at=moment):
        with limits.is_looking_already(address, at=at) as answer:
            return answer

    with limits.is_looking_already("192.0.2.1", at=moment) as first:
        assert [first, is_busy("192.0.2.1"), is_busy("192.0.2.2")] == [False, True, False]
        assert not is_busy("192.0.2.1", moment + timedelta(minutes=1))  # whoever died over it
    assert not is_busy("192.0.2.1")


def test_a_look_that_went_uncounted_takes_none_away(db, moment, monkeypatch):
    with limits.is_looking_already("192.0.2.1", at=moment):
        monkeypatch.setattr(limits, "_counted", lambda who, **more: 0)  # as where the database is busy
        with limits.is_looking_already("192.0.2.1", at=moment):
            pass
        assert LookCount.objects.get().looks == 1
    assert LookCount.objects.get().looks == 0


def test_who_has_a_file_looked_at_already_is_asked_to_wait(client, db):
    with limits.is_looking_already("127.0.0.1", at=timezone.now()):
        response = client.post(reverse("verify-file"), {"file": SimpleUploadedFile("x.pdf", b"nothing")})
    assert response.status_code == 400
    assert "being looked at already" in response.content.decode()


class Unread(io.BytesIO):
    """A body that must not be read."""

    def read(self, *args):
        raise AssertionError("it was read")

    readline = readlines = read


def test_what_is_too_large_is_refused_before_it_is_read(db):
    said = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": "6000000000"}
    response = Client(enforce_csrf_checks=True).post(reverse("verify-file"), b"", **said | {"wsgi.input": Unread()})
    assert response.status_code == 400
    assert "larger than 5 MB" in response.content.decode()


def test_a_file_without_the_forms_token_is_refused(db):
    file = SimpleUploadedFile("x.pdf", b"nothing")
    assert Client(enforce_csrf_checks=True).post(reverse("verify-file"), {"file": file}).status_code == 403


def test_six_files_a_minute_are_enough(client, db, monkeypatch, moment):
    monkeypatch.setattr("certificates.verify_views.timezone.now", lambda: moment)
    statuses = [client.post(reverse("verify-file")).status_code for _ in range(7)]
    assert statuses == [400] * 6 + [429]


def test_a_whole_record_is_known_and_leads_to_no_single_certificate(found, amira, certificate):
    lines = passport_of(amira, on=timezone.localdate())
    record = bundle(lines, name="Amira Learner", is_partial=False, at=timezone.now())
    with pytest.raises(Refused, match="a whole record, and it is ours"):
        found(json.dumps(record).encode())
