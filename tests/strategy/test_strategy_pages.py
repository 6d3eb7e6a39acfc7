"""Anyone may read the strategies; examples carry no figures."""

import pytest
from django.urls import reverse

from tests.factories import PartnershipFactory
from training.access.actor import Actor
from training.strategy.models import Strategy
from training.strategy.pack_reader import read_pack
from training.strategy.services import load_pack


@pytest.fixture
def packs(db, moment):
    """Two historic examples."""
    for name in ("glos-da-2021", "banes-da-2018"):
        load_pack(read_pack(name), partnership=None, by=Actor.system("test"), at=moment)


@pytest.fixture
def own(packs, moment):
    """Severnshire's own."""
    partnership = PartnershipFactory(code="severnshire", title="Severnshire")
    load_pack(read_pack("severnshire-2026"), partnership=partnership, by=Actor.system("test"), at=moment)


def page(client, name, *args) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_tells_what_each_strategy_promises(client, packs):
    text = page(client, "strategies")
    assert "59 outcomes: training records can show 15 directly and 19 in part." in text
    assert "38 outcomes: training records can show 20 directly and 10 in part." in text


def test_a_historic_strategy_says_so_and_is_not_endorsed(client, packs):
    text = page(client, "strategy", "glos-da-2021")
    assert "Historic" in text
    assert "Adapted from a public strategy, not endorsed" in text
    assert "without figures" in text
    assert "3A.1</span> " in text


def test_an_outcome_that_no_record_shows_says_so(client, packs):
    outcome = Strategy.objects.get(pack_id="glos-da-2021").priorities.first().objectives.get(ref="1A")
    assert outcome.outcomes.get(ref="1A.3").get_evidence_display() == "Not shown by training records"
    assert "Not shown by training records" in page(client, "strategy", "glos-da-2021")


def test_an_unknown_strategy_is_not_there(client, db):
    assert client.get("/strategy/nowhere-2030/").status_code == 404


def test_an_empty_house_says_that_there_is_none(client, db):
    assert "No strategy has been published yet." in page(client, "strategies")


def test_a_tree_takes_the_same_queries_however_wide(client, packs, django_assert_num_queries):
    page(client, "strategy", "glos-da-2021")
    for name in ("glos-da-2021", "banes-da-2018"):
        with django_assert_num_queries(7 if name == "banes-da-2018" else 8):
            page(client, "strategy", name)


def test_a_strategy_tells_what_it_carries_on_and_what_followed_it(client, packs, moment):
    assert "It follows the" not in page(client, "strategy", "glos-da-2021")
    load_pack(read_pack("glos-da-2014"), partnership=None, by=Actor.system("test"), at=moment)
    text = page(client, "strategy", "glos-da-2021")
    assert "It follows the" in text
    assert 'href="/strategy/glos-da-2014/#outcome-2.2">2.2 Employers notice, and stand by their staff</a>' in text
    before = page(client, "strategy", "glos-da-2014")
    assert 'id="outcome-2.2"' in before
    assert 'It was followed by the <a class="govuk-link" href="/strategy/glos-da-2021/">' in before
    assert "There are more places where somebody can tell (on the way)" in before


def test_only_agencies_that_confirmed_their_commitment_are_published(client, own):
    text = page(client, "strategy", "severnshire-2026")
    assert "Adopted by Severnshire County Council, Aldermouth Council," in text
    assert "Supported by Marlbridge District Council, Wynfold Schools Trust, Turnwell Recovery." in text
    assert "Severnshire Probation" not in text
    assert "Adopted by" not in page(client, "strategy", "glos-da-2021")


def test_the_list_takes_the_same_queries_however_long(client, packs, own, django_assert_num_queries):
    with django_assert_num_queries(2):
        page(client, "strategies")
