"""What this room holds on a person."""

from certificates.erasure import erase_certificates
from training.privacy.holdings import Holding, Keep

FORGETS = (erase_certificates,)

HOLDINGS = (
    Holding(
        model="certificates.PrintedName",
        subject="person__uid",
        why="How you asked for your name to be printed, and whether your HR team said that it is yours.",
        keep=Keep.WHILE_EMPLOYED,
        fields=("uid", "name", "asked_at", "answered_at", "is_confirmed"),
    ),
    Holding(
        model="certificates.Certificate",
        subject="completion__person__uid",
        why="Proof of your learning, with the name that is printed on it, so that anyone you show it to can check it.",
        keep=Keep.LEDGER,
        fields=("uid", "code", "snapshot", "issued_at"),
        is_shared=True,
    ),
    Holding(
        model="certificates.Showing",
        subject="certificate__completion__person__uid",
        why="What you let be shown to those who check a certificate of yours, and how often one was checked.",
        keep=Keep.LEDGER,
        fields=("certificate__uid", "is_masked", "shows_agency", "points_forward", "is_paused", "looks"),
        is_shared=True,
    ),
    Holding(
        model="certificates.BadgePlace",
        subject="certificate__completion__person__uid",
        why="Which bit of our public lists says whether a badge of yours is to be relied on.",
        keep=Keep.LEDGER,
        fields=("certificate__uid", "number"),
        is_shared=True,
    ),
    Holding(
        model="certificates.Share",
        subject="person__uid",
        why="Links by which you show your record to others.",
        keep=Keep.SHORT,
        fields=("uid", "code", "label", "modules", "names", "roster_name", "last_on", "made_at", "ended_at"),
    ),
    Holding(
        model="certificates.Viewing",
        subject="share__person__uid",
        why="When your record was seen through a link of yours, and what of it.",
        keep=Keep.NINETY_DAYS,
        fields=("share__uid", "what", "modules", "seen_at"),
    ),
)
