"""Many certificates at once: by the worker, a few seconds at a time, without those who asked to be protected."""

import io
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from certificates import bulk, printing, tasks
from certificates.looks import Shape
from certificates.models import Batch, Certificate, PrintedName
from certificates.services import issue
from tests.conftest import MOMENT, _staff
from tests.factories import ModuleFactory, completion
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.notices.models import Notice
from training.press import press

BY = Actor.system("test")
ALL = Batch.objects.everywhere(reason="test")


@pytest.fixture
def three(world, amira, module):
    """Three of the hospital have completed it, as its file of completions said."""
    people = [amira, _staff(world.agency, "Bo", "Zhang", "MIDWIFE"), _staff(world.agency, "Cem", "Yıldız", "MIDWIFE")]
    said = {"method": "import", "agency": world.agency, "source": f"file:{'0' * 36}"}
    return [completion(person, module, **said) for person in people]


def asked(world, **more) -> Batch:
    """A batch that HR asked for."""
    said = {"module_code": "DA-A1", "source": "", "form": "zip", "shape": "card", "tells": False} | more
    return bulk.ask(world.agency, **said, by=BY, at=MOMENT)


def test_a_zip_holds_one_for_each_the_very_file_that_its_holder_fetches(world, three):
    batch = asked(world)
    assert bulk.work_on(batch, at=MOMENT)
    assert (batch.count, batch.done, batch.left_out, batch.is_ready) == (3, 3, 0, True)
    with zipfile.ZipFile(bulk.file_of(batch)) as archive:
        assert archive.namelist() == [f"learning-record-0000{number}.pdf" for number in (1, 2, 3)]
        held = [archive.read(name) for name in archive.namelist()]
    own = [printing.printed(issue(each, at=MOMENT), Shape.CARD).read_bytes() for each in three]
    assert held == own


def test_one_file_to_print_holds_a_page_for_each_with_its_name_and_tags(world, three):
    batch = asked(world, form="print", shape="landscape")
    assert bulk.work_on(batch, at=MOMENT)
    path = bulk.file_of(batch)
    assert path.suffix == ".pdf" and [each.name for each in path.parent.iterdir()] == ["all.pdf"]
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 3
        assert pdf.Root.MarkInfo.Marked


def test_it_goes_on_where_it_stopped_and_draws_nothing_twice(world, three, monkeypatch):
    monkeypatch.setattr(bulk, "STEP", 1)
    drawn = []
    real = press.pdfs
    monkeypatch.setattr(press, "pdfs", lambda pages, **how: real((drawn.append(page) or page for page in pages), **how))
    batch = asked(world)
    assert not bulk.work_on(batch, at=MOMENT, seconds=0.0)
    assert (batch.done, len(drawn), batch.is_ready) == (1, 1, False)
    assert bulk.work_on(batch, at=MOMENT)
    assert (batch.done, len(drawn)) == (3, 3)


def test_a_turn_reads_nothing_again_of_the_turns_before(world, three, monkeypatch):
    monkeypatch.setattr(bulk, "STEP", 1)
    batch = asked(world)
    assert not bulk.work_on(batch, at=MOMENT, seconds=0.0)
    read = []
    real = bulk.certificates_of
    monkeypatch.setattr(bulk, "certificates_of", lambda rows: read.append(rows) or real(rows))
    assert not bulk.work_on(batch, at=MOMENT, seconds=0.0)
    assert (batch.done, len(read)) == (2, 1)


def test_a_turn_is_taken_by_one_worker_alone(world, three):
    batch = asked(world)
    other = ALL.get()
    assert bulk.take(batch, at=MOMENT)
    assert not bulk.take(other, at=MOMENT)
    tasks.print_batch.enqueue(str(batch.uid), 0)  # which was in the queue twice
    assert ALL.get().done == 0


def test_a_worker_that_is_thought_dead_stops_where_another_has_gone_on(world, three, monkeypatch):
    real = press.pdfs
    batch = asked(world, tells=True)
    assert bulk.take(batch, at=MOMENT)

    def slowly(pages, **how):
        monkeypatch.setattr(press, "pdfs", real)
        tasks.resume_batches(at=MOMENT + timedelta(minutes=3))  # done at once here: there is no worker
        return real(pages, **how)

    monkeypatch.setattr(press, "pdfs", slowly)
    with pytest.raises(bulk.TurnLost):
        bulk.work_on(batch, at=MOMENT)
    assert ALL.get().is_ready and bulk.file_of(batch).exists()
    assert Notice.objects.everywhere(reason="test").count() == 3  # each was told once


