"""What board packs hold on a person: who is to write which words. What was frozen names a role and nobody."""

from training.privacy.holdings import Holding, Keep

HOLDINGS = (
    Holding(
        "boards.Narrative",
        "owner__person__uid",
        "To ask you for the words that explain a figure, and to remind you",
        Keep.LOGIN,
        ("title", "due_on", "text", "written_at", "reminded_at", "told_late_at"),
    ),
)
