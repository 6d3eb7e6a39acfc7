"""What is published takes two people: one writes it, another lets it out."""

from wagtail.models import Page, PagePermissionTester

from training.people.models import User


def written_by_another(page: Page, user: User) -> bool:
    """Whether anybody but this login has had a hand in what would be published.

    What counts is written since the page was last published, though it has been taken down meanwhile.
    """
    since = page.revisions.filter(pk__gt=page.live_revision_id or 0)
    if page.live_revision_id is None and page.last_published_at is not None:
        since = since.filter(created_at__gt=page.last_published_at)
    return since.exclude(user=user).exists()


class TwoPeople(PagePermissionTester):
    """Nobody publishes words that nobody else has had a hand in: reviewers' own words go to another reviewer."""

    def can_publish(self) -> bool:
        """With the permission, what somebody else has written."""
        return super().can_publish() and written_by_another(self.page, self.user)

    def can_publish_subpage(self) -> bool:
        """A new page is always somebody's own."""
        return False

    def can_move_to(self, destination: Page) -> bool:
        """What is published stays where it is: elsewhere it would be out at once, by one person's hand."""
        return super().can_move_to(destination) and (not self.page.live or self.page.is_child_of(destination))

    def can_unschedule(self) -> bool:
        """Holding back needs one person alone."""
        return super().can_publish()
