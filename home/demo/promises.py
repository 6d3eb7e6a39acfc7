"""What Severnshire's agencies have promised: most of it kept up, some of it due, and some of it nobody has told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from training.access.actor import Actor
from training.people.models import Agency, Partnership
from training.pledges import services as pledges
from training.pledges.models import Kind


@dataclass(frozen=True, slots=True)
class Telling:
    """Who tells it to whom, and when."""

    partnership: Partnership
    by: Actor
    at: datetime
    on: date


def build_promises(said: Mapping[str, Any], partnership: Partnership, *, by: Actor, at: datetime, on: date) -> None:
    """The charter, and each agency's pledges as the world says them."""
    pledges.name_charter(partnership=partnership, by=by, at=at, **said["charter"])
    agencies = {agency.code: agency for agency in Agency.objects.filter(partnerships=partnership)}
    for each in said["pledges"]:
        _tell(each, agencies[each["agency"]], Telling(partnership, by, at, on))


def _tell(said: Mapping[str, Any], agency: Agency, telling: Telling) -> None:
    given: dict[str, Any] = {"agency": agency, "partnership": telling.partnership, "by": telling.by, "at": telling.at}
    if said.get("none"):
        pledges.report_none(kind=Kind(said["kind"]), **given)
        return
    review = said.get("review")
    covers = said.get("for", "")
    what = pledges.Said(
        made_on=telling.on - timedelta(days=said["ago"]),
        review_on=None if review is None else telling.on + timedelta(days=review),
        post_title=said.get("post", ""),
        name=said.get("name", ""),
        is_who_public=said.get("public", False),
        tier=said.get("tier", ""),
        reference=said.get("reference", ""),
        covers_victims=covers in ("both", "victims"),
        covers_people_who_harm=covers == "both",
    )
    pledges.report(kind=Kind(said["kind"]), said=what, is_confirmed=not said.get("waits", False), **given)
