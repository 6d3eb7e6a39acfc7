"""The agency's lead signs a return; the partnership's coordinator may send it back."""

from datetime import datetime

from django.db import transaction

from training.access.access import Access
from training.access.actor import Actor
from training.access.clock import london_date
from training.returns.errors import NeedsAnother, NotNow
from training.returns.models import AgencyReturn, ReturnVersion
from training.returns.selectors.signers import declarers, may_sign

from .filling import copy_lines, new_version, on_record, page_of
from .telling import tell


@transaction.atomic
def sign(*, of: AgencyReturn, shown: int, access: Access, at: datetime) -> ReturnVersion:
    """Answer for what the return says. It holds from now on, and takes the place of what was signed before.

    `shown` is the version that was on the page. NotNow, NeedsAnother.
    """
    AgencyReturn.objects.select_for_update(no_key=True).get(pk=of.pk)
    by = access.actor
    waiting = of.versions.being_made().filter(pk=shown, handed_over_at__isnull=False).first()
    if waiting is None:
        raise NotNow("This return does not wait to be signed as you saw it. Look at it again.")
    if not may_sign(waiting, access, on=london_date(at)):
        raise NeedsAnother("Your agency's lead has to sign this return, other than whoever handed it over.")
    of.versions.in_force().update(replaced_at=at)
    waiting.signed_at, waiting.signed_by = at, str(by)
    waiting.save(update_fields=["signed_at", "signed_by"])
    on_record("return signed", of, by=by, at=at, is_correction=bool(waiting.correction_reason))
    return waiting


@transaction.atomic
def send_back(*, of: AgencyReturn, reason: str, by: Actor, at: datetime) -> None:
    """What was signed holds no longer, and the agency looks at it again. NotNow."""
    AgencyReturn.objects.select_for_update(no_key=True).get(pk=of.pk)
    holding = of.versions.in_force().first()
    if holding is None:
        raise NotNow("Nothing of this return is signed, so there is nothing to send back.")
    ReturnVersion.objects.filter(pk=holding.pk).update(replaced_at=at, sent_back_reason=reason)
    if not of.versions.being_made().exists():
        copy_lines(holding, new_version(of, by=by, at=at))
    on_record("return sent back", of, by=by, at=at, reason=reason)
    tell(declarers(of.agency, on=london_date(at)), "sent_back", page_of(of), at=at)
