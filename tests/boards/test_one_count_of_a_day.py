"""Whoever lays two packs as at one day side by side finds no difference: the board is shown one count of a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.boards.conftest import AS_AT, freeze, open_pack
from tests.conftest import MOMENT
from tests.strategy.cases import BY, done
from training.boards.contents import Contents, Figures, Restated, digest_of
from training.boards.errors import PackRefused
from training.boards.models import BoardPack, CountedDay, Restatement, State, Wish
from training.boards.parts import restated_paper
from training.boards.restating import moved
from training.boards.selectors.figures import count_figures
from training.boards.services import freezing
from training.boards.services import packs as services
from training.press.paper import html_of
from training.strategy.pack_reader import read_pack
from training.strategy.periods import Period
from training.strategy.services import give_values, load_pack
from training.strategy.values import Said
from training.ui.templatetags.ui import uk_date

OTHER_MEETING = date(2026, 12, 11)
LATER = MOMENT + timedelta(days=1)


def counted(pack: BoardPack, *, at=LATER) -> Figures:
    """As the worker counts it."""
    BoardPack.objects.filter(pk=pack.pk).update(work="")
    freezing.count(BoardPack.objects.get(pk=pack.pk), at=at)
    pack.refresh_from_db()
    return Figures.read(pack.figures)


def learnt(one: Figures, other: Figures) -> set[str]:
    """The names under which the two packs show different numbers, marks or figures."""
    named, others = ({each[0] for each in told(figures)} for figures in (one, other))
    return named & others & {each[0] for each in told(one) ^ told(other)}


def told(figures: Figures) -> set[tuple[str, ...]]:
    lines = {
        (f"{each.code} {part.label}", part.numerator, part.denominator)
        for each in figures.lines.values()
        for part in each.parts
    }
    whole = {(each.code, each.text, each.counts) for each in figures.lines.values()}
    public = {(f"public {code}", each.text, each.counts) for code, each in figures.public.items()}
    agencies = {
        (each.title, each.percent, each.in_date, each.asked, each.left_out, *each.tiers) for each in figures.agencies
    }
    declared = {(f"declared {each.title}", each.known, each.staff, each.trained) for each in figures.declared.rows}
    return lines | whole | public | agencies | declared


def test_a_pack_reads_the_same_from_what_is_kept_as_from_the_facts(world, pack):
    now = count_figures(world.partnership, world.partnership.strategies.get(), as_at=AS_AT, at=MOMENT)
    assert now.says_the_same_as(Figures.read(pack.figures))
    assert CountedDay.objects.get().shown_at is None


def test_one_person_s_late_record_is_found_in_no_second_pack_of_the_day(world, frozen):
    first = Figures.read(frozen.figures)
    done(world.hospital[60:61], world.module, at=MOMENT)
    now = count_figures(world.partnership, world.partnership.strategies.get(), as_at=AS_AT, at=LATER)
    assert "COV_REQUIRED" in learnt(first, now)
    load_pack(read_pack("glos-da-2021"), partnership=world.partnership, by=BY, at=MOMENT)
    historic = world.partnership.strategies.get(pack_id="glos-da-2021")
    own = world.partnership.strategies.get(pack_id="severnshire-2026")
    for number, strategy in enumerate((own, historic, None)):
        second = open_pack(world, strategy=strategy, meeting_on=OTHER_MEETING + timedelta(days=number))
        figures = counted(second)
        assert figures.counted_at == first.counted_at
        assert told(figures) & told(first)
        assert not learnt(first, figures)
        assert not moved(first, figures.model_copy(update={"lines": first.lines | figures.lines}))
        services.send_to_review(pack=second, by=BY, at=LATER)
        freeze(second, at=LATER)


def test_a_draft_is_counted_anew_until_the_board_has_read_it(world, pack):
    done(world.hospital[60:61], world.module, at=MOMENT)
    assert counted(pack).lines["COV_REQUIRED"].counts == "73 of 110"
    services.send_to_review(pack=pack, by=BY, at=LATER)
    done(world.hospital[61:62], world.module, at=MOMENT)
    seen = pack.figures
    services.back_to_draft(pack=pack, by=BY, at=LATER)
    counted(pack, at=LATER + timedelta(days=1))
    assert pack.figures == seen
    services.discard(pack=pack, by=BY, at=LATER)
    again = open_pack(world)
    counted(again, at=LATER + timedelta(days=1))
    assert again.figures == seen


def test_of_two_drafts_the_one_counted_last_is_sent_to_review(world, pack):
    done(world.hospital[60:61], world.module, at=MOMENT)
    other = open_pack(world, meeting_on=OTHER_MEETING)
    counted(other)
    with pytest.raises(PackRefused, match="Count again"):
        services.send_to_review(pack=pack, by=BY, at=LATER)
    assert BoardPack.objects.get(pk=pack.pk).state == State.DRAFT
    assert counted(pack, at=LATER + timedelta(hours=1)).lines == Figures.read(other.figures).lines
    services.send_to_review(pack=pack, by=BY, at=LATER)
    services.wish_frozen(pack=pack, seen=digest_of(pack.figures), even_without=True, by=BY, at=LATER)
    with pytest.raises(PackRefused, match="Count again"):
        services.send_to_review(pack=other, by=BY, at=LATER)


def test_a_figure_from_outside_that_is_put_right_later_moves_no_earlier_quarter(world):
    quarter = Period(date(2026, 4, 1), date(2026, 6, 30))
    reached = Said("CAMPAIGN_REACH", "", quarter, 900, None, "Counted by the press office", "The council")
    give_values(world.partnership, [reached], by=BY, at=MOMENT)
    pack = open_pack(world, meeting_on=OTHER_MEETING)
    counted(pack)
    services.send_to_review(pack=pack, by=BY, at=LATER)
    right = replace(reached, numerator=902, why="Two were counted once only")
    give_values(world.partnership, [right], by=BY, at=LATER + timedelta(hours=1))
    kept = freeze(pack, at=LATER + timedelta(hours=2))
    line = Contents.read(kept.content).figures.lines["CAMPAIGN_REACH"]
    assert line.quarter.text == "900"
    restated = Restated.read(freezing.restate(pack, by=BY, at=LATER + timedelta(hours=3)).content)
    causes = {(each.agency, each.what, each.count) for each in restated.causes}
    assert causes == {(line.title, "Two were counted once only", "")}
    assert "Two were counted once only" in html_of(restated_paper(restated, "0" * 64))


def test_two_packs_of_a_day_are_not_both_restated_within_four_weeks(world, frozen):
    second = open_pack(world, meeting_on=OTHER_MEETING)
    counted(second)
    services.send_to_review(pack=second, by=BY, at=LATER)
    freeze(second, at=LATER)
    freezing.restate(frozen, by=BY, at=LATER)
    with pytest.raises(PackRefused, match="four weeks") as refused:
        services.wish_restated(pack=second, by=BY, at=LATER + timedelta(days=2))
    said = str(refused.value)
    assert said.startswith(f"The pack for the meeting on {uk_date(frozen.meeting_on)}, as at this day, was restated on")
    assert said.endswith(f"the next can be made on {uk_date(LATER + timedelta(weeks=4))}.")


def test_of_two_packs_of_a_day_whose_restatements_are_asked_for_at_once_one_is_restated(world, frozen):
    second = open_pack(world, meeting_on=OTHER_MEETING)
    counted(second)
    services.send_to_review(pack=second, by=BY, at=LATER)
    freeze(second, at=LATER)
    services.wish_restated(pack=frozen, by=BY, at=LATER)
    with pytest.raises(PackRefused, match="just now"):
        services.wish_restated(pack=second, by=BY, at=LATER)
    BoardPack.objects.filter(pk=second.pk).update(work=Wish.RESTATE)  # as if both had come at once
    assert freezing.work_on_packs(at=LATER)
    assert Restatement.objects.count() == 1
    refused = BoardPack.objects.get(pk__in=[frozen.pk, second.pk], problem__gt="")
    assert "the next can be made on" in refused.problem
