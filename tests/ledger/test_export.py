"""The ledger as CSV: every entry in the order of the chain, without names, harmless to a spreadsheet."""

import csv
import io

import pytest
from django.core.management import call_command

from tests.factories import ModuleFactory, completion
from training.ledger.export import HEADS, ledger_csv
from training.ledger.models import Entry


def read(entries):
    return list(csv.DictReader(io.StringIO("".join(ledger_csv(entries)))))


def test_every_entry_is_a_line_in_the_order_of_the_chain(world, amira):
    written = [completion(amira, ModuleFactory(code=code), evidence="=1+1") for code in ("DA-A1", "DA-B1")]
    rows = read(Entry.objects.everywhere(reason="test"))
    assert [(row["Number"], row["Code"], row["Hash"]) for row in rows] == [
        (str(each.number), each.module_code, each.hash) for each in written
    ]
    assert list(rows[0]) == list(HEADS)
    assert (rows[0]["Completed on"], rows[0]["Evidence"]) == ("2026-03-02", "'=1+1")


def test_people_stand_by_their_ids_alone(world, amira):
    completion(amira)
    text = "".join(ledger_csv(Entry.objects.everywhere(reason="test")))
    assert str(amira.uid) in text or amira.uid.hex in text
    assert amira.last_name not in text


def test_the_command_prints_one_agencys(world, amira, capsys):
    completion(amira, agency=world.agency)
    completion(amira, ModuleFactory(code="DA-B1"), agency=world.neighbour)
    call_command("export_ledger", agency=world.agency.code)
    assert [row["Code"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))] == ["DA-A1"]


def test_an_agency_that_is_not_there_is_said(db):
    with pytest.raises(SystemExit) as stopped:
        call_command("export_ledger", agency="NOBODY")
    assert stopped.value.code == 2
