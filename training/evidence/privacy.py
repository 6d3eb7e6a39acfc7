"""What the evidence room holds on a person: training done elsewhere, and the files that show it."""

from training.privacy.holdings import Holding, Keep

HOLDINGS = (
    Holding(
        "evidence.Evidence",
        "person__uid",
        "To decide whether training you did elsewhere counts here, and to remember what was decided",
        Keep.WHILE_EMPLOYED,
        (
            "agency__title",
            "external_title",
            "provider",
            "completed_on",
            "expires_on",
            "reference",
            "state",
            "said",
            "module__code",
            "recorded_at",
            "decided_at",
            "asked_outside_at",
        ),
    ),
    Holding(
        "evidence.EvidenceFile",
        "evidence__person__uid",
        "To show the training you did elsewhere to the HR who decides; deleted ninety days after the decision, or a"
        " year after you handed it in where nobody has decided",
        Keep.NINETY_DAYS,
        ("evidence__external_title", "kind", "size", "recorded_at"),
    ),
    Holding(
        "evidence.CompletionRow",
        "person__uid",
        "To show your HR what a file of completions recorded, and to take it back if it was wrong",
        Keep.SHORT,
        ("completion_import__agency__title", "number", "kind", "values", "reasons"),
    ),
)
