"""Whether somebody has just signed in: whoever finds a session open has not."""

from datetime import datetime
from typing import cast

from allauth.account.authentication import get_authentication_records

from training.access.gates import Request
from training.people.models import User


def has_signed_in_since(request: Request, moment: datetime) -> bool:
    """Whether this session's login has shown who it is since that moment."""
    records = get_authentication_records(request, cast(User, request.user))
    return max((record["at"] for record in records), default=0) >= moment.timestamp()
