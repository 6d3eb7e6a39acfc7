"""What the pathway holds on a person: excused modules and moved dates, without reasons that tell anything."""

from training.privacy.holdings import Holding, Keep

TO_PERSON = "post__employment__person__uid"
HOLDINGS = (
    Holding(
        "pathways.Exemption",
        TO_PERSON,
        "To know which modules you have been excused from",
        Keep.WHILE_EMPLOYED,
        ("module__code", "starts_on", "ends_on", "reason_code", "recorded_at", "replaced_at"),
    ),
    Holding(
        "pathways.Extension",
        TO_PERSON,
        "To know which due dates were moved for you",
        Keep.WHILE_EMPLOYED,
        ("module__code", "due_on", "recorded_at", "replaced_at"),
    ),
)
