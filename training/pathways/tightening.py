"""Whether one version of a rule asks less than another: an agency may ask more of its staff, never less. Pure."""

from collections.abc import Iterable, Iterator

from training.pathways.rules import Basis, Kind, RuleVersion


def asked_less(own: RuleVersion, theirs: Iterable[RuleVersion]) -> list[str]:
    """In what an agency's own version asks less than the partnership's do on its days; empty when in nothing."""
    reasons: list[str] = []
    for each in theirs:
        is_before = each.ends_on is not None and each.ends_on < own.starts_on
        is_after = own.ends_on is not None and own.ends_on < each.starts_on
        if not is_before and not is_after:
            reasons += loosened(own, each)
    return list(dict.fromkeys(reasons))


def loosened(own: RuleVersion, theirs: RuleVersion) -> list[str]:
    """In what an agency's own version asks less than the partnership's, in words; empty when it asks no less.

    Where two ways of counting cannot be compared, only the partnership can decide, so that counts as less.
    """
    found = list(_in_common(own, theirs))
    if theirs.kind is Kind.ONCE and own.kind is not Kind.TRIGGERED:
        return found
    if own.kind is not theirs.kind:
        found.append("It would be met in another way than the partnership asks for.")
    elif own.kind is Kind.ATTENDANCE:
        found += _in_attendance(own, theirs)
    elif own.kind is Kind.ROLLING_HOURS:
        found += _in_hours(own, theirs)
    elif own.kind is Kind.TRIGGERED:
        return found
    elif own.basis is not theirs.basis:
        found.append("The end would be counted from another day than the partnership counts from.")
    else:
        found += _in_life(own, theirs)
    return found


def _in_common(own: RuleVersion, theirs: RuleVersion) -> Iterator[str]:
    if own.induction_days > theirs.induction_days and own.kind is not Kind.TRIGGERED:
        yield f"New staff would have {own.induction_days} days, not {theirs.induction_days}."
    if own.grace_days > theirs.grace_days:
        yield f"A refresher would do for {own.grace_days} days after the end, not {theirs.grace_days}."


def _in_attendance(own: RuleVersion, theirs: RuleVersion) -> Iterator[str]:
    if own.attendance_count < theirs.attendance_count:
        yield f"{own.attendance_count} days of attendance would do, not {theirs.attendance_count}."
    if own.attendance_months > theirs.attendance_months:
        yield f"Attendance would count for {own.attendance_months} months, not {theirs.attendance_months}."


def _in_hours(own: RuleVersion, theirs: RuleVersion) -> Iterator[str]:
    if own.rolling_hours < theirs.rolling_hours:
        yield f"{own.rolling_hours} hours would do, not {theirs.rolling_hours}."
    if own.rolling_months > theirs.rolling_months:
        yield f"Hours would count for {own.rolling_months} months, not {theirs.rolling_months}."


def _in_life(own: RuleVersion, theirs: RuleVersion) -> Iterator[str]:
    if (own.validity_months or 0) > (theirs.validity_months or 0):
        yield f"Training would be valid for {own.validity_months} months, not {theirs.validity_months}."
    if own.basis is Basis.FROM_OLD_END and _window(own) > _window(theirs):
        yield "Renewing would be open longer before the end, and so make training last longer."
    if own.basis is Basis.FIXED_DATE:
        if (own.fixed_month, own.fixed_day) != (theirs.fixed_month, theirs.fixed_day):
            yield "Training would end on another day of the year."
        if own.minimum_life_months > theirs.minimum_life_months:
            yield "Training done late in the year would last into the year after next."


def _window(version: RuleVersion) -> int:
    """The longest that a window can be, in days."""
    return version.window_months * 31 + version.window_days
