"""A frozen pack stays as it is to the byte, whatever becomes known later; a restatement says what moved."""

import io
import json
import random
import zipfile
from dataclasses import astuple, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import openpyxl
import pytest
from django.db import DatabaseError, transaction

from tests.boards.conftest import AS_AT, MEETING, freeze, open_pack
from tests.conftest import MOMENT
from tests.factories import PartnershipFactory
from tests.strategy.cases import BY, done
from training.audit.models import AuditEvent
from training.boards.changed import ELSE, GOES_ON, TELLS, said_to_have_changed
from training.boards.contents import Contents, Figures, Line, Restated, digest_of
from training.boards.errors import PackRefused
from training.boards.indicator_counts import indicator_counts
from training.boards.models import BoardPack, CountedDay, Restatement, Snapshot, State
from training.boards.outcome_parts import is_collected
from training.boards.parts import paper_of, restated_paper
from training.boards.restating import ELSEWHERE, FEW, IN_PART, moved
from training.boards.services import freezing
from training.boards.services import packs as services
from training.boards.tables import tables_of, xlsx_of, zip_of
from training.ledger.models import Entry
from training.ledger.services import void_completion
from training.people.models import Locality, Term
from training.press.paper import html_of
from training.returns.models import ReturnTerms
from training.returns.quarters import Quarter
from training.returns.selectors.partnership import closed_at
from training.strategy.coverage import Cell, Place
from training.strategy.edits import with_target
from training.strategy.figures import CHAMPIONS, CHAMPIONS_THERE, INDICATOR
from training.strategy.pack_reader import read_pack
from training.strategy.periods import Period
from training.strategy.selectors.editing import what_it_means
from training.strategy.services import give_values, load_pack
from training.strategy.told import Asked, Told
from training.strategy.values import Said

LATER = datetime(2026, 12, 20, 9, tzinfo=UTC)


def files(snapshot: Snapshot) -> tuple[bytes, ...]:
    """Everything that is drawn of a snapshot; of the PDF what it is drawn from."""
    contents = Contents.read(snapshot.content)
    return (
        snapshot.content.encode(),
        html_of(paper_of(contents, snapshot.digest)).encode(),
        xlsx_of(contents),
        zip_of(contents),
    )


def test_a_pack_holds_outcomes_figures_and_who_did_not_report(pack):
    figures = Figures.read(pack.figures)
    assert figures.strategy.pack_id == "severnshire-2026"
    assert figures.lines["COV_REQUIRED"].text == "65%"
    assert figures.lines["COV_REQUIRED"].counts == "72 of 110"
    assert figures.lines["COV_REQUIRED"].rating == "Red"
    assert figures.silent == ("Marlbridge District Council",)
    assert [(each.title, each.percent) for each in figures.agencies] == [
        ("Marlbridge District Council", "-"),
        ("Severn Vale Hospitals", "75%"),
        ("Severnshire Police", "40%"),
        ("Whole partnership", "65%"),
    ]
    assert figures.public["COV_REQUIRED"].counts == "70 of 110"
    assert [(each.title, each.known, each.staff) for each in figures.declared.rows][1:] == [
        ("Severn Vale Hospitals", "60 of 80", "Not declared"),
        ("Severnshire Police", "12 of 30", "Not declared"),
    ]
    assert figures.lines["LESSON_ACK"].text == "Not collected"
    assert figures.lines["LESSON_ACK"].rating == "No data"


def test_what_is_frozen_is_named_by_its_hash_and_on_record(frozen):
    snapshot = Snapshot.objects.get()
    assert snapshot.digest == sha256(snapshot.content.encode()).hexdigest()
    kept = json.loads(snapshot.content)
    assert snapshot.content == json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert kept["decisions"] == ["Agree the plan", "=cmd()"]
    assert kept["without"] == list(frozen.narratives.filter(text="").values_list("title", flat=True))
    assert AuditEvent.objects.filter(verb="board pack frozen", detail__digest=snapshot.digest).count() == 1
    assert frozen.state == State.FROZEN


