"""Saving a partnership's design: a further version each time, frozen with its logo."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from certificates.models import Design, Logo
from training.access.actor import Actor
from training.audit import services as audit
from training.people.models import Partnership


@transaction.atomic
def save_design(design: Design, *, by: Actor, at: datetime) -> Design:
    """Make this the partnership's newest design. What was issued before keeps its own."""
    before = Design.objects.filter(partnership=design.partnership)
    design.number = (before.aggregate(last=Max("number"))["last"] or 0) + 1
    design.logo = _kept(design.drawn_logo) if design.drawn_logo else None
    design.made_at, design.made_by = at, str(by)
    design.save(force_insert=True)
    code = design.partnership.code
    audit.record("design saved", by=by, at=at, kind="design", uid=design.uid, partnership_code=code)
    return design


def newest_of(partnership: Partnership) -> Design | None:
    """What new certificates of a partnership look like; none where they are plain."""
    return Design.objects.filter(partnership=partnership).select_related("logo").order_by("-number").first()


def _kept(content: bytes) -> Logo:
    digest = hashlib.sha256(content).hexdigest()
    return Logo.objects.get_or_create(sha256=digest, defaults={"content": content})[0]