def test_a_batch_that_is_erased_while_it_is_drawn_leaves_no_file(world, three, monkeypatch):
    real = press.pdfs
    monkeypatch.setattr(press, "pdfs", lambda pages, **how: ALL.all().delete() and real(pages, **how))
    batch = asked(world, form="print")
    with pytest.raises(bulk.TurnLost):
        bulk.work_on(batch, at=MOMENT)
    assert not bulk.file_of(batch).parent.exists()


def test_who_is_protected_has_left_or_learnt_elsewhere_is_left_out(world, three, module):
    three[1].person.is_protected = True
    three[1].person.save()
    completion(_staff(world.neighbour, "Zed", "Other", "POLICE_RESPONSE"), module, method="import")
    assert asked(world).count == 2


def test_a_name_that_another_agency_confirmed_is_not_printed_for_this_one(world, three):
    said = {"name": "Another Name", "asked_at": MOMENT, "answered_at": MOMENT, "is_confirmed": True}
    PrintedName.objects.create(person=three[1].person, agency=world.neighbour, **said)
    PrintedName.objects.create(person=three[2].person, agency=world.agency, **said)
    assert asked(world).count == 2


def test_who_asks_to_be_protected_is_in_no_file_that_was_made_before(client, bea, world, three):
    batch = asked(world)
    bulk.work_on(batch, at=MOMENT)
    three[1].person.is_protected = True
    three[1].person.save()
    client.force_login(bea)
    assert client.get(reverse("certificate-batch", args=["SVH", batch.uid])).status_code == 404
    page = client.get(reverse("certificate-batches", args=["SVH"])).content.decode()
    assert "Make the file again" in page and "Save 3" not in page


def test_who_comes_does_not_hide_that_another_has_gone(world, three):
    three[2].person.is_protected = True
    three[2].person.save()
    batch = asked(world)
    bulk.work_on(batch, at=MOMENT)
    assert not bulk.is_stale(batch, at=MOMENT)
    for each, is_protected in ((three[1], True), (three[2], False)):
        each.person.is_protected = is_protected
        each.person.save()
    assert bulk.is_stale(batch, at=MOMENT)


def test_what_is_recorded_later_makes_no_file_out_of_date(world, three, module):
    batch = asked(world)
    later = _staff(world.agency, "Dee", "Late", "MIDWIFE")
    completion(later, module, method="import", agency=world.agency, at=MOMENT + timedelta(seconds=1))
    bulk.work_on(batch, at=MOMENT + timedelta(seconds=2))
    assert batch.count == 3 and not bulk.is_stale(batch, at=MOMENT + timedelta(seconds=9))


def test_who_asks_to_be_protected_while_it_is_made_is_not_in_it(world, three, monkeypatch):
    monkeypatch.setattr(bulk, "STEP", 1)
    batch = asked(world, form="print", shape="landscape")
    assert not bulk.work_on(batch, at=MOMENT, seconds=0.0)
    three[0].person.is_protected = True
    three[0].person.save()
    assert bulk.work_on(batch, at=MOMENT)
    assert [each.name for each in bulk.file_of(batch).parent.iterdir()] == ["all.zip"]
    pages = []
    with zipfile.ZipFile(bulk.file_of(batch)) as archive:
        for name in archive.namelist():
            with pikepdf.open(io.BytesIO(archive.read(name))) as pdf:
                pages += [str(link.A.URI).rpartition("/")[2] for page in pdf.pages for link in page.Annots]
    assert set(pages) == {issue(each, at=MOMENT).code for each in three[1:]}


def test_where_nobody_is_left_the_file_is_empty_and_done(world, three):
    batch = asked(world, form="print")
    for each in three:
        each.person.is_protected = True
        each.person.save()
    assert bulk.work_on(batch, at=MOMENT)
    assert batch.is_ready and batch.count == 0


def test_a_file_of_completions_is_printed_whole_and_no_more(world, amira, three):
    completion(amira, ModuleFactory(code="DA-B1"), agency=world.agency, method="import")
    assert asked(world, module_code="", source=f"file:{'0' * 36}").count == 3
    with pytest.raises(bulk.NothingToPrint):
        asked(world, module_code="", source=f"file:{'1' * 36}")


