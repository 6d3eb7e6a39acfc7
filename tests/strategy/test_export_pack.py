"""A strategy is given out as the pack that would load it, and that reads back to the same."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories import PartnershipFactory
from training.access.actor import Actor
from training.strategy.models import Strategy
from training.strategy.pack import Status
from training.strategy.pack_reader import BLANK, packaged, read_pack
from training.strategy.pack_writer import as_yaml
from training.strategy.services import load_pack


def exported(pack_id: str) -> str:
    out = StringIO()
    call_command("export_pack", pack_id, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("name", packaged())
def test_every_packaged_pack_survives_being_written_as_a_file(tmp_path, name):
    pack = read_pack(name)
    path = tmp_path / f"{name}.yaml"
    path.write_text(as_yaml(pack), encoding="utf-8")
    assert read_pack(path) == pack


@pytest.mark.parametrize("name", ["glos-da-2014", "glos-da-2021", "severnshire-2026"])
def test_what_is_loaded_is_exported_as_it_was_read(db, moment, tmp_path, name):
    pack = read_pack(name)
    own = PartnershipFactory() if name == "severnshire-2026" else None
    load_pack(pack, partnership=own, by=Actor.system("test"), at=moment)
    path = tmp_path / "again.yaml"
    path.write_text(exported(name), encoding="utf-8")
    again = read_pack(path)
    assert again == pack
    assert not load_pack(again, partnership=own, by=Actor.system("test"), at=moment).is_changed


def test_a_strategy_that_is_not_loaded_is_a_bad_call(db):
    err = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("export_pack", "nowhere-2030", stderr=err)
    assert (stopped.value.code, err.getvalue().strip()) == (2, "There is no strategy nowhere-2030.")


def test_the_blank_pack_can_be_read_and_loaded(db, moment):
    blank = read_pack(BLANK)
    load_pack(blank, partnership=PartnershipFactory(), by=Actor.system("test"), at=moment)
    assert Strategy.objects.get().status == Status.DRAFT
