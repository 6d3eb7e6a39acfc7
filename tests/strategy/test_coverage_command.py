"""`manage.py coverage`: the same call gives the same bytes, with small numbers hidden, and bad calls refused in words."""

import json
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import TierFactory
from tests.strategy.cases import asked, done, reported, staff
from training.access.actor import Actor
from training.access.clock import LONDON
from training.audit.former import keep_former

KNOWN = datetime(2026, 4, 4, 12, tzinfo=LONDON)


@pytest.fixture
def partnership(world):
    """Known on 4 April: the hospital with 12 of 20 in date, the police with 3 of 6."""
    module = asked("DA-A1")
    at = datetime(2026, 4, 1, 9, tzinfo=LONDON)
    reported(world.agency, at)
    reported(world.neighbour, at)
    hospital, police = staff(world.agency, 20), staff(world.neighbour, 6)
    done(hospital[:12] + police[:3], module, at=at)
    world.module, world.hospital = module, hospital
    return world


def coverage(*options: str) -> str:
    out = StringIO()
    call_command("coverage", "--partnership", "severnshire", *options, stdout=out)
    return out.getvalue()


def refused(*options: str) -> tuple[int, str]:
    err = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("coverage", *options, stderr=err)
    return stopped.value.code, err.getvalue().strip()


AT = ("--as-at", "2026-03-31", "--known-at", "2026-04-04T12:00")


def test_agencies_by_tier_with_totals_and_small_numbers_hidden(partnership):
    assert coverage("--by", "agency,tier", *AT).replace("\r\n", "\n") == (
        "agency,tier,in_date,asked,percent,left_out\n"
        "SVH,A,*,20,*,0\n"
        "SVH,all,*,20,*,0\n"
        "SVP,A,*,6,*,0\n"
        "SVP,all,*,6,*,0\n"
        "all,A,15,26,58,0\n"
        "all,all,15,26,58,0\n"
    )


def test_a_figure_as_known_then_is_the_same_bytes_after_later_corrections(partnership):
    before = coverage(*AT), coverage("--format", "json", *AT)
    done(partnership.hospital[12:], partnership.module, on=date(2026, 3, 5), at=datetime(2026, 5, 1, 9, tzinfo=LONDON))
    assert (coverage(*AT), coverage("--format", "json", *AT)) == before
    assert "all,all,23,26,*" not in coverage("--as-at", "2026-03-31", "--known-at", "2026-05-02")


def test_a_module_that_moves_to_another_tier_stays_where_it_was_known(partnership):
    module = partnership.module
    before = coverage("--by", "tier", *AT), coverage("--by", "topic", *AT)
    module.tier = TierFactory(pathway=module.pathway, code="Z")
    module.topics = ["stalking"]
    keep_former(module, ["tier", "topics"], by=Actor.system("test"), at=datetime(2026, 5, 1, 9, tzinfo=LONDON))
    module.save()
    assert (coverage("--by", "tier", *AT), coverage("--by", "topic", *AT)) == before
    later = ("--as-at", "2026-03-31", "--known-at", "2026-05-02")
    assert "Z" in coverage("--by", "tier", *later)
    assert "stalking" in coverage("--by", "topic", *later)


def test_json_says_for_whom_it_is_and_who_did_not_report(partnership):
    found = json.loads(
        coverage("--by", "tier", "--format", "json", "--as-at", "2026-03-31", "--known-at", "2026-03-31")
    )
    assert (found["audience"], found["did_not_report"], found["known_at"]) == (
        "partnership",
        ["SVH", "SVP"],
        "2026-03-31T22:59:59.999999+00:00",
    )
    assert found["rows"] == [{"tier": "all", "in_date": "n/a", "asked": "n/a", "percent": "n/a", "left_out": 0}]


def test_the_public_gets_rounded_figures(partnership):
    assert coverage("--by", "tier", "--audience", "public", *AT).splitlines()[-1] == "all,15,25,60,-"


def test_an_agency_gets_its_own_figures_exact(partnership):
    lines = coverage("--by", "agency", "--audience", "own_agency", "--agency", "SVP", *AT).splitlines()
    assert lines[1:] == ["SVP,3,6,*,0", "all,3,6,*,0"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--partnership", "nowhere"), "There is no partnership with the code nowhere."),
        (("--partnership", "severnshire", "--by", "colour"), "Coverage is not divided by colour."),
        (("--partnership", "severnshire", "--by", "agency,locality"), "Divide people in one way at a time"),
        (("--partnership", "severnshire", "--by", "tier,module"), "Divide modules in one way at a time"),
        (("--partnership", "severnshire", "--as-at", "31.3.26"), "31.3.26 is not a day."),
        (("--partnership", "severnshire", "--known-at", "soon"), "soon is not a moment."),
        (("--partnership", "severnshire", "--audience", "own_agency"), "Name an agency with --audience own_agency"),
        (("--partnership", "severnshire", "--agency", "SVH"), "Name an agency with --audience own_agency"),
    ],
)
def test_a_bad_call_is_refused_in_words(partnership, options, words):
    code, said = refused(*options)
    assert code == 2
    assert said.startswith(words)


def test_a_moment_that_has_not_settled_is_refused(partnership, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: KNOWN + timedelta(seconds=119))
    code, said = refused("--partnership", "severnshire", *AT)
    assert (code, said) == (
        2,
        "What is known at a moment settles within two minutes. Name one that is at least two minutes ago.",
    )
    assert refused("--partnership", "severnshire", "--known-at", "2026-04-04")[0] == 2
    monkeypatch.setattr("django.utils.timezone.now", lambda: KNOWN + timedelta(seconds=120))
    assert coverage(*AT).splitlines()[-1] == "all,all,15,26,58,0"


@pytest.mark.parametrize("by", ["role_family", "role_group,topic", "locality,family", "agency,module", "module", ""])
def test_every_way_of_dividing_gives_a_table(partnership, by):
    head, *rows = coverage("--by", by, *AT).splitlines()
    assert head.split(",") == [*filter(None, by.split(",")), "in_date", "asked", "percent", "left_out"]
    assert rows[-1].endswith("15,26,58,0")
