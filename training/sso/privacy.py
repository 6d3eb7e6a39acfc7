"""What signing in holds on a person: codes sent to their work address, and the address their login uses."""

from training.privacy.holdings import Holding, Keep
from training.sso.services import forget_addresses

FORGETS = (forget_addresses,)

HOLDINGS = (
    Holding(
        "sso.AddressCode",
        "user__person__uid",
        "To make sure that the work address you gave is yours",
        Keep.SHORT,
        ("address", "created_at", "expires_at", "tries", "used_at"),
    ),
    Holding(
        "account.EmailAddress",
        "user__person__uid",
        "To send you sign-in codes",
        Keep.LOGIN,
        ("email", "verified", "primary"),
    ),
)
