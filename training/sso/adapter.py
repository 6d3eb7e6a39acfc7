"""Where signing in differs from allauth's own way: nobody signs up, and words are plain."""

from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from training.access.clock import today
from training.people.selectors import access_of

WORDS = {
    "account_inactive": "This sign-in has been closed. Ask your HR team.",
    "email_password_mismatch": "The email address or the password is not right. Check both, or get a code instead.",
    "enter_current_password": "That is not your present password.",
    "incorrect_code": "That is not the code we sent. Check the newest email from us and try again.",
    "too_many_login_attempts": "There have been too many tries. Wait five minutes, then start again.",
    "rate_limited": "There have been too many tries. Wait five minutes, then start again.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Named by settings.ACCOUNT_ADAPTER."""

    error_messages = DefaultAccountAdapter.error_messages | WORDS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come from rosters, never from a form."""
        return False

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """As allauth's; a mail with a code says when the code ends, so that it is not sent after that."""
        if "code" in context:
            ends_at = timezone.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
            headers = {"Expires": format_datetime(ends_at)} | (headers or {})
        return super().render_mail(template_prefix, email, context, headers)

    def is_safe_url(self, url: str) -> bool:
        """The site's own addresses alone: allauth would lead to the content host too, where packages run."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={urlsplit(settings.BASE_URL).netloc})

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Learners to their learning, other role holders to the front page, the rest to finding their record."""
        access = access_of(request.user, on=today())
        if access.person_id:
            return reverse("learning")
        return reverse("home" if access.grants else "connect")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a password is set or changed, on with the day."""
        return self.get_login_redirect_url(request)
