"""Everything that several figures need, read once from a bundle."""

from collections import namedtuple

from .posts import Training, read_posts
from .rules import Rules
from .standing import History

Asked = namedtuple("Asked", "one agency role_group family locality module standing")


class Facts:
    """A bundle, put together."""

    def __init__(self, bundle):
        self.bundle = bundle
        self.rules = Rules(bundle)
        self.families = {row["role_group"]: row["family"] for row in bundle.rows("role_groups")}
        self.training = Training(bundle, self.rules)
        self.posts = read_posts(bundle)

    def histories(self, post):
        """A history for each module that any rule ever asked of a post."""
        by_job, by_duty = self.rules.of(post.agency)
        rules = [rule for job in dict.fromkeys(term.role_group for term in post.terms) for rule in by_job.get(job, ())]
        duties = dict.fromkeys(duty.designation for duty in post.duties)
        rules += [rule for designation in duties for rule in by_duty.get(designation, ())]
        modules = {}
        for rule in rules:
            modules.setdefault(rule.module, []).append(rule)
        memberships = self.bundle.memberships.get(post.agency, [])
        for module, theirs in modules.items():
            yield History(post, module, theirs, memberships, self.training)

    def posts_of(self, agencies):
        """The posts at some agencies."""
        return (post for post in self.posts.values() if post.agency in agencies)

    def asked_on(self, on):
        """What is asked of whom on a day, at the agencies that reported: a row for each post and module."""
        for post in self.posts_of(self.bundle.agencies_that_reported(on)):
            term = post.term_on(on)
            for history in self.histories(post) if term else ():
                standing = history.standing(on)
                if standing:
                    module = self.rules.modules[history.module]
                    family = self.families.get(term.role_group, "")
                    yield Asked(post.one, post.agency, term.role_group, family, term.locality, module, standing)
