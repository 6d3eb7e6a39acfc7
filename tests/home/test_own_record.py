"""What one may carry away: the record as CSV, and everything that is held."""

import json
from datetime import date

import pytest

from tests.factories import ModuleFactory, completion
from training.audit.models import AuditEvent


@pytest.fixture
def own(client, amira):
    """Amira, signed in."""
    client.force_login(amira.user)
    return client


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
    for address in ("/learning/held/", "/learning/held.json", "/learning/passport.pdf"):
        assert b"Canary" not in own.get(address).content
