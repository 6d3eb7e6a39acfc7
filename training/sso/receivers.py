"""A code entered at sign-in proves the address: that is when a login is tied."""

from typing import Any

from allauth.account.signals import authentication_step_completed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from training.people.models import User

from . import services

# Why the sign-in's address did not lead to a person, for the page that comes next
TIE_IN_SESSION = "sign_in_tie"


@receiver(authentication_step_completed)
def tie_after_code(request: HttpRequest, method: str, user: User, email: str = "", **_: Any) -> None:
    """Tie the login to the person on the roster at this address, if it is one person and they are free."""
    if method == "code" and email:
        request.session[TIE_IN_SESSION] = services.tie_login(user, email, at=timezone.now()).value
