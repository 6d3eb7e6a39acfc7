"""Briefings: logged, put right and counted, under a label of their own and never as training."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from champions.codes import cards_of, of_briefing
from champions.errors import CodeDoesNotWork, NotPossibleNow
from champions.models import Arrival, BriefingCard, BriefingPack, Cascade, CascadeVersion
from champions.selectors.briefings import opinions, packs_given
from champions.selectors.newsletters import draft
from champions.selectors.reach import LABEL, quarter_of, reach, year_of, years_of
from champions.services.briefings import (
    Briefing,
    correct_briefing,
    count_in,
    forget_arrivals,
    give_card,
    log_briefing,
    strike_briefing,
)
from champions.services.packs import champions_area
from champions.services.requests import block
from tests.champions.conftest import BY, post_of
from tests.factories import TeamFactory
from training.ledger.models import Entry
from training.strategy.suppress import Audience


@pytest.fixture
def pack(db):
    """A pack without much in it: publishing the packaged ones takes longer than most of these tests."""
    cache.clear()
    return champions_area().add_child(
        instance=BriefingPack(title="A pack", slug="pack-1", audience="any team", summary="Short", body="[]")
    )


@pytest.fixture
def log(world, network, pack, day, moment):
    """Logs a briefing at the neighbour agency."""

    def logged(champion, people=12, **more):
        said = {"agency": world.neighbour, "held_on": day, "minutes": 30, "where": "Front desk"} | more
        briefing = Briefing(pack=pack, people=people, **said)
        return log_briefing(champion=champion, briefing=briefing, by=BY, at=moment)

    return logged


def versions():
    return CascadeVersion.objects.everywhere(reason="test")


def html(answered):
    return answered.content.decode()


def test_its_code_counts_people_for_two_days_and_takes_cards_for_a_fortnight():
    monday = date(2026, 3, 23)  # the clocks change on the next Sunday
    assert of_briefing(monday).closes_at.astimezone(UTC) == datetime(2026, 3, 24, 23, 59, 59, 999999, tzinfo=UTC)
    assert cards_of(monday).closes_at.astimezone(UTC) == datetime(2026, 4, 5, 22, 59, 59, 999999, tzinfo=UTC)


def test_a_correction_is_a_further_version_and_striking_is_one_too(log, pola, pack, world, day, moment):
    cascade = log(pola, 12)
    right = Briefing(pack=pack, people=9, agency=world.neighbour, held_on=day, minutes=25, where="Front desk")
    correct_briefing(cascade=cascade, briefing=right, by=BY, at=moment)
    strike_briefing(cascade=cascade, by=BY, at=moment)
    said = versions().filter(cascade=cascade).order_by("pk").values_list("people", "is_struck", "replaced_at")
    assert list(said) == [(12, False, moment), (9, False, moment), (9, True, None)]
    assert not versions().counted().exists()
    with pytest.raises(NotPossibleNow):
        correct_briefing(cascade=cascade, briefing=right, by=BY, at=moment)


@pytest.mark.parametrize("days", [1, -401])
def test_a_briefing_is_logged_on_its_day_or_soon_after(log, pola, day, days):
    with pytest.raises(NotPossibleNow):
        log(pola, held_on=day + timedelta(days=days))
    assert not Cascade.objects.everywhere(reason="test").exists()


def test_a_code_counts_somebody_once_and_never_reaches_the_ledger(log, pola, hana, world, moment):
    cascade = log(pola)
    for _ in range(2):
        count_in(person=hana.person, partnerships=(world.partnership,), typed=cascade.spaced_code, at=moment)
    cascade.refresh_from_db()
    assert cascade.counted_in == 1
    assert not Entry.objects.everywhere(reason="test").exists()
    for person, partnerships, at in (
        (pola.person, (world.partnership,), moment),
        (hana.person, (), moment),
        (hana.person, (world.partnership,), moment + timedelta(days=2)),
    ):
        with pytest.raises(CodeDoesNotWork):
            count_in(person=person, partnerships=partnerships, typed=cascade.code, at=at)
    assert forget_arrivals(at=moment + timedelta(days=30, minutes=1)) == 1
    cascade.refresh_from_db()
    assert cascade.counted_in == 1


def test_nobody_counts_twice_however_late_the_day_is_put_right(log, pola, hana, pack, world, day, moment):
    """Who was counted is forgotten after thirty days; the code does not open once more for them."""
    cascade = log(pola)
    count_in(person=hana.person, partnerships=(world.partnership,), typed=cascade.code, at=moment)
    late = moment + timedelta(days=31)
    forget_arrivals(at=late)
    moved = Briefing(pack=pack, people=9, agency=world.neighbour, held_on=late.date(), minutes=25, where="Front desk")
    correct_briefing(cascade=cascade, briefing=moved, by=BY, at=late)
    with pytest.raises(CodeDoesNotWork):
        count_in(person=hana.person, partnerships=(world.partnership,), typed=cascade.code, at=late)


def test_cards_are_shown_in_whole_tens_and_are_no_more_than_people_were_there(log, pola, world, moment, pack):
    cascade = log(pola, 19)
    titles = [(pack.slug, pack.title)]
    for number in range(19):
        before = opinions(world.partnership, titles)[0]
        assert (before.people, before.useful) == (("*", "*") if number < 10 else ("10", "50%"))
        give_card(typed=cascade.code, useful=5 if number < 7 else 1, knows_next=5, at=moment)
    with pytest.raises(CodeDoesNotWork):
        give_card(typed=cascade.code, useful=5, knows_next=5, at=moment)
    assert opinions(world.partnership, titles)[0].knows_next == "100%"
    held = {field.name for field in BriefingCard._meta.get_fields()}
    assert held == {"uid", "partnership", "pack", "ten", "useful", "knows_next"}


def test_reach_adds_up_by_every_cut_and_hides_small_numbers_and_what_gives_them_away(
    log, pola, hana, world, network, day, moment
):
    log(pola, 30, locality=network.north)
    log(pola, 3, locality=network.south)
    log(hana, 20, agency=world.agency, held_on=date(2026, 6, 30))
    log(hana, 40, agency=world.agency, held_on=date(2026, 3, 31))
    struck = log(hana, 99, agency=world.agency)
    strike_briefing(cascade=struck, by=BY, at=moment)
    found = reach(world.partnership, year_of(day), Audience.PARTNERSHIP)
    tables = {name: {line.title: (line.people, line.briefings) for line in lines} for name, lines in found.tables}
    assert (found.people, found.briefings) == ("53", 3)
    assert tables["Agency"] == {"Severn Vale Hospitals": ("20", 1), "Severnshire Police": ("33", 2)}
    assert tables["District"]["Southmere"][0] == "*"
    assert [people for people, _ in tables["District"].values()].count("*") == 2
    assert list(tables["Quarter"]) == ["April to June", "October to December"]
    exact = reach(world.partnership, year_of(day), Audience.OWN_AGENCY)
    assert dict(exact.tables)["District"][-1].people == "3"


def test_years_begin_in_april_and_quarters_run_from_there():
    assert year_of(date(2026, 3, 31)).title == "April 2025 to March 2026"
    assert year_of(date(2026, 4, 1)).code == "2026"
    assert [quarter_of(date(2026, month, 1)) for month in (3, 4, 12)] == [
        "January to March",
        "April to June",
        "October to December",
    ]


def test_a_champion_logs_a_briefing_and_the_next_begins_with_the_same_pack_but_nowhere(sign_in, pola, world, pack):
    team = TeamFactory(agency=world.neighbour, title="Response A")
    TeamFactory(agency=world.agency, title="Ward 7")
    client, today = sign_in(pola.person), timezone.localdate()
    page = html(client.get("/champions/briefings/new/?pack=pack-1"))
    assert "Response A" in page and "Ward 7" not in page
    said = {
        "pack": pack.pk,
        "place": f"team-{team.pk}",
        "where": "",
        "people": "14",
        "minutes": "30",
        "held_on_day": today.day,
        "held_on_month": today.month,
        "held_on_year": today.year,
    }
    shown = html(client.post("/champions/briefings/new/", said, follow=True))
    cascade = Cascade.objects.everywhere(reason="test").get()
    assert cascade.spaced_code in shown and "Response A" in shown
    again = html(client.get("/champions/briefings/new/"))
    assert f'value="{pack.pk}" selected' in again
    assert f'value="team-{team.pk}" selected' not in again
    client.post(f"/champions/briefings/{cascade.uid}/change/", said | {"people": "15"})
    client.post(f"/champions/briefings/{cascade.uid}/strike/")
    assert versions().count() == 3
    assert client.get(f"/champions/briefings/{cascade.uid}/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"place": ""}, {"place": "team-999999"}, {"people": "0"}, {"people": "501"}, {"minutes": "1"}, {"pack": "9999"}],
)
def test_what_cannot_be_is_answered_and_nothing_typed_is_lost(sign_in, pola, pack, wrong):
    today = timezone.localdate()
    said = {"pack": pack.pk, "where": "", "people": "14", "minutes": "30", "place": ""}
    said |= {"held_on_day": today.day, "held_on_month": today.month, "held_on_year": 2020}
    shown = html(sign_in(pola.person).post("/champions/briefings/new/", said | {"where": "Kept words"} | wrong))
    assert "There is a problem" in shown and "Kept words" in shown
    assert not versions().exists()


def test_a_place_that_is_picked_and_another_in_words_are_asked_about(sign_in, pola, world, pack):
    team, today = TeamFactory(agency=world.neighbour, title="Response A"), timezone.localdate()
    said = {"pack": pack.pk, "where": "Front desk", "people": "14", "minutes": "30", "place": f"team-{team.pk}"}
    said |= {"held_on_day": today.day, "held_on_month": today.month, "held_on_year": today.year}
    shown = html(sign_in(pola.person).post("/champions/briefings/new/", said))
    assert "Not both" in shown and not versions().exists()


def test_a_log_is_its_champions_own(sign_in, log, pola, hana, cy, amira):
    cascade = log(pola)
    for who in (hana.person, cy, amira):
        for page in ("", "change/"):
            assert sign_in(who).get(f"/champions/briefings/{cascade.uid}/{page}").status_code == 404
        assert sign_in(who).post(f"/champions/briefings/{cascade.uid}/strike/").status_code == 404


def test_hr_reads_days_teams_and_numbers_of_its_own_agency_and_no_names(sign_in, log, pola, hana, dot, bea, world):
    log(pola)
    page = html(sign_in(dot).get("/agency/SVP/briefings/"))
    assert LABEL in page and "Front desk" in page and "Pola" not in page
    assert "Front desk" not in html(sign_in(bea).get("/agency/SVH/briefings/"))
    assert sign_in(bea).get("/agency/SVP/briefings/").status_code == 404
    block(owner=pola.person, address=dot.email, by=BY, at=timezone.now())
    assert "Front desk" not in html(sign_in(dot).get("/agency/SVP/briefings/"))


def test_reach_is_shown_to_the_coordinator_under_its_own_label(sign_in, log, pola, cy, col):
    log(pola)
    page = html(sign_in(cy).get("/champions/network/severnshire/reach/?year=2026"))
    assert LABEL in page and "None of it is in any figure of training" in page
    assert html(sign_in(cy).get("/champions/network/severnshire/reach/?year=x%00"))
    assert sign_in(col).get("/champions/network/severnshire/reach/").status_code == 403


def test_numbers_of_briefings_are_the_same_once_a_coordinator_is_kept_away(log, pola, cy, world, day, moment):
    log(pola)
    BriefingPack.objects.update(first_published_at=moment)

    def read():
        years, given = (
            years_of(world.partnership, on=day + timedelta(days=400)),
            packs_given(world.partnership),
        )
        return len(years), len(given), "reached 12 people" in draft(world.partnership, at=moment)

    assert read() == (2, 1, True)
    block(owner=pola.person, address=cy.email, by=BY, at=moment)
    assert read() == (2, 1, True)


def test_anybody_with_the_code_counts_and_gives_a_card_and_learns_nothing_more(client, sign_in, pack, pola, amira):
    cascade = _now(pola)
    card = {"code": cascade.spaced_code.lower(), "useful": "5", "knows_next": "4"}
    assert "Thank you" in html(client.post("/champions/card/", card))
    assert "does not work now" in html(client.post("/champions/card/", card | {"code": "CDF HJK"}))
    counted = html(sign_in(amira).post("/champions/code/", {"code": cascade.code}, follow=True))
    assert "you are counted" in counted and "Pola" not in counted
    for page in (counted, html(sign_in(pola.person).get(f"/champions/briefings/{cascade.uid}/"))):
        assert "deleted after 30 days" in page
    cascade.refresh_from_db()
    assert (cascade.counted_in, cascade.cards) == (1, 1)
    assert "Amira" not in html(sign_in(pola.person).get(f"/champions/briefings/{cascade.uid}/"))
    assert Arrival.objects.everywhere(reason="test").get().person == amira


def _now(champion):
    """Logged today, as pages read the clock."""
    return log_briefing(
        champion=champion,
        briefing=Briefing(
            pack=BriefingPack.objects.get(slug="pack-1"),
            agency=post_of(champion.person).employment.agency,
            people=5,
            held_on=timezone.localdate(),
            minutes=30,
            where="Here",
        ),
        by=BY,
        at=timezone.now(),
    )


def test_hours_hold_briefings_without_a_word_of_the_subject(sign_in, log, pola, day):
    log(pola)
    lines = html(sign_in(pola.person).get("/champions/me/hours/hours.csv")).splitlines()
    assert lines[1] == f"{day},Briefing given,30"
