"""Learners give evidence, HR decides; done once, audited, and files kept apart."""

import io
import os
import zlib
from datetime import date, timedelta

import pytest
from django.db import transaction
from PIL import Image

from tests.evidence.conftest import BY, recorded, waiting
from tests.evidence.files import csv_file, done
from training.audit.models import AuditEvent
from training.evidence.errors import EvidenceError, NotWaiting, TooManyOpen
from training.evidence.models import Evidence, EvidenceFile, SetAside
from training.evidence.services import (
    Given,
    accept_evidence,
    answer_question,
    ask_for_more,
    bring_back,
    decline_evidence,
    give_evidence,
    look_again,
    set_aside,
    withdraw,
)
from training.evidence.uploads import forget_files, look_at, path_of, sweep_files
from training.ledger.models import Completion
from training.notices.models import Notice
from training.people.models import Employment
from training.people.roster.limits import Refused

GIVEN = Given("Asking well", "Sea Training", date(2026, 3, 2), "Cert 7")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n"


def picture(kind="JPEG", size=(60, 40), mode="RGB", **more) -> bytes:
    """A picture; with exif, as a camera writes it."""
    out = io.BytesIO()
    Image.new(mode, size, "white").save(out, kind, **more)
    return out.getvalue()


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    """Where files are kept."""
    settings.EVIDENCE_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def give(amira, world, moment):
    """Amira gives evidence to her agency's HR."""

    def give(given=GIVEN, *files: bytes, at=moment) -> Evidence:
        looked = [look_at(io.BytesIO(each)) for each in files]
        return give_evidence(amira, world.agency, given, looked, by=BY, at=at)

    return give


def test_accepting_puts_it_into_the_ledger_once(give, module, moment, amira):
    evidence = give(GIVEN, PDF)
    for _ in range(2):
        accept_evidence(evidence, module=module, by=BY, at=moment)
    stands = Completion.objects.everywhere(reason="test").get()
    assert (stands.person, stands.module, stands.completed_on, stands.method) == (
        amira,
        module,
        date(2026, 3, 2),
        "evidence",
    )
    assert (stands.evidence, stands.source, stands.agency.code) == (
        "Asking well (Sea Training); Cert 7",
        f"evidence:{evidence.uid}",
        "SVH",
    )
    evidence.refresh_from_db()
    assert (evidence.state, evidence.entry_id) == ("accepted", stands.pk)
    assert AuditEvent.objects.filter(verb="evidence accepted", object_uid=str(evidence.uid)).count() == 1


def test_the_same_evidence_twice_waits_once(give):
    assert give(GIVEN, PDF) == give(GIVEN, PDF)
    assert EvidenceFile.objects.everywhere(reason="test").count() == 1


def test_mails_say_nothing_of_what_it_is_about(give, module, moment):
    decline_evidence(give(), said="It is about fire safety", by=BY, at=moment)
    mail = Notice.objects.everywhere(reason="test").get()
    assert (mail.subject, mail.address) == ("Learning", "amira@svh.example")
    assert "fire" not in mail.body
    assert "Asking" not in mail.body


def test_declining_says_why_and_leaves_room_for_better_evidence(give, moment):
    first = give()
    with pytest.raises(EvidenceError, match="Say why"):
        decline_evidence(first, said=" ", by=BY, at=moment)
    decline_evidence(first, said="We cannot read it", by=BY, at=moment)
    second = give()
    assert (second != first, second.state) == (True, "waiting")


def test_what_is_decided_is_decided(give, module, moment):
    evidence = give()
    decline_evidence(evidence, said="No", by=BY, at=moment)
    with pytest.raises(NotWaiting, match="declined"):
        accept_evidence(evidence, module=module, by=BY, at=moment)
    assert recorded() == []


def test_a_question_and_its_answer(give, moment):
    evidence = give()
    ask_for_more(evidence, said="Who gave the course?", by=BY, at=moment)
    asked = Evidence.objects.everywhere(reason="test").get()
    assert (asked.state, asked.said) == ("asked", "Who gave the course?")
    answer_question(asked, [look_at(io.BytesIO(PDF))], by=BY, at=moment)
    assert Evidence.objects.everywhere(reason="test").get().state == "waiting"


def test_withdrawing_deletes_the_files(give, moment, root, django_capture_on_commit_callbacks):
    evidence = give(GIVEN, PDF)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(evidence, by=BY, at=moment)
    assert [path for path in root.rglob("*") if path.is_file()] == []
    assert give() != evidence


