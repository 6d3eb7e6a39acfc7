"""Putting packaged briefing packs into pages."""

import json

from django.db import transaction
from wagtail.models import Page

from champions.content.schema import PackText, Words, packaged_packs
from champions.models import BriefingPack, ChampionsAreaPage


@transaction.atomic
def load_packs() -> list[BriefingPack]:
    """Publish those that are not there yet, as drafts for specialist review; what authors have is left alone."""
    area = champions_area()
    there = set(BriefingPack.objects.values_list("slug", flat=True))
    return [_publish(area, text) for text in packaged_packs() if text.slug not in there]


def champions_area() -> ChampionsAreaPage:
    """The page under which the area hangs, beside the public site's pages; made when first needed."""
    area = ChampionsAreaPage.objects.first()
    if area is None:
        root = Page.get_first_root_node()
        area = root.add_child(instance=ChampionsAreaPage(title="Champions' area", slug="champions-area"))
    return area


def _publish(area: ChampionsAreaPage, text: PackText) -> BriefingPack:
    fields = text.model_dump(exclude={"body", "handout"})
    body = [{"type": piece.kind, "value": _words(piece)} for piece in text.body]
    handout = [{"type": "words", "value": _words(piece)} for piece in text.handout]
    page = BriefingPack(**fields, body=json.dumps(body), handout=json.dumps(handout))
    area.add_child(instance=page)
    page.save_revision().publish()
    return page


def _words(words: Words) -> dict[str, str]:
    return {"title": words.title, "text": words.text.strip()}
