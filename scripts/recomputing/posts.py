"""Posts with everything that is known of them, and what their holders completed."""

from dataclasses import dataclass, field
from datetime import date

from .bundle import day, number, run
from .lasting import Done
from .people import one_for_many, training_heard


@dataclass(frozen=True)
class Term:
    """What a post was on some days."""

    days: tuple
    role_group: str
    workplace: str
    locality: str
    is_on_leave: bool


@dataclass(frozen=True)
class Duty:
    """A designation held on some days."""

    designation: str
    days: tuple


@dataclass
class Post:
    """A post, its holder (`one` stands for all their records), and what it was from day to day."""

    key: str
    agency: str
    employment: str
    person: str
    holder: str
    one: str
    terms: list = field(default_factory=list)
    duties: list = field(default_factory=list)
    exemptions: dict = field(default_factory=dict)
    extensions: dict = field(default_factory=dict)
    events: list = field(default_factory=list)

    def term_on(self, on):
        """What it was on a day; None where it was not held."""
        return next((term for term in self.terms if term.days[0] <= on <= term.days[1]), None)


@dataclass(frozen=True)
class Event:
    """Something that sets a rule going."""

    rule: str
    on: date
    days: int


def read_posts(bundle):
    """Every post, by its key."""
    one = one_for_many(bundle)
    posts = {}
    for row in bundle.rows("posts"):
        said = (row[name] for name in ("post", "agency", "employment", "person", "holder"))
        posts[row["post"]] = Post(*said, one.get(row["person"], row["person"]))
    workplaces = {row["workplace"]: row["locality"] for row in bundle.rows("workplaces")}
    for row in bundle.rows("terms"):
        place = row["locality"] or workplaces.get(row["workplace"], "")
        term = Term(run(row), row["role_group"], row["workplace"], place, row["is_on_leave"] == "1")
        posts[row["post"]].terms.append(term)
    for row in bundle.rows("duties"):
        posts[row["post"]].duties.append(Duty(row["designation"], run(row)))
    _agreed(bundle, posts)
    return posts


def _agreed(bundle, posts):
    """What was agreed for single posts; of a post that is not in the bundle, nothing."""
    for row in bundle.rows("exemptions"):
        if row["post"] in posts:
            posts[row["post"]].exemptions.setdefault(row["module"], []).append(run(row))
    for row in bundle.rows("extensions"):
        if row["post"] in posts:
            said = day(row["granted_on"]), day(row["due_on"])
            posts[row["post"]].extensions.setdefault(row["module"], []).append(said)
    for row in bundle.rows("triggers"):
        event = Event(row["requirement"], day(row["happened_on"]), int(row["days_to_complete"]))
        for post in posts.values() if not row["post"] else filter(None, [posts.get(row["post"])]):
            post.events.append(event)


class Training:
    """What counts for each record: its own training and that of the records it hears."""

    def __init__(self, bundle, rules):
        self.rules = rules
        self.heard = training_heard(bundle)
        self.of_record = {}
        ages = {row["equivalence"]: number(row["maximum_age_months"]) for row in bundle.rows("equivalences")}
        void = {row["completion"] for row in bundle.rows("voids")}
        revoked = {}
        for row in bundle.rows("revocations"):
            on = day(row["effective_on"])
            revoked[row["completion"]] = min(on, revoked.get(row["completion"], on))
        for row in bundle.rows("completions"):
            if row["completion"] not in void:
                self._add(row, revoked.get(row["completion"]), ages.get(row["equivalence"]))

    def _add(self, row, revoked_on, age):
        said = number(row["minutes"])
        minutes = self.rules.modules[row["module"]].minutes if said is None else said
        done = Done(row["module"], day(row["completed_on"]), revoked_on, minutes, age)
        self.of_record.setdefault(row["person"], {}).setdefault(row["module"], []).append(done)

    def bearing_on(self, module, person):
        """Completions of a module, of its refreshers, and of modules that satisfy it."""
        records = [self.of_record.get(each, {}) for each in self.heard.get(person, {person})]
        for code in (module, *self.rules.modules[module].refreshers):
            for modules in records:
                yield from modules.get(code, ())
        for lender in self.rules.lenders(module):
            for modules in records:
                for done in modules.get(lender, ()):
                    months = self.rules.lent(module, lender, done.on)
                    if months:
                        yield Done(module, done.on, done.revoked_on, done.minutes, done.maximum_age, True, months[0])
