"""The step between an author and the public: a reviewer who did not write the words."""

from typing import Any

from wagtail.models import AbstractGroupApprovalTask

from training.people.models import User
from training.people.two_people import written_by_another


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
