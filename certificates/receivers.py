"""News from the ledger: a completion was recorded, so its certificate is issued."""

from typing import Any

from django.dispatch import receiver

from certificates import services
from training.ledger.models import Completion
from training.ledger.signals import completion_recorded


@receiver(completion_recorded, dispatch_uid="certificates.issue")
def issue_certificate(sender: type[Completion], completion: Completion, **more: Any) -> None:
    """Issue it, once however often the news comes; nothing of what was voided in the meantime."""
    services.issue_all([completion])
