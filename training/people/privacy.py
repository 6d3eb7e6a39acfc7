"""What the people room holds on a person: who they are, where they work, and how they sign in."""

from dataclasses import dataclass
from typing import Any

from training.privacy.holdings import Holding, Keep

WHERE_YOU_WORK = "To know which learning your work asks of you, and to show it to you, your manager and your HR"

SOMEBODY_ELSES = "manager_ref"


@dataclass(frozen=True, slots=True)
class RosterRowHolding(Holding):
    """Rows of roster files, without their manager's employee reference: that is somebody else's."""

    def rows_about(self, person_uid: object) -> list[dict[str, Any]]:
        """As any table's, less what is another person's."""
        return [
            {
                name: {key: it for key, it in said.items() if key != SOMEBODY_ELSES} if isinstance(said, dict) else said
                for name, said in row.items()
            }
            for row in Holding.rows_about(self, person_uid)
        ]


HOLDINGS = (
    Holding(
        "people.Person",
        "uid",
        "To know whose learning it is, and what to print on a certificate",
        Keep.WHILE_EMPLOYED,
        ("first_name", "last_name", "preferred_name", "is_protected", "recorded_at"),
    ),
    Holding(
        "people.User",
        "person__uid",
        "To let you sign in, and nobody else in your name",
        Keep.LOGIN,
        ("email", "is_active", "date_joined", "last_login"),
    ),
    Holding(
        "people.RoleGrant",
        "user__person__uid",
        "To know what you may see and do here beside your own learning",
        Keep.LOGIN,
        ("role_code", "agency__title", "partnership__title", "starts_on", "ends_on", "recorded_at"),
    ),
    Holding(
        "people.Employment",
        "person__uid",
        "To find you again on your agency's roster, and to write to you at work",
        Keep.WHILE_EMPLOYED,
        ("agency__title", "employee_ref", "work_email", "addressed_at", "recorded_at"),
    ),
    Holding(
        "people.Post",
        "employment__person__uid",
        WHERE_YOU_WORK,
        Keep.WHILE_EMPLOYED,
        ("employment__agency__title", "assignment_ref", "recorded_at"),
    ),
    Holding(
        "people.Term",
        "post__employment__person__uid",
        WHERE_YOU_WORK,
        Keep.WHILE_EMPLOYED,
        (
            "post__assignment_ref",
            "starts_on",
            "ends_on",
            "role_group__title",
            "post_title",
            "team__title",
            "workplace__title",
            "locality__title",
            "employment_type",
            "status",
            "fte",
            "recorded_at",
            "replaced_at",
        ),
    ),
    Holding(
        "people.Duty",
        "post__employment__person__uid",
        WHERE_YOU_WORK,
        Keep.WHILE_EMPLOYED,
        ("post__assignment_ref", "designation__title", "starts_on", "ends_on", "recorded_at", "replaced_at"),
    ),
    Holding(
        "people.Sameness",
        "record__uid",
        "To know which records are yours, so that your learning counts once and everywhere",
        Keep.WHILE_EMPLOYED,
        ("agency__title", "proof", "evidence", "recorded_at", "replaced_at"),
    ),
    Holding(
        "people.Sameness",
        "same_as__uid",
        "To know which records are yours, so that your learning counts once and everywhere",
        Keep.WHILE_EMPLOYED,
        ("record__uid", "same_as__uid", "agency__title", "proof", "evidence", "recorded_at", "replaced_at"),
    ),
    Holding(
        "people.Sharing",
        "own__uid",
        "To let another employer of yours count your training, because you said so",
        Keep.WHILE_EMPLOYED,
        ("record__uid", "recorded_at", "replaced_at"),
    ),
    Holding(
        "people.Sharing",
        "record__uid",
        "To let your employer count what you learnt elsewhere, because you said so",
        Keep.WHILE_EMPLOYED,
        ("recorded_at", "replaced_at"),
    ),
    Holding(
        "people.LikelyDuplicate",
        "one__uid",
        "To let your HR ask whether two of its records are yours; they decide, and are never merged by themselves",
        Keep.WHILE_EMPLOYED,
        ("agency__title", "evidence", "found_at", "refused_at"),
    ),
    Holding(
        "people.LikelyDuplicate",
        "other__uid",
        "To let your HR ask whether two of its records are yours; they decide, and are never merged by themselves",
        Keep.WHILE_EMPLOYED,
        ("agency__title", "evidence", "found_at", "refused_at"),
    ),
    Holding(
        "people.RecordClaim",
        "claimant__uid",
        "To let you bring an earlier record with you, once it is sure that it is yours",
        Keep.SHORT,
        ("agency__title", "state", "printed", "tries", "asked_at", "ends_at", "answered_at"),
    ),
    Holding(
        "people.RecordClaim",
        "record__uid",
        "To make sure that nobody takes your record for theirs",
        Keep.SHORT,
        ("state", "asked_at", "ends_at", "answered_at"),
    ),
    Holding(
        "people.Correction",
        "person__uid",
        "To let your HR put right what you say is wrong, and to tell you what they did",
        Keep.NINETY_DAYS,
        ("agency__title", "about", "words", "asked_at", "answer", "answer_words", "answered_at"),
    ),
    Holding(
        "people.StalePost",
        "post__employment__person__uid",
        "To work out anew what is due after your post changed",
        Keep.SHORT,
        ("post__assignment_ref", "marked_at"),
    ),
    RosterRowHolding(
        "people.RosterRow",
        "person__uid",
        "To show your HR what a roster file changed, and to take it back if it was wrong",
        Keep.SHORT,
        ("roster_import__agency__title", "number", "kind", "values", "changes", "reasons"),
    ),
)
