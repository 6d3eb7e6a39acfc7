"""Coverage, its spread, and inductions: of the people asked, how many hold all that is asked of them."""

from datetime import timedelta

from .days import DAY, FOREVER
from .figure import Figure, percent
from .standing import COUNTED, EXEMPT, IN_INDUCTION, ON_LEAVE

TOPICS = ("domestic_abuse", "stalking", "honour_based_violence", "forced_marriage", "child_to_parent_abuse")
TIERS = {"COV_T1": "A", "COV_T2": "B"}
ROLE_FAMILIES = {"COV_HOUSING": "housing", "COV_POLICE": "police", "COV_EDUCATION": "education"}
ROLE_GROUPS = {"COV_MENTAL_HEALTH": "MENTAL_HEALTH", "COV_PROBATION": "PROBATION", "COV_COURT": "PROSECUTOR_COURT"}
MODULE_FAMILIES = (
    *("MANAGER", "CYP", "PERP", "MARAC", "INFO_SHARE", "EQUALITY", "TRAUMA", "ORDERS", "SUBSTANCE_MH"),
    *("VULNERABILITY", "BYSTANDER"),
)
SMALLEST_AGENCY = 10
A_YEAR = timedelta(days=365)


def covered(asked):
    """Of the people asked for any of this, how many hold all of it on the day; each counts once.

    Left out is what is exempt, on leave, or still inside induction and not yet done.
    """
    people = {}
    for each in asked:
        if each.standing.state == COUNTED:
            people.setdefault(each.one, []).append(each.standing.is_valid)
    return sum(all(valid) for valid in people.values()), len(people)


def coverages(facts, on):
    """Every coverage of the list, and the gap between agencies."""
    asked = list(facts.asked_on(on))

    def figure(code, is_meant, part=""):
        return Figure(code, part, *covered(each for each in asked if is_meant(each)))

    yield figure("COV_REQUIRED", lambda each: True)
    for code, tier in TIERS.items():
        yield figure(code, lambda each, tier=tier: each.module.tier == tier)
    for topic in TOPICS:
        yield figure("COV_TOPIC", lambda each, topic=topic: topic in each.module.topics, topic)
    for code, family in ROLE_FAMILIES.items():
        yield figure(code, lambda each, family=family: each.family == family)
    for code, group in ROLE_GROUPS.items():
        yield figure(code, lambda each, group=group: each.role_group == group)
    for family in MODULE_FAMILIES:
        yield figure(f"COV_{family}", lambda each, family=family: family in each.module.families)
    yield agency_spread(facts, asked, on)


def agency_spread(facts, asked, on):
    """Percentage points between the best and the worst agency that signed up and has ten people or more asked."""
    percents = []
    for agency in signed_up(facts.bundle, on):
        numerator, denominator = covered(each for each in asked if each.agency == agency)
        if denominator >= SMALLEST_AGENCY:
            percents.append(percent(numerator, denominator))
    gap = max(percents) - min(percents) if len(percents) > 1 else None
    return Figure("AGENCY_SPREAD", "", None, None, gap)


def signed_up(bundle, on):
    """Agencies with a confirmed sign-up, on the day, to the version of the pathway that was live then."""
    live = live_versions(bundle, on)
    signed = {
        row["agency"]
        for row in bundle.rows("sign_ups")
        if row["version"] in live and row["state"] == "confirmed"
        if row["signed_on"] <= on.isoformat() and (not row["ends_on"] or on.isoformat() <= row["ends_on"])
    }
    return signed & bundle.agencies(on)


def live_versions(bundle, on):
    """Of each pathway the last version that had begun by the day; where none had, the first."""
    by_pathway = {}
    for row in bundle.rows("pathway_versions"):
        if row["status"] != "draft":
            by_pathway.setdefault(row["pathway"], []).append(row)
    live = set()
    for rows in by_pathway.values():
        rows.sort(key=lambda row: int(row["number"]))
        begun = [row for row in rows if row["live_from"] <= on.isoformat()]  # without a day it comes before every other
        live.add((begun[-1] if begun else rows[0])["version"])
    return live


def induction_on_time(facts, on):
    """Of the inductions whose deadline fell in the year before the day, those done by then.

    An induction is an unbroken run of days on which a module is asked of a post, not done and not overdue; its deadline
    is the one that holds on its last day. Of each post and module the last to run out counts. Left out is one that
    ended before its deadline (with the post or the rule), one of which the post was excused on that day, and one that
    was overdue by then, since another rule for the same module was due before.
    """
    done = []
    for post in facts.posts_of(facts.bundle.agencies_that_reported(on)):
        for history in facts.histories(post):
            over = [due for due in _deadlines(history) if on - A_YEAR <= due < on]
            then = history.standing(over[-1]) if over else None
            if then and not then.is_overdue and then.state not in (EXEMPT, ON_LEAVE):
                done.append(then.is_valid)
    yield Figure("INDUCTION_ON_TIME", "", sum(done), len(done))


def _deadlines(history):
    """The deadline of each induction, in order."""
    found, last_day = [], None
    turns = history.turning_days()
    for first, following in zip(turns, [*turns[1:], FOREVER], strict=False):
        now = history.standing(first)
        if now and now.state == IN_INDUCTION:
            if last_day == first - DAY:
                found.pop()  # the same induction, whose date has moved
            found.append(now.due)
            last_day = min(now.due, following - DAY)
    return found


def designated_contacts(facts, on):
    """Agencies that reported, with a contact for sharing information who holds every module on it that is asked."""
    agencies = facts.bundle.agencies_that_reported(on)
    ready = set()
    for post in facts.posts_of(agencies):
        if not any(duty.designation == "INFO_CONTACT" and duty.days[0] <= on <= duty.days[1] for duty in post.duties):
            continue
        asked = [
            standing.is_valid
            for history in facts.histories(post)
            if "INFO_SHARE" in facts.rules.modules[history.module].families
            if (standing := history.standing(on)) and standing.state not in (EXEMPT, ON_LEAVE)
        ]
        if asked and all(asked):
            ready.add(post.agency)
    yield Figure("DESIGNATED_CONTACTS", "", len(ready), len(agencies))
