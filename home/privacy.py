"""What the front door holds on a person: the filters that they have saved."""

from training.privacy.holdings import Holding, Keep

HOLDINGS = (
    Holding(
        "home.SavedFilter",
        "user__person__uid",
        "To bring you back to a list as you last narrowed it. Only you can see it",
        Keep.LOGIN,
        ("agency__title", "title", "chosen", "recorded_at"),
    ),
)
