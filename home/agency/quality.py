"""How complete an agency's roster is: what is known of each post, and where to mend what is not."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from training.people.models import Agency, Term

MISSING = {
    "role_group": Q(role_group__isnull=True),
    "email": Q(post__employment__work_email=""),
    "team": Q(team__isnull=True),
    "manager": Q(manager__isnull=True),
    "locality": Q(locality__isnull=True, workplace__locality__isnull=True),
    "workplace": Q(workplace__isnull=True),
}
"""What a post can lack. Of a workplace it is not said that it should have one: where it is, is enough."""
PARTS = {
    "role_group": ("Role group", "Nothing is asked of a post without one. Say what its job title means."),
    "email": ("Work e-mail", "Without one, nobody can be reminded or sign in. Fill the roster's column work_email."),
    "team": ("Team", "Fill the roster's column team, so that teams can be compared."),
    "manager": ("Manager", "Fill the roster's column manager_ref, so that managers see who answers to them."),
    "locality": ("Locality", "Fill the roster's column site_code, or give the workplace a locality."),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a roster should say: of how many posts it does."""

    code: str
    title: str
    advice: str
    known: int
    posts: int

    @property
    def missing(self) -> int:
        """Of how many posts it is not known."""
        return self.posts - self.known


@dataclass(frozen=True, slots=True)
class Quality:
    """The parts, the most missing first. The score counts each part of each post alike."""

    posts: int
    parts: tuple[Part, ...]

    @property
    def known(self) -> int:
        """Parts of posts that are known."""
        return sum(part.known for part in self.parts)

    @property
    def asked(self) -> int:
        """Parts of posts in all."""
        return self.posts * len(self.parts)


def quality_of(agency: Agency, *, on: date) -> Quality:
    """Of the posts held on a day. One query."""
    terms = Term.objects.within(agency).known_now().current_on(on)
    counts = {code: Count("pk", filter=lacks) for code, lacks in MISSING.items() if code in PARTS}
    found = terms.aggregate(posts=Count("pk"), **counts)
    posts = found["posts"]
    parts = [Part(code, *words, known=posts - found[code], posts=posts) for code, words in PARTS.items()]
    return Quality(posts, tuple(sorted(parts, key=lambda part: part.known)))