def test_letters_that_cannot_be_printed_stop_nobody_else(world, three):
    person = three[0].person
    person.preferred_name = "Ada 🤱"
    person.save()
    batch = asked(world)
    assert bulk.work_on(batch, at=MOMENT)
    assert (batch.done, batch.left_out) == (3, 1)
    with zipfile.ZipFile(bulk.file_of(batch)) as archive:
        assert len(archive.namelist()) == 2


def test_each_may_be_told_where_it_is_and_of_nothing_else(world, amira, three):
    bulk.work_on(asked(world, tells=True), at=MOMENT)
    told = Notice.objects.everywhere(reason="test").filter(user=amira.user)
    assert [notice.subject for notice in told] == ["Learning"]
    assert "abuse" not in told[0].body.lower()


def test_after_a_week_it_is_gone_and_what_a_crash_left_is_taken_up(world, three):
    asked(world)
    assert tasks.resume_batches(at=MOMENT + timedelta(minutes=1)) == 0
    assert tasks.resume_batches(at=MOMENT + timedelta(minutes=3)) == 1  # done at once here: there is no worker
    path = bulk.file_of(ALL.get())
    assert path.exists()
    assert bulk.forget_batches(at=MOMENT + timedelta(days=6)) == 0
    assert bulk.forget_batches(at=MOMENT + timedelta(days=7)) == 1
    assert not path.exists() and not ALL.exists()
    assert Certificate.objects.everywhere(reason="test").count() == 3


def test_where_it_cannot_be_made_hr_is_told(world, three, monkeypatch):
    def nothing(pages, **how):
        raise press.NoEngine("no Pango")

    monkeypatch.setattr(press, "pdfs", nothing)
    batch = asked(world)
    tasks.print_batch.enqueue(str(batch.uid))
    batch.refresh_from_db()
    assert batch.problem == tasks.FAILED and not batch.is_ready


def test_hr_asks_on_their_page_and_fetches_what_was_made(client, bea, three):
    client.force_login(bea)
    page = reverse("certificate-batches", args=["SVH"])
    said = {"module": "DA-A1", "form": "zip", "shape": "card"}
    answer = client.post(page, said, follow=True).content.decode()
    assert "Save 3 certificates" in answer
    batch = ALL.get()
    response = client.get(reverse("certificate-batch", args=["SVH", batch.uid]))
    assert response["Content-Disposition"] == 'attachment; filename="learning-records.zip"'
    assert len(zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))).namelist()) == 3
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"certificates printed", "certificates fetched"} <= verbs


def test_hr_reads_what_the_file_will_not_be(client, bea, world, three, monkeypatch):
    """No signed files, where their holders get those; and not always the one file that was asked for."""
    client.force_login(bea)
    page = reverse("certificate-batches", args=["SVH"])
    plain = client.get(page).content.decode()
    assert "more than 50 certificates" in plain and "no electronic signature" not in plain
    monkeypatch.setattr("certificates.signing.is_on", lambda: True)
    made = {"form": "print", "is_zip": True, "ended_at": timezone.now(), "count": 3, "done": 3}
    made["keys_sum"] = sum(each.pk for each in three)
    ALL.filter(pk=asked(world).pk).update(**made)
    told = client.get(page).content.decode()
    assert "no electronic signature" in told and "Save 3 certificates, several files in a ZIP" in told


def test_while_a_file_is_made_the_page_looks_again_and_loses_nothing_that_was_chosen(client, bea, world, three):
    asked(world)
    client.force_login(bea)
    page = reverse("certificate-batches", args=["SVH"])
    watching, more = client.get(page), client.get(page, {"more": "1"})
    assert watching["Refresh"] == "5" and "0 of 3 so far" in watching.content.decode()
    assert "Make the file" not in watching.content.decode()
    assert "Make the file" in more.content.decode() and "Refresh" not in more


def test_a_module_that_nobody_has_is_refused_in_words(client, bea, three):
    client.force_login(bea)
    page = reverse("certificate-batches", args=["SVH"])
    assert "Choose a module" in client.post(page, {"form": "zip", "shape": "card"}).content.decode()


def test_the_neighbours_hr_sees_and_fetches_nothing_of_it(client, dot, world, three):
    batch = asked(world)
    bulk.work_on(batch, at=MOMENT)
    client.force_login(dot)
    assert client.get(reverse("certificate-batches", args=["SVH"])).status_code == 404
    for code in ("SVH", "SVP"):
        assert client.get(reverse("certificate-batch", args=[code, batch.uid])).status_code == 404
