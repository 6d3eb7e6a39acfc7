"""A code entered at sign-in proves the address: that is when a login is tied."""

from typing import Any

from allauth.account.signals import authentication_step_completed
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from training.people.models import User

from . import services

# Why the sign-in's address did not lead to a person, for the page that comes next
TIE_IN_SESSION = "sign_in_tie"
# Said at once: one who holds a role goes on to the front page, and not to the page for finding a record
NOT_TIED = "We have not connected a staff record to this sign-in. Ask your HR team if you need your own learning here."


@receiver(authentication_step_completed)
def tie_after_code(request: HttpRequest, method: str, user: User, email: str = "", **_: Any) -> None:
    """Tie the login to the person on the roster at this address, if it is one person and they are free."""
    if method == "code" and email:
        tie = services.tie_login(user, email, at=timezone.now())
        request.session[TIE_IN_SESSION] = tie.value
        if tie == tie.ROLES:
            messages.warning(request, NOT_TIED)
