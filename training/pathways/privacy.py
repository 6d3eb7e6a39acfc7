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
    Holding(
        "pathways.ExtensionRequest",
        TO_PERSON,
        "To decide whether you get more time, and to tell you; a reason is kept only until then",
        Keep.WHILE_EMPLOYED,
        ("module__code", "wished_on", "reason_code", "state", "asked_at", "decided_at", "due_on"),
    ),
    Holding(
        "pathways.Trigger",
        TO_PERSON,
        "To know what set the clock of a module going for you",
        Keep.WHILE_EMPLOYED,
        ("requirement__module__code", "event", "happened_on", "days_to_complete", "recorded_at", "replaced_at"),
    ),
)
