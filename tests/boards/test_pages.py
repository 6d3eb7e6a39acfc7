"""The coordinator drafts and freezes, those who are asked write, the board reads, the public reads its summary."""

import html
import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.access.planting_rules import typed
from tests.boards.conftest import AS_AT, MEETING, freeze
from tests.conftest import DAY, MOMENT
from tests.strategy.cases import BY
from training.boards.contents import Contents
from training.boards.forms import LONGEST, WordsField
from training.boards.models import BoardPack, CountedDay, DrawnPaper, Narrative, Snapshot, State
from training.boards.services import freezing, papers
from training.boards.services import narratives as words
from training.boards.services import packs as services
from training.notices.models import Notice

LIST = reverse("board-packs", args=["severnshire"])
NEW = reverse("board-pack-new", args=["severnshire"])


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """It is the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: MOMENT)


@pytest.fixture
def as_(client):
    """The pages as this login sees them."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def text(answer) -> str:
    assert answer.status_code in (200, 400)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def at(name: str, pack: BoardPack, *more) -> str:
    return reverse(name, args=["severnshire", pack.uid, *more])


def test_a_pack_is_opened_counted_reviewed_and_frozen(pack, kim, col, as_):
    typed_in = typed("meeting_on", MEETING + timedelta(days=30)) | {"as_at": AS_AT.isoformat()}
    page = as_(kim).post(NEW, typed_in, follow=True)
    opened = BoardPack.objects.exclude(pk=pack.pk).get()
    assert "Its figures are being counted" in text(page)
    assert as_(col).get(at("board-pack", opened)).status_code == 404
    freezing.work_on_packs(at=MOMENT)
    page = text(as_(kim).get(at("board-pack", opened)))
    assert "Send it to review" in page
    assert "Required training in date 65% (72 of 110) 85% Red" in page
    assert "Severnshire Police 40% 12 30 0 40%" in page
    as_(kim).post(at("board-pack-step", opened), {"do": "review"})
    page = as_(col).get(at("board-pack", opened))
    assert "Agency by agency" in text(page)
    assert "Freeze it" not in text(page)
    page = as_(kim).get(at("board-pack", opened))
    sent = {"do": "freeze", "seen": page.context["seen"]}
    assert "Words are still missing" in text(as_(kim).post(at("board-pack-step", opened), sent, follow=True))
    as_(kim).post(at("board-pack-step", opened), sent | {"without": "yes"})
    freezing.work_on_packs(at=MOMENT)
    opened.refresh_from_db()
    assert opened.state == State.FROZEN
    assert "waits to be drawn" in text(as_(col).get(at("board-pack", opened)))


def test_steps_are_taken_with_the_page_s_own_token(frozen, kim):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(kim)
    page = strict.get(at("board-pack", frozen)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page[page.index("<main") :])
    sent = {"do": "publish", "csrfmiddlewaretoken": token.group(1)}
    assert strict.post(at("board-pack-step", frozen), sent).status_code == 302
    frozen.refresh_from_db()
    assert frozen.published_at == MOMENT


def test_a_second_pack_for_a_meeting_and_a_meeting_in_the_past_are_refused_in_words(pack, kim, as_):
    given = {"as_at": AS_AT.isoformat()}
    assert "a pack for that meeting already" in text(as_(kim).post(NEW, given | typed("meeting_on", MEETING)))
    past = given | typed("meeting_on", DAY - timedelta(days=1))
    assert "cannot be in the past" in text(as_(kim).post(NEW, past))


def test_a_meeting_is_moved_unless_another_is_held_that_day(pack, kim, as_):
    other = {"as_at": AS_AT.isoformat()} | typed("meeting_on", MEETING + timedelta(days=30))
    as_(kim).post(NEW, other)
    address = at("board-meeting", pack)
    assert "a pack for that meeting already" in text(as_(kim).post(address, other))
    past = typed("meeting_on", DAY - timedelta(days=1))
    assert "cannot be in the past" in text(as_(kim).post(address, past))
    as_(kim).post(address, typed("meeting_on", MEETING + timedelta(days=7)))
    pack.refresh_from_db()
    assert pack.meeting_on == MEETING + timedelta(days=7)


