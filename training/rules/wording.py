"""What a rule says, in words for the people who keep it. Pure."""

from calendar import month_name
from dataclasses import dataclass

from training.pathways.rules import Basis, Kind, RuleVersion


@dataclass(frozen=True, slots=True)
class Way:
    """A way of meeting a requirement, as the editor offers it: a kind, and for an expiring one a basis.

    `saying` says it of one version, with its period. `fields` are those of RuleVersion that it asks for; days of
    induction, or after an event, come with all.
    """

    code: str
    title: str
    saying: str
    kind: Kind
    basis: Basis = Basis.FROM_COMPLETION
    fields: tuple[str, ...] = ()


WINDOW = ("window_days", "window_months")
WAYS = (
    Way("once", "Once, and then for good", "Once, and then for good", Kind.ONCE),
    Way(
        "from_completion",
        "Again every so many months, counted from the day it was finished",
        "Every {}, counted from the day it was finished",
        Kind.EXPIRING,
        Basis.FROM_COMPLETION,
        ("validity_months", *WINDOW, "grace_days"),
    ),
    Way(
        "from_old_end",
        "Again every so many months, counted on from the old end when renewed in time",
        "Every {}, counted on from the old end when renewed in time",
        Kind.EXPIRING,
        Basis.FROM_OLD_END,
        ("validity_months", *WINDOW, "grace_days"),
    ),
    Way(
        "fixed_date",
        "By the same day every year, for everyone",
        "By {} every year, for everyone",
        Kind.EXPIRING,
        Basis.FIXED_DATE,
        ("fixed_day", "fixed_month", "minimum_life_months", *WINDOW, "grace_days"),
    ),
    Way(
        "attendance",
        "By attending on so many days within so many months",
        "By attending on separate days: {}",
        Kind.ATTENDANCE,
        fields=("attendance_count", "attendance_months", *WINDOW),
    ),
    Way(
        "rolling_hours",
        "By so many hours of training within so many months",
        "By hours of training: {}",
        Kind.ROLLING_HOURS,
        fields=("rolling_hours", "rolling_months", *WINDOW),
    ),
    Way("triggered", "Once after each event, such as a new lesson briefing", "Once after each event", Kind.TRIGGERED),
)


def way_of(version: RuleVersion) -> Way:
    """The way in which a version is met."""
    code = version.basis.value if version.kind is Kind.EXPIRING else version.kind.value
    return next(way for way in WAYS if way.code == code)


def period_words(version: RuleVersion) -> str:
    """How often, in a few words: '24 months', 'Once', '2 in 12 months', '31 March'."""
    if version.kind is Kind.EXPIRING and version.basis is Basis.FIXED_DATE:
        return f"{version.fixed_day} {month_name[version.fixed_month or 1]}"
    if version.kind is Kind.EXPIRING:
        return plural(version.validity_months or 0, "month")
    if version.kind is Kind.ATTENDANCE:
        return f"{version.attendance_count} in {plural(version.attendance_months, 'month')}"
    if version.kind is Kind.ROLLING_HOURS:
        return f"{plural(version.rolling_hours, 'hour')} in {plural(version.rolling_months, 'month')}"
    return "After events" if version.kind is Kind.TRIGGERED else "Once"


def said_rows(version: RuleVersion) -> list[dict[str, str]]:
    """All that a version says, as rows of a summary list."""
    met = way_of(version).saying.format(_small(period_words(version)))
    rows = [{"key": "How it is met", "value": met}]
    if version.kind is Kind.TRIGGERED:
        usual = [{"key": "Usually due", "value": f"{plural(version.induction_days, 'day')} after the event"}]
        return rows + usual if version.induction_days else rows
    rows.append({"key": "First due", "value": f"{plural(version.induction_days, 'day')} after it is first asked"})
    if version.window_days or version.window_months:
        span = plural(version.window_months, "month") if version.window_months else plural(version.window_days, "day")
        rows.append({"key": "Renewal opens", "value": f"{span} before the end"})
    if version.minimum_life_months and version.basis is Basis.FIXED_DATE:
        rows.append({"key": "Good for at least", "value": plural(version.minimum_life_months, "month")})
    if version.grace_days:
        rows.append({"key": "A refresher still renews", "value": f"{plural(version.grace_days, 'day')} after the end"})
    return rows


def _small(words: str) -> str:
    """In small letters, unless a month is named."""
    return words if words[:1].isdecimal() else words.lower()


def plural(number: int, word: str) -> str:
    """'1 month', '24 months'."""
    return f"{number} {word}{'' if number == 1 else 's'}"
