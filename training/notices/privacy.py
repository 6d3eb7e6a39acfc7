"""What the outbox holds on a person: mails to their login."""

from training.notices.services import forget_mails_to
from training.privacy.holdings import Holding, Keep

FORGETS = (forget_mails_to,)

HOLDINGS = (
    Holding(
        "notices.Notice",
        "user__person__uid",
        "To send you sign-in codes and reminders, once each",
        Keep.SHORT,
        ("address", "kind", "subject", "body", "created_at", "send_after", "useless_after", "sent_at", "tries"),
    ),
)
