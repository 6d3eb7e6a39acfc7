"""Who is signed in: the login with the roster person tied to it, by one statement worked out once."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as ByAddress
from django.db.models import QuerySet

from training.access.prepared import Given, PreparedRead
from training.people.models import User


class AuthenticationBackend(ByAddress):
    """What `AUTHENTICATION_BACKENDS` names."""

    def get_user(self, user_id: int) -> User | None:
        """The login of a session, unless it has been closed."""
        user = next(iter(_login(user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None


@PreparedRead
def _login(user: Given) -> QuerySet[User, Any]:
    return User.objects.filter(pk=user).select_related("person")
