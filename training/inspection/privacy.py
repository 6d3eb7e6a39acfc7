"""What audits hold on a person: that a post of theirs was in a sample. Packs hold counts alone."""

from training.privacy.holdings import Holding, Keep

HOLDINGS = (
    Holding(
        "inspection.SampledPost",
        "post__employment__person__uid",
        "To let an auditor trace how a figure was come by, without your name",
        Keep.YEAR,
        ("sample__as_at", "sample__drawn_at", "number"),
    ),
)
