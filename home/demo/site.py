"""Severnshire's public site, written and published as its editors would."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page

from courses.editors import site_group
from home.models import (
    CataloguePage,
    Download,
    EasyReadPage,
    FrontPage,
    HelpPage,
    InformationPage,
    NewsIndexPage,
    NewsPage,
    PartnershipPage,
    StrategyPage,
)
from home.public.opening import draft, open_site
from training.people.models import Partnership
from training.press.paper import Paper, Part, Points, Words, as_pdf

HERE = Path(__file__).parent


def build_site(partnership: Partnership, *, on: date) -> int:
    """Every page, live; how many."""
    said = yaml.safe_load((HERE / "site.yaml").read_text())
    site = open_site(partnership)
    front = FrontPage.objects.get()
    for each in said["information"]:
        draft(front, InformationPage(title=each["title"], slug=each["slug"], body=_text(each["text"])))
    site.lead, site.body = said["site"]["lead"], _text(said["site"]["text"])
    site.save()
    about = said["about"]
    fields = {name: about[name] for name in ("title", "slug", "summary")}
    draft(site, InformationPage(body=_text(about["text"]), **fields))
    for kind, text in ((CataloguePage, "training"), (HelpPage, "help")):
        page = kind.objects.child_of(site).get()
        page.introduction = _text(said[text])
        page.save()
    _strategy(site, said, on=on)
    _news(site, said["news"], on=on)
    pages = [each.specific for each in Page.objects.descendant_of(front, inclusive=True).order_by("path")]
    for page in pages:
        page.full_clean()
        page.save_revision().publish()
    return len(pages)


def _text(html: str) -> list[tuple[str, str]]:
    return [("text", html)]


def _strategy(site: PartnershipPage, said: dict[str, Any], *, on: date) -> None:
    page = StrategyPage.objects.child_of(site).get()
    page.introduction = _text(said["strategy"])
    for each in said["documents"]:
        document = get_document_model()(title=each["title"], collection=_collection(site.partnership))
        document.file.save("on-a-page.pdf", ContentFile(_on_a_page(page, on=on)))
        page.downloads.add(Download(document=document, title=each["title"], about=each["about"]))
    page.save()
    easy = said["easy"]
    lines = [("heading", it) if isinstance(it, str) else ("line", _line(*it)) for it in easy["lines"]]
    draft(page, EasyReadPage(title=easy["title"], slug=easy["slug"], body=lines))


def _line(picture: str, words: str) -> dict[str, str]:
    return {"picture": picture, "words": words}


def _collection(partnership: Partnership) -> Collection:
    return Collection.objects.get(name=site_group(partnership))


def _on_a_page(page: StrategyPage, *, on: date) -> bytes:
    """The document that an editor would upload."""
    strategy = page.strategy
    promises = tuple(objective.title for each in strategy.priorities.all() for objective in each.objectives.all())
    parts = [
        Part("What we want", [Words((strategy.vision, strategy.note))]),
        Part("What we promise", [Points(promises)]),
    ]
    paper = Paper(
        name="Learning",
        heading=strategy.title,
        issuer=strategy.owner_group,
        as_at=on,
        parts=parts,
        mark="Draft for specialist review",
    )
    return as_pdf(paper)


def _news(site: PartnershipPage, said: list[dict[str, Any]], *, on: date) -> None:
    index = NewsIndexPage.objects.child_of(site).get()
    for each in said:
        day = on - timedelta(days=each["ago"])
        page = NewsPage(title=each["title"], day=day, summary=each["summary"], body=_text(each["text"]))
        page.slug = f"{day:%Y-%m-%d}"
        draft(index, page)
