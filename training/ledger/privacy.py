"""What the ledger holds on a person: what they completed, and what follows from it."""

from training.privacy.holdings import Holding, Keep

HOLDINGS = (
    Holding(
        "ledger.Entry",
        "person__uid",
        "To prove what you have learnt, to you and to those who may rely on it",
        Keep.LEDGER,
        (
            "kind",
            "module_code",
            "module_title",
            "edition",
            "completed_on",
            "recorded_at",
            "method",
            "source",
            "evidence",
            "agency_title",
            "role_group_title",
            "effective_on",
            "reason",
        ),
        is_shared=True,
    ),
    Holding(
        "ledger.Doubt",
        "entry__person__uid",
        "To ask a second person of your HR team before anything in your record stops counting",
        Keep.SHORT,
        ("entry__module_code", "wrong", "said_at"),
    ),
    Holding(
        "ledger.StandingStep",
        "post__employment__person__uid",
        "To show quickly what is due; worked out from the ledger and your posts, and rebuilt at will",
        Keep.WHILE_EMPLOYED,
        ("module__code", "from_on", "until_on", "state", "due_on", "valid_until"),
    ),
)
