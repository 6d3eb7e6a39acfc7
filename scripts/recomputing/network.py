"""Champions: who is active on a day (docs/features/champions.md)."""

from dataclasses import dataclass, replace
from datetime import date

from .bundle import day
from .days import add_months, is_in
from .figure import Figure
from .standing import EXEMPT

CHAMPION, COMMUNITY = "CHAMPION", "COMMUNITY_CHAMPION"


@dataclass(frozen=True)
class Active:
    """An active champion, where they are one."""

    agency: str
    workplace: str
    locality: str
    is_community: bool


def champions(facts, on):
    """Active champions: all, by district, at how many places of work; agencies with none; community champions."""
    network = Network(facts, on)
    if not network.has_begun():
        return
    active = list(network.active())
    agencies = facts.bundle.agencies_that_reported(on)
    staff = [each for each in active if not each.is_community and each.agency in agencies]
    yield Figure("CHAMP_ACTIVE", "", len(staff), None)
    people = {}
    for each in facts.asked_on(on):
        people.setdefault(each.locality, set()).add(each.one)
    for locality in sorted(people.keys() - {""}):
        there = sum(each.locality == locality for each in staff)
        yield Figure("CHAMP_LOCALITY", locality, there, len(people[locality]))
    yield Figure("CHAMP_LOCALITY", "without", len(agencies - {each.agency for each in staff}), len(agencies))
    held = (post.term_on(on) for post in facts.posts_of(agencies))
    workplaces = {term.workplace for term in held if term} - {""}
    yield Figure("CHAMP_SITE_COVER", "", len({each.workplace for each in staff} - {""}), len(workplaces))
    yield Figure("CHAMP_COMMUNITY", "", sum(each.is_community for each in active), None)


@dataclass(frozen=True)
class Agreement:
    """Who has said yes. `is_asked`: others put them forward, and they have not answered."""

    agreed_on: date | None = None
    is_put_forward: bool = False
    has_said_yes: bool = False
    is_asked: bool = False


