"""Putting packaged resources into pages."""

import json

from django.db import transaction

from champions.content.schema import ResourceText, packaged_resources
from champions.models import ChampionsAreaPage, Resource
from champions.services.packs import champions_area


@transaction.atomic
def load_resources() -> list[Resource]:
    """Publish those that are not there yet, as drafts for specialist review; what authors have is left alone."""
    area = champions_area()
    there = set(Resource.objects.values_list("slug", flat=True))
    return [_publish(area, text) for text in packaged_resources() if text.slug not in there]


def _publish(area: ChampionsAreaPage, text: ResourceText) -> Resource:
    body = [{"type": "words", "value": {"title": each.title, "text": each.text.strip()}} for each in text.body]
    page = Resource(**text.model_dump(exclude={"body"}), body=json.dumps(body))
    area.add_child(instance=page)
    page.save_revision().publish()
    return page
