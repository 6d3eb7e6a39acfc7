"""Whose agreement it takes: the manager whom the roster names, or whoever has the address that was given."""

from dataclasses import dataclass
from datetime import date

from champions.known_as import plain_address
from champions.models import Block, has_address
from champions.selectors.members import members
from training.access.access import Access
from training.access.actor import Actor
from training.people.addresses import people_at
from training.people.models import Employment, Partnership, Person, Post, Term, User

WHY = "whom to ask for their agreement"


@dataclass(frozen=True, slots=True)
class Manager:
    """Who is asked: somebody on the roster (signing in, or by a link to their work address), or an address alone."""

    person: Person | None = None
    address: str = ""
    is_on_roster: bool = False

    @property
    def name(self) -> str:
        """What whoever asks them is shown."""
        return self.person.name if self.person and not self.person.is_protected else "the person your roster names"

    @property
    def signs_in(self) -> bool:
        """Whether they can be asked on the site."""
        return self.person is not None and self.person.user_id is not None


def post_of(person: Person, partnership: Partnership, *, on: date) -> Post | None:
    """The post of theirs at which they would be a champion: the oldest that runs in the partnership."""
    running = Term.objects.everywhere(reason=WHY).known_now().current_on(on)
    running = running.filter(post__employment__person=person, post__employment__agency__in=members(partnership, on))
    term = running.select_related("post__employment__agency").order_by("starts_on", "pk").first()
    return term.post if term else None


def manager_of(post: Post, *, on: date) -> Manager | None:
    """The manager on the roster, while their post runs. Nobody manages themselves, under whichever record."""
    running = Term.objects.everywhere(reason=WHY).known_now().current_on(on)
    managing = running.filter(post=post, manager__isnull=False).values("manager")
    there = running.filter(post__in=managing, post__employment__agency=post.employment.agency_id)
    term = there.select_related("post__employment__person").order_by("pk").first()
    if term is None:
        return None
    person, own = term.post.employment.person, post.employment.person
    if person.pk in records_of(own) or keeps_away(own, person):
        return None
    address = term.post.employment.work_email
    return Manager(person, address, is_on_roster=True) if person.user_id or address else None


def by_address(post: Post, address: str, *, on: date) -> Manager:
    """Whoever has this address; known to the roster if somebody else of the same agency has it there."""
    people = people_at(address, on=on)
    here = Employment.objects.everywhere(reason=WHY).filter(agency=post.employment.agency_id, work_email=address)
    there = here.filter(person__in=people).exclude(person__in=records_of(post.employment.person))
    return Manager(address=address, is_on_roster=there.exists())


def is_own_address(person: Person, address: str) -> bool:
    """Whether an address is the person's own: to sign in or at any work, with or without a '+tag'."""
    own = (
        Employment.objects.everywhere(reason=WHY)
        .filter(person__in=records_of(person))
        .values_list("work_email", flat=True)
    )
    logins = User.objects.filter(person__in=records_of(person)).values_list("email", flat=True)
    return plain_address(address) in {plain_address(each) for each in (*own, *logins) if each}


def is_not_the_rosters(post: Post, address: str, *, on: date) -> bool:
    """Whether the roster names a manager, and an address that was given is none of theirs."""
    manager = manager_of(post, on=on)
    return bool(address and manager and manager.person and not is_own_address(manager.person, address))


def is_oneself(person: Person, by: Actor) -> bool:
    """Whether somebody acts on their own record, whatever role they hold: nobody agrees for themselves."""
    logins = User.objects.filter(person__in=records_of(person))
    return by.kind == "user" and logins.filter(uid=by.uid).exists()


def records_of(person: Person) -> set[int]:
    """Every record known to be of the same person: here nobody is another for having two."""
    if person.same_as_id is None:
        return {person.pk}
    same = Person.objects.everywhere(reason=WHY).filter(same_as=person.same_as_id)
    return {person.pk, *same.values_list("pk", flat=True)}


def keeps_away(owner: Person, other: Person) -> bool:
    """Whether one keeps the other from finding them."""
    asks = Access(user_id=other.user_id, person_id=other.pk, other_records=tuple(records_of(other) - {other.pk}))
    return Block.objects.everywhere(reason=WHY).filter(owner=owner).against(asks).exists()


def keeps_address_away(owner: Person, address: str) -> bool:
    """Whether one keeps whoever has this address from finding them."""
    people = Person.objects.everywhere(reason=WHY).filter(has_address(address))
    blocks = Block.objects.everywhere(reason=WHY).filter(owner=owner, known_as__contains=f" {plain_address(address)} ")
    return blocks.exists() or any(keeps_away(owner, each) for each in people)