def test_the_database_refuses_any_change_of_what_is_frozen(frozen):
    snapshot = Snapshot.objects.get()
    for change in (lambda: Snapshot.objects.update(content="{}"), snapshot.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_why_a_pack_was_not_frozen_names_what_changed_and_no_move_of_few(pack):
    figures = Figures.read(pack.figures)

    def because(**lines) -> str:
        after = figures.model_copy(update={"lines": figures.lines | lines})
        return said_to_have_changed(figures, after).removeprefix(TELLS).removesuffix(f". {GOES_ON}")

    def at(text: str, numerator: str) -> Line:
        was = figures.lines["COV_REQUIRED"]
        part = was.parts[0].model_copy(update={"text": text, "numerator": numerator})
        return was.model_copy(update={"text": text, "counts": f"{numerator} of 110", "parts": (part,)})

    title = at("", "").title
    assert because(COV_REQUIRED=at("73%", "80")) == f"{title} (Whole partnership): 65% (72 of 110) to 73% (80 of 110)"
    few = "65% (72 of 110) to not told, as few people moved it"
    assert because(COV_REQUIRED=at("67%", "74")) == f"{title} (Whole partnership): {few}"
    then = figures.lines["COV_REQUIRED"].trend[-1].model_copy(update={"text": "1%"})
    assert because(COV_REQUIRED=figures.lines["COV_REQUIRED"].model_copy(update={"quarter": then})) == (
        f"{title}: its earlier figures"
    )
    every = {code: each.model_copy(update={"target_text": "x" * 60}) for code, each in figures.lines.items()}
    assert because(**every).endswith(f"; and {len(every) - because(**every).count(', target: ')} more")
    assert because() == ELSE


def test_the_places_of_another_strategy_hold_no_pack_back(world, in_review):
    place = Locality.objects.create(partnership=world.partnership, code="WYN", title="Wynfold", kind="district")
    day = CountedDay.objects.get()
    report = json.loads(day.report)
    for there, cell in (
        (CHAMPIONS, Cell(12, 12)),
        (Place("locality", "WYN", INDICATOR, CHAMPIONS_THERE), Cell(12, 400)),
    ):
        report["cells"].append([*astuple(there), *astuple(cell)])
    CountedDay.objects.update(report=json.dumps(report))
    freezing.count(in_review, at=MOMENT)
    in_review.refresh_from_db()
    champions = Figures.read(in_review.figures).lines["CHAMP_LOCALITY"]
    assert (champions.text, [part.label for part in champions.parts]) == ("30 for every 1,000", [place.title])
    load_pack(read_pack("glos-da-2021"), partnership=world.partnership, by=BY, at=MOMENT)
    assert world.partnership.localities.count() > 1
    freeze(in_review, at=LATER)
    assert in_review.state == State.FROZEN


def test_a_figure_from_outside_stands_in_one_version_of_its_period(world, pack):
    spring = Period(date(2026, 4, 1), date(2026, 6, 30))
    given = {"code": "REFERRALS_BY_AGENCY", "part": "", "period": spring, "denominator": None}
    given |= {"narrative": "As counted", "said_by": "The service"}
    give_values(world.partnership, [Said(numerator=70, **given)], by=BY, at=MOMENT)
    summer = open_pack(world, as_at=date(2026, 6, 30), meeting_on=date(2026, 11, 10))
    BoardPack.objects.update(work="")
    summer.refresh_from_db()
    freezing.count(summer, at=MOMENT)
    summer.refresh_from_db()
    services.send_to_review(pack=summer, by=BY, at=MOMENT)
    freeze(summer)
    later = MOMENT + timedelta(hours=1)
    give_values(world.partnership, [Said(numerator=72, why="Late forms", **given)], by=BY, at=later)
    freezing.count(pack, at=LATER)
    pack.refresh_from_db()
    line = Figures.read(pack.figures).lines["REFERRALS_BY_AGENCY"]
    assert (line.text, line.period, line.restated) == ("72", str(spring), "Late forms")
    assert [each.text for each in (line.quarter, *line.trend)] == ["72"] * 3


def test_freezing_closes_the_quarter_that_the_board_has_been_given(world, in_review):
    summer = Quarter(date(2026, 7, 1))
    terms = {"partnership": world.partnership, "quarter_on": date(2026, 4, 1), "due_days": 28}
    ReturnTerms.objects.create(**terms, recorded_at=MOMENT, recorded_by="test")
    freezing.count(in_review, at=MOMENT)
    in_review.refresh_from_db()
    freeze(in_review)
    assert [closed_at(world.partnership, each) for each in (summer, summer.back())] == [MOMENT, None]


def test_freezing_twice_is_refused(frozen):
    with pytest.raises(PackRefused, match="frozen already"):
        services.wish_frozen(pack=frozen, seen="", even_without=True, by=BY, at=MOMENT)
    with pytest.raises(PackRefused, match="frozen already"):
        freezing.freeze(frozen, by=BY, at=MOMENT)
    for step in (services.discard, services.count_again, services.back_to_draft):
        with pytest.raises(PackRefused):
            step(pack=frozen, by=BY, at=MOMENT)


def test_missing_words_must_be_said_to_be_missing(in_review):
    seen = digest_of(in_review.figures)
    with pytest.raises(PackRefused, match="The whole, in short"):
        services.wish_frozen(pack=in_review, seen=seen, even_without=False, by=BY, at=MOMENT)


def test_what_becomes_known_after_the_review_moves_nothing_that_is_frozen(world, in_review):
    services.wish_frozen(pack=in_review, seen=digest_of(in_review.figures), even_without=True, by=BY, at=MOMENT)
    done(world.hospital[60:70], world.module, at=MOMENT)
    assert freezing.work_on_packs(at=MOMENT + timedelta(minutes=5)) == 1
    in_review.refresh_from_db()
    assert (in_review.state, in_review.problem) == (State.FROZEN, "")
    assert Contents.read(in_review.snapshot.content).figures == Figures.read(in_review.figures)


def test_a_strategy_that_changes_after_the_wish_to_freeze_is_looked_at_first(world, in_review):
    seen = in_review.figures
    services.wish_frozen(pack=in_review, seen=digest_of(seen), even_without=True, by=BY, at=MOMENT)
    new = with_target(read_pack("severnshire-2026"), "COV_T1", value=95, note="")
    load_pack(new, partnership=world.partnership, by=BY, at=MOMENT)
    freezing.count(in_review, at=MOMENT)
    assert BoardPack.objects.get().figures == seen
    assert freezing.work_on_packs(at=MOMENT + timedelta(minutes=5)) == 1
    in_review.refresh_from_db()
    assert (in_review.state, in_review.work) == (State.REVIEW, "")
    assert in_review.problem == (
        "Not frozen, since this has changed: Awareness in date, target: 85% to 95%. "
        "Look at it, and at the words that explain it, and freeze again."
    )
    assert Figures.read(in_review.figures).lines["COV_T1"].target == 95
    assert not Snapshot.objects.exists()
    with pytest.raises(PackRefused, match="has changed"):
        services.wish_frozen(pack=in_review, seen=digest_of(seen), even_without=True, by=BY, at=MOMENT)
    freeze(in_review, at=MOMENT + timedelta(minutes=9))
    assert Snapshot.objects.count() == 1


def test_what_is_restated_is_not_wished_any_more(frozen):
    """Else a worker that is killed right after it would restate once more."""
    services.wish_restated(pack=frozen, by=BY, at=LATER)
    with pytest.raises(PackRefused, match="counted already"):
        services.wish_restated(pack=frozen, by=BY, at=LATER)
    freezing.restate(frozen, by=BY, at=LATER)
    assert BoardPack.objects.get().work == ""


def test_a_thousand_later_facts_move_no_byte_and_the_restatement_says_what_moved(world, frozen):
    snapshot = Snapshot.objects.get()
    before = files(snapshot)
    _a_thousand_facts(world)
    assert files(Snapshot.objects.get()) == before
    made = freezing.restate(frozen, by=BY, at=LATER)
    told = Restated.read(made.content)
    shown = {each.place: (each.before, each.after) for each in told.differences if each.what == "All that is asked"}
    assert shown == {
        "Severn Vale Hospitals": ("75% (60 of 80)", "54% (40 of 74)"),
        "Severnshire Police": ("40% (12 of 30)", "67% (20 of 30)"),
        "Whole partnership": ("65% (72 of 110)", "58% (60 of 104)"),
    }
    causes = {(each.agency, each.what): each.count for each in told.causes}
    assert causes["Severn Vale Hospitals", "training taken back"] == "About 20"
    assert causes["Severn Vale Hospitals", "posts and leave"] == "About 10"
    assert causes["Severnshire Police", "training recorded"] == "About 10"
    drawn = html_of(restated_paper(told, made.digest))
    assert "Restatement of the board pack" in drawn
    assert "came out the same, or is hidden on both days: then it is not told whether it did" in drawn
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Restatement.objects.update(content="{}")


def _a_thousand_facts(world) -> None:
    """Twenty voids, eight done in time and recorded late, six who had left; the rest moves nothing shown."""
    chance = random.Random(7)
    for entry in Entry.objects.everywhere(reason="test").filter(person__in=world.hospital[:20]):
        void_completion(entry, reason="Entered in error", by=BY, at=MOMENT + timedelta(days=3))
    done(world.police[12:20], world.module, at=MOMENT + timedelta(days=4))
    for number in range(24):  # done again after the day, which says nothing of it
        day = date(2026, 10, 1) + timedelta(days=number)
        done(chance.sample(world.hospital[20:60], 40), world.module, on=day, at=MOMENT + timedelta(days=5))
    left = MOMENT + timedelta(days=6)
    for term in Term.objects.everywhere(reason="test").filter(post__employment__person__in=world.hospital[60:66]):
        Term.objects.everywhere(reason="test").filter(pk=term.pk).update(replaced_at=left)
        term.pk, term.recorded_at, term.ends_on = None, left, AS_AT - timedelta(days=9)
        term.save(force_insert=True)


def test_a_change_of_the_strategy_is_told_to_move_nothing_that_is_frozen(world, frozen):
    was = read_pack("severnshire-2026")
    new = with_target(was, "COV_T1", value=95, note="")
    assert what_it_means(world.partnership, was, new)[2:] == [
        "1 board pack is frozen against it. What is frozen keeps its words, targets and colours."
    ]
    before = files(frozen.snapshot)
    load_pack(new, partnership=world.partnership, by=BY, at=LATER)
    frozen.snapshot.refresh_from_db()
    assert files(frozen.snapshot) == before


def test_where_few_people_moved_it_is_not_said_to_what(world, frozen):
    done(world.hospital[60:62], world.module, at=MOMENT + timedelta(days=1))
    told = Restated.read(freezing.restate(frozen, by=BY, at=LATER).content)
    shown = {(each.place, each.what): each.after for each in told.differences}
    assert shown["Severn Vale Hospitals", "All that is asked"] == FEW
    assert shown["Whole partnership", "All that is asked"] == FEW
    assert shown["Whole partnership", "Required training in date"] == FEW
    assert {each.count for each in told.causes} == {"Fewer than five times"}


def test_a_figure_that_moved_in_a_part_alone_is_said_to_have(pack):
    frozen = Figures.read(pack.figures)
    line = frozen.lines["COV_T1"]
    parts = tuple(each.model_copy(update={"numerator": "1"}) for each in line.parts)
    now = frozen.model_copy(update={"lines": frozen.lines | {"COV_T1": line.model_copy(update={"parts": parts})}})
    assert [each.after for each in moved(frozen, now)] == [IN_PART]


def test_what_moved_in_tiers_alone_is_said(pack):
    frozen = Figures.read(pack.figures)
    *others, whole = frozen.agencies
    first = others[1].model_copy(update={"tiers": tuple("9%" for _ in frozen.tiers)})
    now = frozen.model_copy(update={"agencies": (others[0], first, others[2], whole)})
    assert [(each.place, each.after) for each in moved(frozen, now)] == [("Severn Vale Hospitals", ELSEWHERE)]
    assert moved(frozen, frozen) == ()


def test_words_that_look_like_a_number_of_thousands_of_digits_are_words(frozen):
    contents = Contents.read(Snapshot.objects.get().content).model_copy(update={"decisions": ("9" * 5000, "7")})
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(contents)))
    assert {7, "9" * 5000} <= {cell.value for row in book["Words"].iter_rows() for cell in row}
    assert zip_of(contents)


