"""Editions frozen before ShownFile was there: their pictures and films belong to their courses, too."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

# Where a block keeps a chosen picture or file: a question's picture lies deeper than a picture's own
IMAGES, DOCUMENTS = {"image"}, {"file", "captions"}


def remember_files(apps: Any, schema_editor: Any) -> None:
    """Whatever an edition points at, and is still there."""
    shown = apps.get_model("courses", "ShownFile").objects
    there = {
        "image_id": set(apps.get_model("wagtailimages", "Image").objects.values_list("pk", flat=True)),
        "document_id": set(apps.get_model("wagtaildocs", "Document").objects.values_list("pk", flat=True)),
    }
    editions = apps.get_model("courses", "Edition").objects.values_list("course_id", "content")
    for course, content in editions.iterator(chunk_size=50):
        for name, pk in _chosen(content["lessons"]):
            if pk in there[name]:
                shown.get_or_create(course_id=course, **{name: pk})


def _chosen(part: Any) -> Iterator[tuple[str, int]]:
    for each in part if isinstance(part, list) else ():
        yield from _chosen(each)
    for name, value in part.items() if isinstance(part, dict) else ():
        if isinstance(value, int) and name in IMAGES | DOCUMENTS:
            yield ("image_id" if name in IMAGES else "document_id"), value
        else:
            yield from _chosen(value)


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0015_local_services_by_two'),
    ]

    operations = [
        migrations.RunPython(remember_files, migrations.RunPython.noop, elidable=True),
    ]
