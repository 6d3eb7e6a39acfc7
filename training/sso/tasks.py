"""What the worker does for signing in."""

from datetime import datetime

from django.contrib.sessions.models import Session

from training.sso import services


def forget_old_sessions(*, at: datetime) -> None:
    """Delete sessions that have run out."""
    Session.objects.filter(expire_date__lt=at).delete()


TICKS = (services.forget_old_codes, forget_old_sessions)
