"""A pack is loaded whole, once, and says what it did."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from tests.factories import LocalityFactory, PartnershipFactory
from training.audit.models import AuditEvent
from training.people.models import Locality
from training.strategy.models import Indicator, Objective, Outcome, Strategy, Target
from training.strategy.pack_reader import PACKS, read_indicators

DEMO = "severnshire-2026"


def load(pack, *more) -> str:
    out = StringIO()
    call_command("load_pack", str(pack), *more, stdout=out, stderr=out)
    return out.getvalue()


def refused(pack, *more) -> tuple[int, str]:
    err = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("load_pack", str(pack), *more, stderr=err)
    return stopped.value.code, err.getvalue().strip()


@pytest.fixture
def severnshire(db):
    return PartnershipFactory(code="severnshire", title="Severnshire")


def test_a_historic_pack_stands_as_an_example_of_nobody(db):
    assert load("glos-da-2021") == (
        "glos-da-2021: loaded; 5 priorities, 13 objectives, 59 outcomes, 0 targets, "
        f"{len(read_indicators())} indicators known, 0 localities added\n"
    )
    strategy = Strategy.objects.get(pack_id="glos-da-2021")
    assert (strategy.partnership, strategy.status, strategy.is_endorsed) == (None, "historic", False)
    assert Outcome.objects.filter(objective__priority__strategy=strategy).count() == 59
    assert Locality.objects.count() == 0


def test_a_partnerships_own_pack_brings_its_targets_and_localities(severnshire):
    load(DEMO, "--partnership", "severnshire")
    strategy = Strategy.objects.get(partnership=severnshire)
    assert strategy.targets.get(indicator__code="COV_POLICE").value == 75
    assert list(severnshire.localities.values_list("code", "title", "kind")) == [
        ("aldermouth", "Aldermouth", "unitary"),
        ("marlbridge", "Marlbridge", "district"),
        ("oakhollow", "Oakhollow", "district"),
        ("wynfold", "Wynfold", "district"),
    ]


def test_a_locality_the_partnership_has_is_left_as_it_is(severnshire):
    LocalityFactory(partnership=severnshire, code="OAK", title="Oakhollow")
    assert load(DEMO, "--partnership", "severnshire").endswith("3 localities added\n")
    assert severnshire.localities.get(title="Oakhollow").code == "OAK"


def test_loading_twice_changes_nothing(severnshire):
    load(DEMO, "--partnership", "severnshire")
    before = list(Outcome.objects.values_list("pk", flat=True))
    assert "nothing to do" in load(DEMO, "--partnership", "severnshire")
    assert list(Outcome.objects.values_list("pk", flat=True)) == before
    assert AuditEvent.objects.filter(verb="strategy loaded").count() == 1


def test_a_changed_pack_changes_its_rows_and_keeps_their_keys(severnshire, tmp_path):
    load(DEMO, "--partnership", "severnshire")
    kept = Outcome.objects.get(ref="1.1a").pk
    text = (PACKS / f"{DEMO}.yaml").read_text(encoding="utf-8")
    text = text.replace("title: New staff learn this in their first weeks", "title: Starters learn it at once")
    text = text.replace("  - {indicator: COV_POLICE", "  - {indicator: COV_CYP")
    own = tmp_path / "own.yaml"
    own.write_text(text, encoding="utf-8")
    assert ": loaded;" in load(own, "--partnership", "severnshire")
    assert Outcome.objects.get(ref="1.1a").pk == kept
    assert Outcome.objects.get(ref="1.1b").title == "Starters learn it at once"
    codes = set(Target.objects.values_list("indicator__code", flat=True))
    assert {"COV_CYP"} == codes & {"COV_CYP", "COV_POLICE"}


def test_what_a_changed_pack_no_longer_has_is_gone(severnshire, tmp_path):
    load(DEMO, "--partnership", "severnshire")
    text = (PACKS / f"{DEMO}.yaml").read_text(encoding="utf-8").replace('ref: "4.2"', 'ref: "4.9"')
    own = tmp_path / "own.yaml"
    own.write_text(text, encoding="utf-8")
    load(own, "--partnership", "severnshire")
    assert not Objective.objects.filter(ref="4.2").exists()
    assert Outcome.objects.filter(ref="4.2b").count() == 1


def test_a_fault_is_told_by_file_line_and_reason_and_nothing_is_written(severnshire, tmp_path):
    text = (PACKS / f"{DEMO}.yaml").read_text(encoding="utf-8").replace("[COV_T1]", "[COV_T9]", 1)
    own = tmp_path / "own.yaml"
    own.write_text(text, encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "COV_T9" in row)
    assert refused(own) == (1, f"own.yaml, line {line}: there is no indicator COV_T9")
    assert Strategy.objects.count() == Indicator.objects.count() == 0


def test_an_unknown_partnership_is_a_bad_call(db):
    assert refused(DEMO, "--partnership", "nowhere") == (2, "There is no partnership with the code nowhere.")


def test_a_partnership_has_one_current_strategy(severnshire, tmp_path):
    load(DEMO, "--partnership", "severnshire")
    text = (PACKS / f"{DEMO}.yaml").read_text(encoding="utf-8").replace(f"id: {DEMO}", "id: second-2027")
    own = tmp_path / "own.yaml"
    own.write_text(text, encoding="utf-8")
    code, said = refused(own, "--partnership", "severnshire")
    assert (code, said) == (
        1,
        "Severnshire already has a current strategy, severnshire-2026. Mark that historic first.",
    )


def test_the_database_keeps_one_current_strategy_of_a_partnership(severnshire):
    load(DEMO, "--partnership", "severnshire")
    own = Strategy.objects.get()
    own.pk, own.pack_id = None, "another"
    with pytest.raises(IntegrityError, match="UNIQUE|one_current_strategy"):
        own.save()


def test_a_pack_is_not_taken_from_the_partnership_it_belongs_to(severnshire):
    load(DEMO, "--partnership", "severnshire")
    PartnershipFactory(code="elsewhere")
    assert refused(DEMO, "--partnership", "elsewhere")[0] == 1
    assert refused(DEMO)[0] == 1
