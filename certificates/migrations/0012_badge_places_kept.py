"""Badges that are out keep the places they name: until now the numbers of their certificates."""

from django.db import migrations

KEEP = """
INSERT INTO certificates_badgeplace (number, certificate_id)
SELECT id, id FROM certificates_certificate ORDER BY id
"""
KEEP_GONE = """
INSERT INTO certificates_badgeplace (number, certificate_id)
SELECT number, NULL FROM certificates_gone ORDER BY number
"""


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0011_badge_places'),
    ]

    operations = [
        migrations.RunSQL([KEEP, KEEP_GONE], "DELETE FROM certificates_badgeplace"),
    ]