def test_who_is_asked_is_told_reads_the_draft_and_writes(pack, kim, col, as_):
    box = pack.narratives.get(about="summary")
    ask = at("board-ask", pack) + "?about=summary"
    due = typed("due_on", MEETING - timedelta(days=7))
    as_(kim).post(ask, {"about": "summary", "owner": str(col.uid), **due})
    mail = Notice.objects.everywhere(reason="test").get()
    assert (mail.address, mail.subject) == (col.email, "Learning")
    assert at("board-narrative", pack, box.pk) in mail.body
    assert as_(col).get(at("board-pack", pack)).status_code == 200
    page = text(as_(col).get(at("board-narrative", pack, box.pk)))
    assert "Figures to explain" in page and "Outcomes at a glance" in page
    assert re.findall(r'aria-current="true">([^<]*)', as_(col).get(LIST).content.decode())[-1] == "Board packs"
    as_(col).post(at("board-narrative", pack, box.pk), {"text": "More are in date.", "turn": "0"})
    box.refresh_from_db()
    assert (box.text, box.role, box.turn) == ("More are in date.", "Board member", 1)
    other = pack.narratives.exclude(pk=box.pk).first()
    assert as_(col).get(at("board-narrative", pack, other.pk)).status_code == 404


def test_of_two_who_write_at_once_the_second_is_shown_both(pack, kim, as_):
    box = pack.narratives.get(about="summary")
    address = at("board-narrative", pack, box.pk)
    as_(kim).post(address, {"text": "The first.", "turn": "0"})
    page = text(as_(kim).post(address, {"text": "The second.", "turn": "0"}))
    assert "Somebody else has written here" in page
    assert "What stands there now The first." in page
    assert "The second." in page
    as_(kim).post(address, {"text": "Both.", "turn": "1"})
    box.refresh_from_db()
    assert box.text == "Both."


@pytest.mark.parametrize("bad", ["x" * 100_000, "A nought \0 in it"])
def test_words_that_cannot_be_kept_are_refused_in_words(pack, kim, as_, bad):
    box = pack.narratives.get(about="summary")
    page = text(as_(kim).post(at("board-narrative", pack, box.pk), {"text": bad, "turn": "0"}))
    assert f"at most {LONGEST} characters" in page or "Null characters" in page
    assert not Narrative.objects.exclude(text="").exists()


def test_words_that_cannot_be_printed_are_refused():
    with pytest.raises(ValidationError, match="another font"):
        WordsField().clean("Fine, save for this: \U0001f931")


@pytest.mark.parametrize("sign", ["\u202e", "\u202d", "\u2066"])
def test_words_that_read_otherwise_than_they_are_written_are_refused(sign):
    with pytest.raises(ValidationError, match="after 'More are in date' that turns the direction of the text"):
        WordsField().clean(f"More are in date {sign}woN")
    assert WordsField().clean("שלום\u200f!") == "שלום\u200f!"


def test_writers_are_reminded_once_before_and_once_after(pack, col):
    box = pack.narratives.get(about="summary")
    given = {"title": box.title, "owner": col, "due_on": DAY + timedelta(days=5), "by": BY, "at": MOMENT}
    words.ask_for_words(pack=pack, about="summary", **given)
    days = [0, 2, 2, 5, 6, 7]
    assert [words.remind_writers(at=MOMENT + timedelta(days=each)) for each in days] == [0, 1, 0, 0, 1, 0]
    box.refresh_from_db()
    words.write(narrative=box, text="Done.", turn=0, role="", by=BY, at=MOMENT)
    Narrative.objects.filter(pk=box.pk).update(told_late_at=None)
    assert words.remind_writers(at=MOMENT + timedelta(days=8)) == 0


def test_decisions_that_somebody_else_has_changed_meanwhile_are_not_overwritten(pack, kim, as_):
    address = at("board-decisions", pack)
    as_(kim).post(address, {"decisions": "Agree the plan\n\n  Note the gap ", "seen": "[]"})
    page = as_(kim).post(address, {"decisions": "Something else", "seen": "[]"})
    assert "has changed since you opened the page" in text(page)
    pack.refresh_from_db()
    assert pack.decisions == ["Agree the plan", "Note the gap"]