class Network:
    """What is known of champions by a day."""

    def __init__(self, facts, on):
        self.facts, self.on = facts, on
        bundle = facts.bundle
        self.champion_of = {row["person"]: row["champion"] for row in bundle.rows("champions")}
        self.turns, self.checked = {}, {}
        for row in bundle.rows("champion_turns"):
            if day(row["happened_on"]) <= on:
                self.turns.setdefault(row["champion"], []).append(row)
        for row in bundle.rows("champion_check_ins"):
            if day(row["checked_on"]) <= on:
                self.checked[row["champion"], row["side"]] = day(row["checked_on"])
        self.meetings = [
            (row["meeting"], day(row["held_on"]), row["localities"].split()) for row in bundle.rows("meetings")
        ]
        self.came = {(row["meeting"], row["champion"]) for row in bundle.rows("meetings_come_to")}
        self._read_conditions(bundle)

    def _read_conditions(self, bundle):
        """What is asked on the day, and since when check-ins have been asked without a break."""
        begun = [row for row in bundle.rows("network_conditions") if day(row["starts_on"]) <= self.on]
        last = begun[-1] if begun else {"meetings_needed": 0, "meetings_of": 0, "check_in_months": 0}
        self.needed, self.of, self.months = (
            int(last[name]) for name in ("meetings_needed", "meetings_of", "check_in_months")
        )
        self.asks_since = None
        for row in begun:
            self.asks_since = (self.asks_since or day(row["starts_on"])) if int(row["check_in_months"]) else None

    def has_begun(self):
        """Whether anybody was ever a champion, or put forward, by the day."""
        return bool(self.turns) or any(self._duties(post, has_begun=True) for post in self.facts.posts.values())

    def _duties(self, post, *, has_begun=False):
        """The duties of a champion on a post that run on the day, or have begun by it."""
        return [
            duty
            for duty in post.duties
            if duty.designation in (CHAMPION, COMMUNITY)
            if (duty.days[0] <= self.on if has_begun else is_in(self.on, duty.days))
        ]

    def active(self):
        """Each active champion once: of several posts with the duty, by the one that began last."""
        holders = {}
        for post in self.facts.posts.values():
            is_member = any(is_in(self.on, days) for days in self.facts.bundle.memberships.get(post.agency, ()))
            if is_member and post.term_on(self.on):
                for duty in self._duties(post):
                    holders.setdefault(post.holder, []).append((duty, post))
        for person, held in holders.items():
            champion = self.champion_of.get(person)
            agreed_on = self._agreed_on(champion)
            duty, post = max(held, key=lambda pair: pair[0].days[0])
            if agreed_on and self._is_trained(duty, post) and self._keeps_up(champion, agreed_on, post, duty):
                term = post.term_on(self.on)
                yield Active(post.agency, term.workplace, term.locality, duty.designation == COMMUNITY)

    def _agreed_on(self, champion):
        """Since when both have said yes: the manager (or who vouched), and the champion, where others put them forward.

        None where one of them has not, or where they have declined or stood down since.
        """
        now = before = Agreement()
        for row in self.turns.get(champion, ()):
            turn, by_others = row["turn"], row["way"] in ("manager", "coordinator")
            if turn == "nominated":
                now = replace(now, is_put_forward=True, has_said_yes=row["way"] == "own", is_asked=by_others)
            elif turn == "accepted":
                now = replace(now, has_said_yes=True, is_asked=False)
            elif turn == "agreed":
                is_known = now.is_put_forward or now.has_said_yes
                now = replace(now, agreed_on=day(row["happened_on"]), is_asked=now.is_asked or not is_known)
            elif turn == "taken_back":  # standing down was a mistake
                now = replace(before, is_asked=before.is_asked or by_others)
            else:  # stood down, declined, or took back that they were willing
                before = now if turn == "stood_down" else before
                now = Agreement(has_said_yes=now.has_said_yes and turn != "withdrawn")
        return None if now.is_asked else now.agreed_on

    def _is_trained(self, duty, post):
        """Every module that the duty asks is valid, or excused; what meetings do is no training."""
        standings = self._standings(duty, post, by_meetings=False)
        return all(each and (each.is_valid or each.state == EXEMPT) for each in standings)

    def _keeps_up(self, champion, agreed_on, post, duty):
        """Meetings that the pathway asks, check-ins of both sides, and so many of the network's last meetings."""
        if any(each and each.is_overdue for each in self._standings(duty, post, by_meetings=True)):
            return False
        if self.months:
            since = max(agreed_on, self.asks_since)
            for side in ("own", "manager"):
                checked_on = max(since, self.checked.get((champion, side), since))
                if add_months(checked_on, self.months) < self.on:
                    return False
        return not self.needed or self._missed(champion, agreed_on, post) <= self.of - self.needed

    def _standings(self, duty, post, *, by_meetings):
        """How the post stands with the modules that the duty asks on the day."""
        rules = self.facts.rules.of(post.agency)[1].get(duty.designation, ())
        running = [rule for rule in rules if any(each.first <= self.on <= each.last for each in rule.versions)]
        meetings = {rule.module for rule in running if any(each.kind == "attendance" for each in rule.versions)}
        wanted = {rule.module for rule in running if (rule.module in meetings) == by_meetings}
        histories = {each.module: each for each in self.facts.histories(post) if each.module in wanted}
        return [histories[module].standing(self.on) for module in wanted]

    def _missed(self, champion, agreed_on, post):
        """How many of the last meetings they missed: since the agreement, for their district or everybody, and over.

        One to which they came counts wherever it was, on its day already.
        """
        place = post.term_on(self.on).locality
        held = []
        for meeting, held_on, places in self.meetings:
            came = (meeting, champion) in self.came
            is_theirs = agreed_on <= held_on < self.on and (not places or place in places)
            if held_on <= self.on and (came or is_theirs):
                held.append(came)
        return held[max(len(held) - self.of, 0) :].count(False)
