"""The survey: how sure people feel before and after, without anybody's answers being kept.

The answers from before wait sealed in a row whose name is a keyed hash of the run, so that tables alone do not say
whose they are. The answers from after add one to a count, by statement, month, before and after; the sealed ones are
thrown away with that, and what is left says no more than that some run has been asked.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from courses.content.keeping import Survey
from courses.models import Attempt, SurveyCount, SurveyMark
from training.access.clock import london_date

from .seal import CannotOpen, NoKey, can_seal, is_sealed_anew, seal, unseal

COUNTED = "counted"
# By survey: the taps from before by statement, or that they have been counted
Marked = dict[str, dict[str, int] | str]


def state_of(attempt: Attempt, survey: Survey) -> str:
    """Whether this survey is asked of this run: 'asked', 'answered', 'not_before' or 'off' (SurveyCard)."""
    if not attempt.is_open or not can_seal():
        return "off"
    found = _marked(SurveyMark.objects.filter(token=token_of(attempt)).first())
    if survey.moment == "before":
        return "answered" if survey.key in found else "asked"
    if survey.key not in found:
        return "not_before"
    return "answered" if found[survey.key] == COUNTED else "asked"


def answer_survey(attempt: Attempt, survey: Survey, taps: Mapping[str, int], *, at: datetime) -> bool:
    """Keep or count these taps, once; whether they were. Statements left out are left out of the count."""
    asked = {statement.key for statement in survey.statements}
    given = {key: tap for key, tap in taps.items() if key in asked and 1 <= tap <= 5}
    if not given or state_of(attempt, survey) != "asked":
        return False
    with transaction.atomic():
        token = token_of(attempt)
        mark = SurveyMark.objects.filter(token=token).first()
        found = _marked(mark)
        before = found.get(survey.key)
        found[survey.key] = COUNTED if survey.moment == "after" else given
        if not _put(token, mark, found):
            return False
        if survey.moment == "after" and isinstance(before, dict):
            _count(attempt, survey.key, before, given, month=london_date(at).replace(day=1))
    return True


def forget_mark(attempt: Attempt) -> None:
    """The run is over and is not asked again: nothing of it need stay."""
    SurveyMark.objects.filter(token=token_of(attempt)).delete()


def token_of(attempt: Attempt) -> str:
    """The name of a run's mark: nobody can work it out, or lead it back, without the site's secret."""
    return salted_hmac("courses.survey", str(attempt.uid), algorithm="sha256").hexdigest()


def reseal_marks() -> int:
    """Seal under the newest key what an older one sealed; how many. One that cannot be opened is asked anew."""
    done = 0
    for mark in SurveyMark.objects.iterator(chunk_size=500):
        if not is_sealed_anew(mark.sealed):
            done += _put(mark.token, mark, _marked(mark))
    return done


def _marked(mark: SurveyMark | None) -> Marked:
    """What a mark holds; nothing where its key is gone."""
    if mark is None:
        return {}
    try:
        return dict(json.loads(unseal(mark.sealed, owner=f"survey {mark.token}")))
    except (CannotOpen, NoKey):
        return {}


def _put(token: str, mark: SurveyMark | None, found: Marked) -> bool:
    """Keep a mark in place of the one that was read; False if another window was quicker."""
    sealed = seal(json.dumps(found), owner=f"survey {token}")
    if mark is not None:
        return bool(SurveyMark.objects.filter(token=token, sealed=mark.sealed).update(sealed=sealed))
    try:
        with transaction.atomic():
            SurveyMark.objects.create(token=token, sealed=sealed)
    except IntegrityError:
        return False
    return True


def _count(attempt: Attempt, survey: str, before: Mapping[str, int], after: Mapping[str, int], *, month: date) -> None:
    for statement in sorted(before.keys() & after.keys()):
        cell = {
            "course_id": attempt.course_id,
            "survey": survey,
            "statement": statement,
            "month": month,
            "before": before[statement],
            "after": after[statement],
        }
        SurveyCount.objects.get_or_create(**cell)
        SurveyCount.objects.filter(**cell).update(people=F("people") + 1)
