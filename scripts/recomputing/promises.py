"""What agencies have promised, and their returns."""

from datetime import timedelta

from .bundle import day, day_of
from .coverage import signed_up
from .days import add_months
from .figure import Figure


def commitments(facts, on):
    """Of the agencies in the partnership, those signed up to the live pathway; signatures, policies and leads."""
    bundle = facts.bundle
    agencies = bundle.agencies(on)
    yield Figure("PATHWAY_COMMIT", "", len(signed_up(bundle, on)), len(agencies))
    pledges = [row for row in bundle.rows("pledges") if row["agency"] in agencies and day(row["made_on"]) <= on]
    made = [row for row in pledges if row["withdrawn_on"] != row["made_on"]]  # else it was never true
    if any(True for _ in bundle.rows("charters")):
        signed = {row["agency"] for row in made if row["kind"] == "charter" and _holds(row, on)}
        yield Figure("CHARTER_SIGNED", "", len(signed), None)
    for code, kind in (("EXEC_LEAD_NAMED", "lead"), ("POLICY_IN_PLACE", "policy")):
        told = {row["agency"] for row in made if row["kind"] == kind}
        have = {agency for agency in told if _has(kind, [row for row in made if row["agency"] == agency], on)}
        yield Figure(code, "", len(have), len(told))


def _has(kind, made, on):
    """Whether the last of an agency's pledges of a kind that hold counts; a policy has to be for both."""
    holding = [row for row in made if row["kind"] == kind and _holds(row, on)]
    if not holding:
        return False
    return kind != "policy" or holding[-1]["covers_victims"] == holding[-1]["covers_people_who_harm"] == "1"


def _holds(row, on):
    """Confirmed, not withdrawn by the day, and its review not over."""
    is_over = row["review_on"] and day(row["review_on"]) < on
    is_withdrawn = row["withdrawn_on"] and day(row["withdrawn_on"]) <= on
    return row["is_confirmed"] == "1" and row["is_none"] == "0" and not is_over and not is_withdrawn


def return_on_time(facts, on):
    """Of the agencies there on a quarter's last day, those whose return holds and was first signed by its due day.

    The quarter is the last one whose returns were due before the day.
    """
    quarter = _last_due(facts.bundle, on)
    if quarter is None:
        return
    starts_on, ends_on, due_on = quarter
    theirs = [row for row in facts.bundle.rows("returns") if day(row["quarter_on"]) == starts_on]
    holding = {row["agency"] for row in theirs if not row["ended_at"]}
    in_time = {row["agency"] for row in theirs if day_of(row["signed_at"]) <= due_on}
    asked = facts.bundle.agencies(ends_on)
    yield Figure("RETURN_ON_TIME", "", len(asked & holding & in_time), len(asked))


def _last_due(bundle, on):
    terms = [(day(row["quarter_on"]), int(row["due_days"])) for row in bundle.rows("return_terms")]
    starts_on = on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1)
    while terms and starts_on >= terms[0][0]:
        ends_on = add_months(starts_on, 3) - timedelta(days=1)
        days = [due_days for first, due_days in terms if first <= starts_on][-1]
        due_on = ends_on + timedelta(days=days)
        if due_on < on:
            return starts_on, ends_on, due_on
        starts_on = add_months(starts_on, -3)
    return None
