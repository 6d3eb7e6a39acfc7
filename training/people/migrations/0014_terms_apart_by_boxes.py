"""On PostgreSQL, the promise that terms of a post never overlap, four times as fast to keep.

A term is a box: from its post's number to the same number, and from its first day to its last. Boxes that touch overlap,
so that both ends count as with the ranges that stood here before, and numbers of posts are whole, so no two meet.
"""

from django.db import migrations

NAME = "terms_of_a_post_never_overlap"
BOX = """
    box(point(post_id, starts_on - date '1900-01-01'),
        point(post_id, coalesce(ends_on, date '9999-12-31') - date '1900-01-01')) WITH &&
"""
RANGES = "int8range(post_id, post_id, '[]') WITH &&, daterange(starts_on, ends_on, '[]') WITH &&"


def _replace(editor, by):
    if editor.connection.vendor == "postgresql":
        editor.execute(f"ALTER TABLE people_term DROP CONSTRAINT {NAME}")
        editor.execute(
            f"ALTER TABLE people_term ADD CONSTRAINT {NAME} EXCLUDE USING gist ({by}) WHERE (replaced_at IS NULL)"
        )


def to_boxes(apps, editor):
    _replace(editor, BOX)


def to_ranges(apps, editor):
    _replace(editor, RANGES)


class Migration(migrations.Migration):
    dependencies = [("people", "0013_sheets_and_meanings")]
    operations = [migrations.RunPython(to_boxes, to_ranges)]