@pytest.mark.parametrize("seen", ["9" * 5000, "[" * 5000, "{"])
def test_who_sends_what_no_page_showed_has_seen_nothing(pack, kim, as_, seen):
    BoardPack.objects.filter(pk=pack.pk).update(decisions=["Agree the plan"])
    page = as_(kim).post(at("board-decisions", pack), {"decisions": "Something else", "seen": seen})
    assert "has changed since you opened the page" in text(page)
    pack.refresh_from_db()
    assert pack.decisions == ["Agree the plan"]


def test_nothing_of_a_frozen_pack_can_be_written(frozen, kim, as_):
    box = frozen.narratives.get(about="summary")
    page = as_(kim).get(at("board-narrative", frozen, box.pk), follow=True)
    assert "Nothing in it can be changed any more" in text(page)
    for name in ("board-ask", "board-decisions", "board-meeting"):
        assert "Nothing in it can be changed any more" in text(as_(kim).get(at(name, frozen), follow=True))


def test_what_was_typed_while_somebody_froze_the_pack_is_kept_on_the_page(frozen, kim, as_):
    box, before = frozen.narratives.get(about="summary"), frozen.decisions
    typed = {"text": "Much has been done.", "turn": box.turn}
    for address, given, kept in (
        (at("board-narrative", frozen, box.pk), typed, "Much has been done."),
        (at("board-decisions", frozen), {"decisions": "Agree more", "seen": "[]"}, "Agree more"),
    ):
        page = text(as_(kim).post(address, given))
        assert "can be changed" in page
        assert kept in page
    box.refresh_from_db()
    frozen.refresh_from_db()
    assert (box.text, frozen.decisions) != ("Much has been done.", ["Agree more"])
    assert frozen.decisions == before
    assert Contents.read(Snapshot.objects.get().content).decisions == ("Agree the plan", "=cmd()")


def one_page() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


def test_the_board_takes_files_once_they_are_there(frozen, col, as_, monkeypatch):
    pdf = one_page()
    monkeypatch.setattr(papers, "as_long_pdf", lambda paper, tell: pdf)
    assert as_(col).get(at("board-pack-file", frozen, "pdf")).status_code == 302
    assert papers.draw_papers(at=MOMENT) == 1
    assert papers.draw_papers(at=MOMENT) == 0
    answer = as_(col).get(at("board-pack-file", frozen, "pdf"))
    assert (answer.content, answer["Content-Disposition"]) == (
        pdf,
        f'attachment; filename="learning-report-{MEETING}.pdf"',
    )
    kept = as_(col).get(at("board-pack-file", frozen, "json")).content.decode()
    assert kept == Snapshot.objects.get().content
    assert as_(col).get(at("board-pack-file", frozen, "exe")).status_code == 404


def test_the_page_says_how_many_pages_are_laid_out(frozen, col, as_, monkeypatch):
    said = []

    def draw(paper, tell):
        for pages in (5, 10):
            tell(pages)
            said.append(text(as_(col).get(at("board-pack", frozen))))
        return one_page()

    monkeypatch.setattr(papers, "as_long_pdf", draw)
    assert papers.draw_papers(at=MOMENT) == 1
    assert [f"{pages} pages so far" in page for pages, page in zip((5, 10), said, strict=True)] == [True, True]
    assert "so far" not in text(as_(col).get(at("board-pack", frozen)))


def test_what_cannot_be_drawn_says_why_and_is_tried_three_times(frozen, kim, col, as_, monkeypatch):
    def refuse(paper, tell):
        raise papers.CannotPrint("No face for it.")

    monkeypatch.setattr(papers, "as_long_pdf", refuse)
    for _ in range(5):
        papers.draw_papers(at=MOMENT)
    assert DrawnPaper.objects.get().tries == 3
    assert "could not be made: No face for it." in text(as_(col).get(at("board-pack", frozen)))
    pdf = one_page()
    monkeypatch.setattr(papers, "as_long_pdf", lambda paper, tell: pdf)
    as_(kim).post(at("board-pack-step", frozen), {"do": "draw"})
    assert papers.draw_papers(at=MOMENT) == 1


