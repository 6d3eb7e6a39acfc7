"""After somebody's certificates are erased, their codes answer 'no longer held', and say nothing else."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from certificates import bulk
from certificates.badges import site, status
from certificates.code import new_code
from certificates.erasure import erase_certificates
from certificates.models import BadgePlace, Batch, Certificate, Share, Showing
from certificates.passport.services import make_share
from certificates.services import NothingToCertify, issue
from tests.factories import completion
from training.access.actor import Actor

BY = Actor.system("test")


@pytest.fixture
def erased(amira, certificate, completed, moment, day, certificate_root, django_capture_on_commit_callbacks):
    """Amira's certificate, corrected once, printed, shown and shared; then all of it erased."""
    corrected = Certificate.objects.create(
        completion=completed,
        code=new_code(),
        snapshot=certificate.snapshot,
        issued_at=moment,
        supersedes=certificate,
        correction="name",
    )
    file = Path(certificate_root) / certificate.uid.hex[:2] / f"{certificate.uid}-2-landscape.pdf"
    file.parent.mkdir()
    file.write_bytes(b"her name")
    Showing.objects.create(certificate=certificate, shows_agency=True)
    for each in (certificate, corrected):
        status.place_of(each)
    make_share(amira, label="", modules=(), last_on=day, by=BY, on=day, at=moment)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_certificates(amira, by=BY, at=moment) == 2
    assert not file.exists()
    return [certificate, corrected]


def test_the_code_answers_that_it_is_no_longer_held(client, erased):
    for each in erased:
        page = client.get(reverse("verify-code", args=[each.code]))
        assert page.status_code == 200
        assert "We no longer hold this certificate" in page.content.decode()
        assert "Amira" not in page.content.decode()
        answer = client.get(reverse("verify-code", args=[each.code + ".json"])).json()
        assert answer == {"is_ours": True, "standing": "no_longer_held", "standing_in_words": "No longer held"}


def test_nothing_of_it_is_left(erased):
    for model in (Certificate, Showing, Share):
        assert model._base_manager.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM certificates_gone")
        said = repr(cursor.fetchall())
    assert "Amira" not in said and not any(each.code in said for each in erased)


def test_its_badge_is_suspended(erased, day):
    places = BadgePlace.objects.everywhere(reason="test")
    assert sorted(status.suspended(0, on=day)) == sorted(places.values_list("number", flat=True))
    assert places.filter(certificate=None).count() == len(erased)


def test_none_is_issued_of_it_again(erased, completed, moment):
    with pytest.raises(NothingToCertify, match="erased"):
        issue(completed, at=moment)


def test_no_certificate_that_is_not_erased_can_be_deleted(certificate):
    rows = Certificate.objects.with_code(certificate.code)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)
    assert site.badge(certificate, name="x", at=timezone.now())


def test_no_batch_that_may_hold_it_is_left(world, amira, module, moment, django_capture_on_commit_callbacks):
    issue(completion(amira, module, agency=world.agency, method="import"), at=moment)
    said = {"module_code": "DA-A1", "source": "", "form": "zip", "shape": "card", "tells": False}
    batch = bulk.ask(world.agency, **said, by=BY, at=moment)
    file = bulk.file_of(batch)
    file.parent.mkdir(parents=True)
    file.write_bytes(b"her name")
    with django_capture_on_commit_callbacks(execute=True):
        erase_certificates(amira, by=BY, at=moment)
    assert not file.parent.exists()
    assert not Batch.objects.everywhere(reason="test").exists()


def test_the_command_asks_to_be_told_twice(amira, certificate, capsys):
    with pytest.raises(CommandError, match="Nothing was deleted"):
        call_command("erase_certificates", str(amira.uid))
    assert Certificate._base_manager.count() == 1
    call_command("erase_certificates", str(amira.uid), "--for-good")
    assert "Certificates erased: 1" in capsys.readouterr().out
    assert Certificate._base_manager.count() == 0
