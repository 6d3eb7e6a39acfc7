"""The step between an author and the public: a reviewer who did not write the words."""

from typing import Any

from wagtail.models import AbstractGroupApprovalTask, Page

from training.people.models import User


def written_by_another(page: Page, user: User) -> bool:
    """Whether anybody but this login has had a hand in what would be published.

    What counts is written since the page was last published, though it has been taken down meanwhile.
    """
    since = page.revisions.filter(pk__gt=page.live_revision_id or 0)
    if page.live_revision_id is None and page.last_published_at is not None:
        since = since.filter(created_at__gt=page.last_published_at)
    return since.exclude(user=user).exists()


class SpecialistReview(AbstractGroupApprovalTask):
    """Reviewers approve what somebody else has written, or ask for changes."""

    class Meta:
        verbose_name = "specialist review"

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, str, bool]]:
        """One's own words can be handed back and not approved."""
        actions = super().get_actions(obj, user)
        return actions if written_by_another(obj, user) else [action for action in actions if action[0] == "reject"]

    @classmethod
    def get_description(cls) -> str:
        """For whoever sets up workflows."""
        return "A reviewer who did not write the words approves them"
