"""Django's mail functions, and with them allauth's and Wagtail's mails, lead into the outbox."""

from collections.abc import Sequence
from email.utils import parsedate_to_datetime

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from . import services


class OutboxBackend(BaseEmailBackend):
    """Named by settings.EMAIL_BACKEND; the outbox itself sends through settings.DELIVERY_BACKEND."""

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write one notice a recipient, as plain text, to be sent as soon as the transaction is over.

        A mail with an `Expires` header (RFC 4021) is of no use after that moment, and is then not sent any more.
        """
        at = timezone.now()
        for message in email_messages:
            expires = message.extra_headers.get("Expires")
            useless_after = parsedate_to_datetime(expires) if expires else None
            for address in message.recipients():
                subject, body = str(message.subject), str(message.body)
                services.send(
                    to=address,
                    kind="mail",
                    subject=subject,
                    body=body,
                    at=at,
                    useless_after=useless_after,
                    at_once=True,
                )
        return len(email_messages)
