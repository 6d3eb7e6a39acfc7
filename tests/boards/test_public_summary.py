"""What anyone may take of a published summary, and what the strategy's public page shows of it."""

import io
import re

import pikepdf
import pytest
from django.urls import reverse
from wagtail.models import Page

from home.public.opening import open_site
from tests.conftest import DAY, MOMENT
from tests.strategy.cases import BY
from training.boards.contents import Contents
from training.boards.models import DrawnPaper, Narrative
from training.boards.public import name_of_paper, summary_paper, summary_rows
from training.boards.services import packs as services
from training.boards.services.papers import draw_papers
from training.press.paper import html_of


@pytest.fixture
def published(frozen):
    """The frozen pack, its summary for everybody."""
    services.publish(pack=frozen, is_public=True, by=BY, at=MOMENT)
    return frozen


def address_of(pack, kind):
    return reverse("board-summary-file", args=[pack.uid, kind])


def test_the_figures_come_as_csv_and_name_no_agency(published, client):
    answer = client.get(address_of(published, "csv"))
    text = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="learning-summary-2026-09-30.csv"'
    assert text.splitlines()[0].endswith("priority,outcome,outcome_title,figure,now,numbers,target,colour,period")
    assert "Severn Vale Hospitals" not in text
    assert len(text.splitlines()) == len(summary_rows(Contents.read(published.snapshot.content))) + 1


def test_the_pdf_is_there_once_the_worker_has_drawn_it(published, client):
    assert client.get(address_of(published, "pdf")).status_code == 404
    assert (
        address_of(published, "pdf") not in client.get(reverse("board-summary", args=[published.uid])).content.decode()
    )
    DrawnPaper.objects.exclude(of=name_of_paper(published.snapshot.digest)).delete()
    assert draw_papers(at=MOMENT) == 1
    with pikepdf.open(io.BytesIO(client.get(address_of(published, "pdf")).content)) as drawn:
        assert str(drawn.docinfo["/Title"]) == "Learning report"
    assert address_of(published, "pdf") in client.get(reverse("board-summary", args=[published.uid])).content.decode()


def test_neither_is_there_once_it_is_taken_back(published, client):
    services.publish(pack=published, is_public=False, by=BY, at=MOMENT)
    assert {client.get(address_of(published, kind)).status_code for kind in ("csv", "pdf", "xlsx")} == {404}


def preview_of(pack):
    return reverse("board-summary-preview", args=["severnshire", pack.uid])


def told(answer):
    """The page from its heading to its end."""
    page = answer.content.decode()
    return re.sub(
        r'<p class="govuk-body"><a [^>]*summary.csv.*?</p>', "", page[page.index("<h1") : page.index("</main>")]
    )


def test_whoever_may_publish_it_reads_just_what_the_public_will(frozen, kim, client):
    services.publish(pack=frozen, is_public=True, by=BY, at=MOMENT)
    in_public = told(client.get(reverse("board-summary", args=[frozen.uid])))
    services.publish(pack=frozen, is_public=False, by=BY, at=MOMENT)
    client.force_login(kim)
    before = client.get(preview_of(frozen))
    assert told(before) == in_public
    assert "The public cannot read this yet" in before.content.decode()
    page = client.get(reverse("board-pack", args=["severnshire", frozen.uid]))
    assert preview_of(frozen) in page.content.decode()


def test_a_draft_is_previewed_with_the_publics_words_and_figures(pack, kim, client):
    words = "How many know what to do."
    Narrative.objects.update_or_create(pack=pack, about=Narrative.PUBLIC, defaults={"text": words, "due_on": DAY})
    client.force_login(kim)
    page = client.get(preview_of(pack)).content.decode()
    assert words in page
    assert "64% (70 of 110)" in page
    assert "72 of 110" not in page
    assert preview_of(pack) in client.get(reverse("board-pack", args=["severnshire", pack.uid])).content.decode()


def test_neither_the_board_nor_anyone_else_has_a_preview(frozen, col, dot, client):
    assert client.get(preview_of(frozen)).status_code == 302
    for other in (col, dot):
        client.force_login(other)
        assert client.get(preview_of(frozen)).status_code in (403, 404)
    client.force_login(col)
    assert (
        preview_of(frozen) not in client.get(reverse("board-pack", args=["severnshire", frozen.uid])).content.decode()
    )


def test_the_strategys_page_says_how_far_it_is_as_last_published(published, world, client):
    open_site(world.partnership)
    for each in Page.objects.filter(live=False):
        each.specific.save_revision().publish()
    text = client.get("/severnshire/our-strategy/").content.decode()
    assert "As at 30 September 2026" in text
    assert reverse("board-summary", args=[published.uid]) in text
    assert "Severn Vale Hospitals" not in text
    assert "72 of 110" not in text
    tree = client.get("/strategy/severnshire-2026/").content.decode()
    assert "Figures are as at 30 September 2026" in tree
    assert "Awareness in date: 64% (70 of 110) (target: 85%)" in tree
    services.publish(pack=published, is_public=False, by=BY, at=MOMENT)
    again = client.get("/severnshire/our-strategy/").content.decode()
    assert "has not published any figures" in again
    assert (
        "No figures of this strategy have been published yet"
        in client.get("/strategy/severnshire-2026/").content.decode()
    )


def test_the_public_paper_names_no_hash_of_what_the_public_cannot_have(published):
    assert "SHA-256" not in html_of(summary_paper(Contents.read(published.snapshot.content)))