def test_two_restatements_close_together_are_refused(world, frozen):
    freezing.restate(frozen, by=BY, at=LATER)
    with pytest.raises(PackRefused, match="four weeks"):
        services.wish_restated(pack=frozen, by=BY, at=LATER + timedelta(days=2))
    services.wish_restated(pack=frozen, by=BY, at=LATER + timedelta(days=30))


def test_spreadsheets_hold_values_alone_on_visible_sheets(frozen):
    contents = Contents.read(Snapshot.objects.get().content)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(contents)))
    assert book.sheetnames == [each.title for each in tables_of(contents)]
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "'=cmd()" in {cell.value for cell in cells}
    with zipfile.ZipFile(io.BytesIO(zip_of(contents))) as bundle:
        assert "'=cmd()" in bundle.read("words.csv").decode()
        assert b"Severn Vale Hospitals,yes,75%,60,80" in bundle.read("agencies.csv")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"meeting_on": date(2026, 11, 1)}, "in the past"),
        ({"meeting_on": date(9999, 12, 31)}, "more than two years away"),
        ({"as_at": date(2026, 10, 15)}, "ends of the last 24 months"),
        ({"as_at": date(2026, 11, 30)}, "ends of the last 24 months"),
        ({"meeting_on": MEETING}, "already"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_words(world, more, why):
    with pytest.raises(PackRefused, match=why):
        open_pack(world, **{"meeting_on": date(2026, 12, 1)} | more)
    assert BoardPack.objects.count() == 1


def test_a_partnership_with_no_roster_and_no_strategy_has_a_pack_that_says_so(db):
    empty = PartnershipFactory(code="empty", title="Empty")
    given = {"meeting_on": MEETING, "as_at": AS_AT, "by": BY, "at": MOMENT}
    pack = services.open_pack(partnership=empty, strategy=None, **given)
    freezing.count(pack, at=MOMENT)
    BoardPack.objects.update(work="")
    pack.refresh_from_db()
    services.send_to_review(pack=pack, by=BY, at=MOMENT)
    snapshot = freeze(pack)
    text = html_of(paper_of(Contents.read(snapshot.content), snapshot.digest))
    assert "No strategy has been loaded" in text
    assert len(files(snapshot)) == 4


def test_strategy_is_told_how_many_figures_were_explained(world, in_review):
    asked = Asked(world.partnership, date(2026, 11, 30), LATER, frozenset())
    assert list(indicator_counts(asked)) == []
    priority, *_ = Figures.read(in_review.figures).priorities
    in_review.narratives.filter(about=priority.ref).update(text="Explained.")
    figures = Contents.read(freeze(in_review).content).figures
    collected = {code for code, line in figures.lines.items() if is_collected(line)}
    explained = {code for each in priority.outcomes for code in each.codes} & collected
    given = {code for each in figures.outcomes for code in each.codes} & collected
    assert given < {code for each in figures.outcomes for code in each.codes}
    assert list(indicator_counts(asked)) == [Told("NARRATIVE_PRESENT", len(explained), len(given))]
    assert list(indicator_counts(replace(asked, on=AS_AT))) == []