def test_withdrawing_leaves_nothing_of_what_it_said(give, moment):
    kept = withdraw(give(), by=BY, at=moment)
    kept.refresh_from_db()
    said = (kept.external_title, kept.provider, kept.reference, kept.title_key, kept.provider_key)
    assert said == ("", "", "", "", "")


def test_files_go_ninety_days_after_the_decision(give, module, moment, root, django_capture_on_commit_callbacks):
    evidence = give(GIVEN, PDF)
    accept_evidence(evidence, module=module, by=BY, at=moment)
    assert forget_files(at=moment + timedelta(days=90)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_files(at=moment + timedelta(days=90, seconds=1)) == 1
    assert not path_of(EvidenceFile(uid=evidence.uid)).exists()
    assert [path for path in root.rglob("*") if path.is_file()] == []
    assert recorded() != []


def test_files_that_nobody_decides_about_go_after_a_year(give, moment, root, django_capture_on_commit_callbacks):
    give(GIVEN, PDF)
    assert forget_files(at=moment + timedelta(days=365)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_files(at=moment + timedelta(days=365, seconds=1)) == 1
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_bytes_that_no_row_names_are_swept_a_day_later(give, moment, root):
    give(GIVEN, PDF)
    kept = path_of(EvidenceFile.objects.everywhere(reason="test").get())
    folder = root / "07"
    folder.mkdir(exist_ok=True)
    lost, part, new = folder / ("07" + "a" * 30), folder / ("07" + "b" * 30 + ".part"), folder / ("07" + "c" * 30)
    for path, age in ((lost, 25), (part, 25), (new, 10), (kept, 25)):
        path.exists() or path.write_bytes(b"x")
        os.utime(path, times=((moment - timedelta(hours=age)).timestamp(),) * 2)
    swept = sum(sweep_files(at=moment + timedelta(minutes=minutes)) for minutes in range(256))
    left = {path for path in root.rglob("*") if path.is_file()}
    assert (swept, left) == (2, {kept, new})


def test_twenty_things_at_once_are_the_most(give, moment, day):
    for number in range(20):
        one = give(Given(f"Course {number}", "", day))
    with pytest.raises(TooManyOpen, match="20 things"):
        give(Given("One more", "", day))
    assert give(Given("Course 3", "", day)).state == "waiting", "what waits already may be given again"
    withdraw(one, by=BY, at=moment)
    assert give(Given("One more", "", day)).state == "waiting"


def test_a_file_is_kept_under_a_random_name_for_this_system_alone(give, root):
    give(GIVEN, PDF)
    kept = EvidenceFile.objects.everywhere(reason="test").get()
    path = path_of(kept)
    assert (path.read_bytes(), path.stat().st_mode & 0o777, path.suffix) == (PDF, 0o600, "")


def test_pictures_lose_what_the_camera_wrote(real_child):
    exif = Image.Exif()
    exif[0x010F] = "canary-maker"
    exif[0x8825] = {1: "N", 2: (51.0, 52.0, 0.0)}
    taken = picture(exif=exif)
    assert b"canary" in taken
    looked = look_at(io.BytesIO(taken))
    assert looked.kind == "jpeg"
    assert b"canary" not in looked.content
    assert dict(Image.open(io.BytesIO(looked.content)).getexif()) == {}


def packed(objects: bytes, head: bytes = b"/Type/ObjStm/Filter/FlateDecode", *, content: bytes = b"") -> bytes:
    """A PDF whose objects lie in a compressed stream."""
    stream = content or zlib.compress(objects)
    body = b"2 0 obj<<%s/N 1/First 4/Length %d>>stream\r\n%s\nendstream endobj\n" % (head, len(stream), stream)
    return PDF.replace(b"startxref", body + b"startxref")


PROGRAM = b"3 0 <</OpenAction<</S/JavaScript/JS(app.alert)>>>>"
BAD = {
    "PDF with a packed program": (packed(PROGRAM), "The PDF holds a program"),
    "PDF with a packed hidden program": (packed(PROGRAM.replace(b"a", b"#61").replace(b"/JS", b"")), "The PDF holds"),
    "PDF with a packed program of no type": (packed(PROGRAM, b"/Filter/FlateDecode"), "The PDF holds a program"),
    "PDF with a type written otherwise": (packed(PROGRAM, b"/Type/Obj#53tm/Filter/Flate#44ecode"), "The PDF holds"),
    "PDF packed twice": (packed(PROGRAM, b"/Type/ObjStm/Filter[/FlateDecode/FlateDecode]"), "The PDF has parts"),
    "PDF packed another way": (packed(PROGRAM, b"/Type/ObjStm/Filter/LZWDecode"), "The PDF has parts"),
    "PDF packed without a word": (packed(PROGRAM, b"/Type/ObjStm/Filter/Fl"), "The PDF has parts"),
    "PDF with a broken pack": (packed(b"", content=b"no zlib"), "The PDF has parts"),
    "PDF with half a pack": (packed(b"", content=zlib.compress(b"3 0 <<>>" * 99)[:20]), "The PDF has parts"),
    "PDF that swells": (packed(b"3 0 " + b" " * (65 * 2**20)), "The PDF has parts"),
    "empty": (b"", "The file is empty."),
    "web page": (b"<html><script>", "The file is not a PDF, a JPEG or a PNG."),
    "program": (b"MZ\x90\x00", "The file is not a PDF, a JPEG or a PNG."),
    "SVG": (b"<svg onload='x'>", "The file is not a PDF, a JPEG or a PNG."),
    "half a PDF": (b"%PDF-1.4\n1 0 obj", "The file is damaged."),
    "locked PDF": (PDF.replace(b"/Catalog", b"/Catalog/Encrypt 2 0 R"), "The PDF is locked with a password."),
    "PDF with a program": (
        PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"),
        "The PDF holds a program",
    ),
    "PDF with a hidden program": (PDF.replace(b"/Catalog", b"/Catalog/S/J#61vaScript"), "The PDF holds a program"),
    "half a picture": (picture()[:200], "The file is damaged."),
    "picture under another name": (b"\xff\xd8\xff" + picture("PNG"), "The file is damaged."),
    "huge picture": (picture("PNG", (9000, 9000), "1"), "The picture is too large."),
    "too many bytes": (b"%PDF-" + b"0" * 10_000_001, "The file is larger than 10 MB."),
}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_words(name):
    content, words = BAD[name]
    with pytest.raises(Refused) as refusal:
        look_at(io.BytesIO(content))
    assert str(refusal.value).startswith(words)


def test_a_plain_pdf_with_packed_objects_is_kept(real_child):
    plain = packed(b"3 0 <</Type/Pages/Kids[]/Count 0>>")
    assert look_at(io.BytesIO(plain)).content == plain


def test_five_files_are_the_most(give):
    with pytest.raises(Refused, match="5 files"), transaction.atomic():
        give(GIVEN, *(picture(size=(number, 9)) for number in range(1, 7)))
    assert EvidenceFile.objects.everywhere(reason="test").count() == 0


def test_the_future_is_refused(give, day):
    with pytest.raises(EvidenceError, match="yet to come"):
        give(Given("Asking well", "", day + timedelta(days=1)))


def test_evidence_of_nobody_we_know_is_accepted_for_somebody(load, module, staff, world, moment):
    load(csv_file(done(employee_ref="9")))
    evidence = Evidence.objects.within(world.agency).get()
    with pytest.raises(EvidenceError, match="whose training"):
        accept_evidence(evidence, module=module, by=BY, at=moment)
    accept_evidence(evidence, module=module, person=staff["2"], by=BY, at=moment)
    assert recorded() == [("2", "DA-A1", "2026-03-02", "evidence")]
    with pytest.raises(NotWaiting):
        ask_for_more(evidence, said="?", by=BY, at=moment)


def test_looking_again_finds_people_who_came_since(load, world, staff, day, moment):
    load(csv_file(done(employee_ref="9"), done(employee_ref="8")))
    employment = Employment.objects.within(world.agency).get(employee_ref="2")
    employment.employee_ref = "9"
    employment.save()
    assert look_again(world.agency, on=day, by=BY, at=moment) == 1
    assert recorded() == [("9", "DA-A1", "2026-03-02", "import")]
    assert [row[0] for row in waiting()] == ["8"]


def test_a_title_set_aside_waits_no_longer_until_it_is_brought_back(load, world, moment):
    rows = [done(course_code="", external_title="NHS|CSTF|Fire - 2 Years|", employee_ref=ref) for ref in "12"]
    load(csv_file(*rows, done(employee_ref="9")))
    assert set_aside(world.agency, title="Fire", provider="NHS CSTF", by=BY, at=moment) == 2
    assert [row[0] for row in waiting()] == ["9"]
    assert load(csv_file(*rows)).counts["skipped"] == 2
    assert bring_back(SetAside.objects.get(), by=BY, at=moment) == 2
    assert len(waiting()) == 3
