"""What this room holds on a person."""

from training.privacy.holdings import Holding, Keep

HOLDINGS = (
    Holding(
        model="certificates.Certificate",
        subject="completion__person__uid",
        why="Proof of your learning, with the name that is printed on it, so that anyone you show it to can check it.",
        keep=Keep.LEDGER,
        fields=("uid", "code", "snapshot", "issued_at"),
        is_shared=True,
    ),
)
