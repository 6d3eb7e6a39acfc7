"""An auditor's own program, which knows nothing of the product, finds every figure that the product says."""

import io
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.services.loading import load_course
from home.facts.bundle import TABLES
from tests.conftest import make_world
from tests.courses.conftest import course_text
from tests.home.rough_network import make_network
from tests.home.rough_promises import make_packs, make_promises, make_surveys
from tests.home.rough_world import AT, ON, make_rough
from tests.kept import kept
from training.audit.models import AuditEvent
from training.ledger.rebuild import rebuild_standings
from training.people.models import Person
from training.strategy.models import Indicator
from training.strategy.rebuild import last_change
from training.strategy.selectors.reports import counted
from training.strategy.services.packs import load_indicators

ROOT = Path(__file__).resolve().parents[2]
COUNTED_NEXT_DAY = {"courses_localservice", "courses_surveycount"}
"""They keep days and months, so that nobody's answer has a moment."""
WORKED_OUT = {f"champions_{name}" for name in ("championstep", "staffcount", "stepmark", "workplacecount")}
WORKED_OUT |= {"ledger_standingcount"}
"""From facts whose changes are seen."""
NAMES = {"boards_boardpack", "courses_coursepage", "returns_agencyreturn", "wagtailcore_page"}
NAMES |= {f"pathways_{name}" for name in ("module", "pathway", "requirement", "tier")}
NAMES |= {f"people_{name}" for name in ("agency", "designation", "employment", "locality", "person", "post")}
NAMES |= {"people_rolegroup", "people_workplace"}
"""What facts are about: nothing is counted of them before a fact names them; of columns that are overwritten
`audit_formervalue` knows."""
KNOWN_AT = "2025-04-04T12:00"


@pytest.fixture(scope="module")
def rough(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world, and a bundle of its facts."""
    with kept(django_db_blocker):
        world = make_world()
        make_rough(world)
        make_network(world)
        make_promises(world)
        make_packs(world)
        load_indicators()
        make_surveys(load_course(course_text(), partnership=world.partnership, at=AT).course)
        rebuild_standings(at=AT)
        place = tmp_path_factory.mktemp("audit")
        world.folder = exported(place / "facts", ON)
        world.said = product(place / "said.json", ON)
        yield world


def exported(folder, on, **more) -> Path:
    call_command("export_facts", str(folder), partnership="severnshire", as_at=f"{on}", stdout=io.StringIO(), **more)
    return folder


def product(path, on, **more) -> Path:
    with path.open("w") as out:
        call_command("indicators", partnership="severnshire", as_at=f"{on}", format="json", stdout=out, **more)
    return path


def recompute(folder, on, against):
    """Run with Python alone: neither this project nor any library can be imported."""
    command = [sys.executable, "-I", "-S", ROOT / "scripts" / "recompute", folder, "--on", f"{on}"]
    return subprocess.run([*command, "--against", against], capture_output=True, text=True, check=False, cwd="/")


def test_every_figure_is_equal(rough, db):
    found = recompute(rough.folder, ON, rough.said)
    assert (found.returncode, found.stderr) == (0, ""), found.stdout
    figures = json.loads(rough.said.read_text())["figures"]
    computed = set(Indicator.objects.filter(source="computed", is_collected=True).values_list("code", flat=True))
    assert {each["indicator"] for each in figures} == computed
    assert f"EQUAL: all {len(figures)} figures of 44 indicators." in found.stdout


def test_whatever_is_counted_is_counted_anew_when_it_changes(rough, db):
    read = tables_read(lambda: counted(rough.partnership, on=ON, at=AT))
    asked = tables_read(last_change)
    assert read - asked == COUNTED_NEXT_DAY | WORKED_OUT | NAMES


def tables_read(call) -> set[str]:
    with CaptureQueriesContext(connection) as found:
        call()
    return {table for each in found for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', each["sql"])}


def test_an_earlier_quarter_is_equal_from_the_same_facts(rough, db, tmp_path):
    on = date(2025, 12, 31)
    found = recompute(rough.folder, on, product(tmp_path / "said.json", on))
    assert (found.returncode, found.stderr) == (0, ""), found.stdout


def test_what_was_known_then_is_equal(rough, db, tmp_path):
    folder = exported(tmp_path / "then", ON, known_at=KNOWN_AT)
    found = recompute(folder, ON, product(tmp_path / "then.json", ON, known_at=KNOWN_AT))
    assert (found.returncode, found.stderr) == (0, ""), found.stdout
    assert recompute(folder, ON, rough.said).returncode == 2
    again = exported(tmp_path / "again", ON, known_at=KNOWN_AT)
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


@pytest.mark.parametrize(
    ("table", "was", "instead", "named"),
    [
        ("terms", ",0\r\n", ",1\r\n", "COV_REQUIRED"),
        ("champion_turns", "agreed", "declined", "CHAMP_ACTIVE"),
        ("roster_imports", ",2\r\n", ",3\r\n", "ROSTER_QUALITY"),
    ],
)
def test_a_fact_that_was_altered_is_found(rough, tmp_path, table, was, instead, named):
    for path in rough.folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    altered = tmp_path / f"{table}.csv"
    text = altered.read_bytes().decode()
    assert was in text
    altered.write_bytes(text.replace(was, instead).encode())
    found = recompute(tmp_path, ON, rough.said)
    assert found.returncode == 1
    assert f"NOT EQUAL {named}" in found.stdout


def test_a_bundle_says_what_it_is_and_names_nobody(rough, db):
    everything = "".join(path.read_text() for path in rough.folder.iterdir())
    people = Person.objects.everywhere(reason="test")
    names = {name for each in people for name in (each.first_name, each.last_name, str(each.uid)) if len(name) > 3}
    assert len(names) > 200
    assert not [name for name in names if name in everything]
    readme = (rough.folder / "README.md").read_text()
    for table in TABLES:
        head = (rough.folder / f"{table.name}.csv").read_text().splitlines()[0]
        assert head.split(",") == [column.name for column in table.columns]
        assert f"## {table.name}.csv" in readme
        assert all(column.says in readme for column in table.columns)
    assert {oct(path.stat().st_mode)[-3:] for path in rough.folder.iterdir()} == {"600"}


def test_an_export_is_on_record_and_overwrites_nothing(rough, db, tmp_path, capsys):
    event = AuditEvent.objects.get(verb="facts exported")
    assert (event.partnership_code, event.detail["as_at"], event.detail["known_at"]) == ("severnshire", f"{ON}", "now")
    with pytest.raises(SystemExit, match="2"):
        exported(rough.folder, ON)
    with pytest.raises(SystemExit, match="2"):
        exported(tmp_path / "new", ON, known_at="2199-01-01")
    (tmp_path / "new.unfinished").mkdir()
    with pytest.raises(SystemExit, match="2"):
        exported(tmp_path / "new", ON)
    assert AuditEvent.objects.filter(verb="facts exported").count() == 1
    said = capsys.readouterr().err
    assert [words in said for words in ("there already", "two minutes", "was stopped")] == [True] * 3
