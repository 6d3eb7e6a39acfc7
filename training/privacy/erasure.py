"""Forgetting a person: each room takes what names or reaches them. Days, numbers and what is kept by uid stay."""

from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.db import transaction

from training.access.actor import Actor


@transaction.atomic
def forget(person: Any, *, by: Actor, at: datetime) -> None:
    """Call what each room's privacy.py lists as FORGETS, with the person (of `training.people`), in the rooms' order.

    The record itself, its name and its login are the caller's to change, afterwards: the rooms look them up.
    """
    for room in settings.ROOMS:
        if room != "training.privacy" and find_spec(f"{room}.privacy") is not None:
            for forgets in getattr(import_module(f"{room}.privacy"), "FORGETS", ()):
                forgets(person, by=by, at=at)