def test_a_paper_that_fails_as_nobody_thought_of_is_set_aside_and_those_behind_it_are_drawn(
    frozen, kim, as_, monkeypatch
):
    made = freezing.restate(frozen, by=BY, at=MOMENT + timedelta(days=40))
    pdf = one_page()

    def draw(paper, tell):
        if paper.proof == frozen.snapshot.digest:
            raise ZeroDivisionError
        return pdf

    monkeypatch.setattr(papers, "as_long_pdf", draw)
    assert papers.draw_papers(at=MOMENT) == 1
    assert DrawnPaper.objects.get(drawn_at__isnull=False).of == made.digest
    page = text(as_(kim).get(at("board-pack", frozen)))
    assert "could not be made: It was set aside. Press 'Draw again'." in page
    assert "Draw again what could not be drawn" in page
    monkeypatch.setattr(papers, "as_long_pdf", lambda paper, tell: pdf)
    as_(kim).post(at("board-pack-step", frozen), {"do": "draw"})
    assert papers.draw_papers(at=MOMENT) == 1
    assert "Draw again" not in text(as_(kim).get(at("board-pack", frozen)))


def test_a_paper_at_which_the_worker_itself_was_stopped_three_times_says_so(frozen, col, as_):
    DrawnPaper.objects.update(tries=papers.MOST_TRIES)
    assert papers.draw_papers(at=MOMENT) == 0
    assert "It was set aside" in text(as_(col).get(at("board-pack", frozen)))


def test_the_public_reads_a_summary_once_it_is_published_and_no_agency_in_it(frozen, kim, as_, client):
    address = reverse("board-summary", args=[frozen.uid])
    assert client.get(address).status_code == 404
    as_(kim).post(at("board-pack-step", frozen), {"do": "publish"})
    client.logout()
    page = text(client.get(address))
    assert "Required training in date 65% (70 of 110)" in page.replace("64%", "65%")
    assert "72 of 110" not in page
    assert "Severn Vale" not in page
    assert "More staff than ever" not in page
    as_(kim).post(at("board-pack-step", frozen), {"do": "unpublish"})
    client.logout()
    assert client.get(address).status_code == 404


def test_a_restatement_is_read_beside_the_frozen_pack(frozen, col, as_):
    made = freezing.restate(frozen, by=BY, at=MOMENT + timedelta(days=40))
    page = text(as_(col).get(at("board-restatement", frozen, made.pk)))
    assert "Nothing that is shown has moved." in page
    assert "0 figures moved" in text(as_(col).get(at("board-pack", frozen)))
    assert as_(col).get(at("board-restatement", frozen, made.pk + 1)).status_code == 404


def test_a_draft_with_other_figures_than_the_board_was_shown_says_so(pack, kim, as_):
    page = as_(kim)
    assert "is to hold" not in text(page.get(at("board-pack", pack)))
    BoardPack.objects.filter(pk=pack.pk).update(state=State.REVIEW)
    CountedDay.objects.update(shown_at=MOMENT)
    assert "every pack as at it holds those" in text(page.get(at("board-pack", pack)))
    CountedDay.objects.update(counted_at=MOMENT + timedelta(hours=1))
    found = text(page.get(at("board-pack", pack)))
    assert "every pack as at it is to hold those" in found
    assert "Count again only" not in found


def test_a_discarded_pack_leaves_room_for_another(pack, kim, as_):
    as_(kim).post(at("board-pack-step", pack), {"do": "discard"})
    assert not BoardPack.objects.exists()
    services.open_pack(partnership=pack.partnership, strategy=None, meeting_on=MEETING, as_at=AS_AT, by=BY, at=MOMENT)


def test_the_list_shows_the_board_no_draft(pack, kim, col, dot, as_):
    assert "There is none to read yet." in text(as_(col).get(LIST))
    assert "30 September 2026 Draft" in text(as_(kim).get(LIST))
    assert as_(dot).get(LIST).status_code == 403


def test_a_pack_that_somebody_freezes_meanwhile_is_not_thrown_away(in_review):
    stale = BoardPack.objects.get(pk=in_review.pk)
    freeze(in_review)
    with pytest.raises(services.PackRefused):
        services.discard(pack=stale, by=BY, at=MOMENT)
    assert Snapshot.objects.exists()
