"""Sessions in the database, as Django keeps them; asked for with every page, so by a statement worked out once."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from training.access.prepared import Given, PreparedRead


class SessionStore(DatabaseStore):
    """What `SESSION_ENGINE` names."""

    def _get_session_from_db(self) -> Session | None:
        found = _running(self.session_key, timezone.now())
        if not found:
            self._session_key = None
        return found[0] if found else None


@PreparedRead
def _running(key: Given, now: Given) -> QuerySet[Session, Any]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
