"""Somebody who asks gets everything that is held on them, and nothing of anybody else's."""

import json
import stat

import pytest
from django.core.management import CommandError, call_command

from tests.factories import EmploymentFactory, PersonFactory, UserFactory
from tests.privacy.planting import Planter
from training.audit.models import AuditEvent
from training.privacy.export import everything_on
from training.privacy.holdings import all_holdings


@pytest.fixture
def planted(amira):
    """Amira, with a row in every declared table."""
    planter = Planter(amira, by=f"user:{amira.user.uid}")
    for holding in all_holdings():
        planter.plant(holding)
    return amira


@pytest.fixture
def bystander(db):
    """On no roster, with a login: only the person and the login are held."""
    return PersonFactory(first_name="Bystander", user=UserFactory(email="bystander@example.org"))


def test_every_declared_table_gives_its_rows(planted):
    empty = [each.holding.model for each in everything_on(planted.uid) if not each.rows]
    assert empty == []


def test_nothing_of_another_persons_comes_along(planted, bystander):
    held = {each.holding.model: each.rows for each in everything_on(bystander.uid) if each.rows}
    assert set(held) == {"people.Person", "people.User"}
    assert "Amira" not in repr(held)
    assert "amira@" not in repr(held)


def test_the_audit_shows_what_one_did_and_what_was_done_to_one(amira, bea, moment):
    for actor, object_uid, verb in (
        (f"user:{amira.user.uid}", "", "looked"),
        (f"user:{bea.uid}", amira.uid, "person exported"),
        (f"user:{bea.uid}", amira.user.uid, "role granted"),
        (f"user:{bea.uid}", bea.uid, "looked elsewhere"),
    ):
        AuditEvent.objects.create(at=moment, actor=actor, verb=verb, object_uid=str(object_uid))
    [audit] = [each for each in everything_on(amira.uid) if each.holding.model == "audit.AuditEvent"]
    assert [row["verb"] for row in audit.rows] == ["looked", "person exported", "role granted"]
    assert str(bea.uid) not in repr(audit.rows)


def test_the_command_writes_a_file_that_its_owner_alone_can_read(planted, tmp_path, capsys):
    path = tmp_path / "record.json"
    call_command("person_export", str(planted.uid), "--json", str(path))
    document = json.loads(path.read_text())
    assert document["person"] == str(planted.uid)
    assert [table["table"] for table in document["tables"]] == [holding.model for holding in all_holdings()]
    assert all(table["rows"] for table in document["tables"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    printed = capsys.readouterr().out
    assert "people.Person: 1 row. To know whose learning it is" in printed
    assert "Kept until six years after the person has left every agency." in printed


def test_an_export_is_on_record(amira):
    call_command("person_export", str(amira.uid))
    assert AuditEvent.objects.get(verb="person exported").object_uid == str(amira.uid)


@pytest.mark.parametrize("address", ["Amira@SVH.example", "amira@svh.example"])
def test_a_person_is_found_by_address(amira, capsys, address):
    call_command("person_export", "--email", address)
    assert "people.Employment: 1 row" in capsys.readouterr().out


def test_an_address_of_two_people_is_not_guessed(amira, world):
    EmploymentFactory(agency=world.neighbour, work_email=amira.user.email)
    with pytest.raises(CommandError, match="2 people have this address. Name one by uid"):
        call_command("person_export", "--email", amira.user.email)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name the person"),
        (("--email", "nobody@example.org"), "no such person"),
        (("11111111-1111-4111-8111-111111111111",), "no such person"),
    ],
)
def test_a_refusal_says_what_to_do(db, arguments, says):
    with pytest.raises(CommandError, match=says):
        call_command("person_export", *arguments)


def test_a_file_that_exists_is_not_overwritten(amira, tmp_path):
    path = tmp_path / "record.json"
    path.write_text("kept")
    with pytest.raises(CommandError, match="Name a new file"):
        call_command("person_export", str(amira.uid), "--json", str(path))
    assert path.read_text() == "kept"
    assert not AuditEvent.objects.filter(verb="person exported").exists()
