"""What one may carry away: the record as CSV and PDF, and everything that is held."""

import io
import json
from datetime import date

import pikepdf
import pytest

from certificates.printing import NeedsAnotherFont
from certificates.services import issue
from home.record import as_pdf
from tests.access.reading import everything
from tests.conftest import DAY, MOMENT
from tests.factories import ModuleFactory, completion
from training.audit.models import AuditEvent


@pytest.fixture
def own(client, amira):
    """Amira, signed in."""
    client.force_login(amira.user)
    return client


def test_the_record_is_a_tagged_pdf_with_a_neutral_name(own, amira):
    certificate = issue(completion(amira, ModuleFactory(), on=date(2026, 3, 2)), at=MOMENT)
    answer = own.get("/learning/record.pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="learning-record.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en-GB"
        assert str(document.docinfo["/Title"]) == "Learning record"
    text = everything(answer)
    for words in ("Amira Learner", "Module title DA-A1", "2 March 2026", certificate.grouped_code):
        assert words.replace(" ", "") in text.replace(" ", "")


def test_an_empty_record_prints_too(own):
    assert own.get("/learning/record.pdf").status_code == 200


def test_a_name_in_letters_we_lack_is_refused_in_words_and_the_spreadsheet_offered(own, amira):
    with pytest.raises(NeedsAnotherFont):
        as_pdf("\u0e01\u0e32", (), on=DAY)
    amira.first_name = "\u0e01\u0e32"
    amira.save()
    answer = own.get("/learning/record.pdf")
    assert answer.status_code == 409
    assert "/learning/record/" in answer.content.decode()


def test_what_is_held_is_said_with_why_and_for_how_long(own, amira):
    completion(amira, ModuleFactory(), on=date(2026, 3, 2))
    page = own.get("/learning/held/").content.decode()
    assert "<title>Learning</title>" in page
    assert "To prove what you have learnt, to you and to those who may rely on it" in page
    assert "until six years after the person has left every agency" in page
    assert "amira@svh.example" in page
    assert "2 March 2026" in page


def test_all_of_it_leaves_as_a_file_and_that_is_on_record(own, amira):
    completion(amira, ModuleFactory(), on=date(2026, 3, 2))
    answer = own.get("/learning/held.json")
    document = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="learning-held.json"'
    assert document["person"] == str(amira.uid)
    tables = {each["table"]: each["rows"] for each in document["tables"]}
    assert tables["ledger.Entry"][0]["module_code"] == "DA-A1"
    assert AuditEvent.objects.filter(verb="person exported", actor=f"user:{amira.user.uid}").count() == 1


def test_nobody_elses_is_in_it(own, amira, world):
    from tests.home.agency.conftest import colleague

    other = colleague(world.agency, "Canary")
    completion(other, ModuleFactory(), on=date(2026, 3, 2))
    for address in ("/learning/held/", "/learning/held.json", "/learning/record.pdf"):
        assert b"Canary" not in own.get(address).content
