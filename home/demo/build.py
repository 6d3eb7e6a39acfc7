"""Building Severnshire through the services and the import files that a user would use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from certificates.designs import save_design
from certificates.models import Design
from champions.services.packs import load_packs
from champions.services.resources import load_resources
from courses.models import LocalService
from courses.services.packaged import load_packaged
from training.access.actor import Actor
from training.access.clock import add_months
from training.access.roles import ROLES
from training.pathways import services as pathways
from training.pathways.catalogue import read_catalogue
from training.pathways.models import PathwayVersion
from training.people import grants
from training.people.membership import add_agency, add_partnership, join_partnership
from training.people.models import (
    Agency,
    Employment,
    Locality,
    Partnership,
    RoleGroup,
    User,
    Workplace,
)
from training.people.models.roster import JobTitleMapping
from training.sso import services as sso
from training.strategy import services as strategy
from training.strategy.edits import with_target
from training.strategy.pack_reader import read_pack

from .asked import build_asked
from .declared import build_declared
from .elsewhere import build_elsewhere
from .figures import build_figures
from .gatherings import build_gatherings
from .history import record_history
from .left import build_left
from .network import build_network
from .promises import build_promises
from .runs import build_runs
from .sent import send_rosters
from .site import build_site

HERE = Path(__file__).parent
BY = Actor.system("load_demo")
BEGAN_ON = date(2020, 1, 1)
SIGNED_ON = date(2026, 1, 12)
LEARNS = "amira.haddad@severnshire-hospitals.example"


def world() -> dict[str, Any]:
    """What no roster says: agencies, places, job titles, the cast."""
    return yaml.safe_load((HERE / "world.yaml").read_text())


@dataclass(frozen=True, slots=True)
class Build:
    """One run: the world's text, when it happens, and where progress is told."""

    said: dict[str, Any]
    at: datetime
    on: date
    tell: Callable[[str], None]


@transaction.atomic
def build(*, at: datetime, on: date, tell: Callable[[str], None]) -> None:
    """Make the whole world, step by step; all of it or, when stopped half-way, nothing."""
    run = Build(world(), at, on, tell)
    partnership = add_partnership(**run.said["partnership"], by=BY, at=at)
    _design(run, partnership)
    _agencies(run, partnership)
    run.tell("pathway and strategies")
    pathways.load_catalogue(
        partnership=partnership, catalogue=read_catalogue(), on=BEGAN_ON, by=BY, at=at, all_role_groups=True
    )
    pack = read_pack("severnshire-2026")
    before = with_target(pack, "COV_POLICE", value=70, note="")
    for said, moment in ((before, at - timedelta(days=60)), (pack, at)):
        strategy.load_pack(said, partnership=partnership, by=BY, at=moment)
    for name in ("glos-da-2014", "glos-da-2021", "banes-da-2018", "herefordshire-da-2019", "staffordshire-da-2021"):
        strategy.load_pack(read_pack(name), partnership=None, by=BY, at=at)
    _workplaces(run, partnership)
    _services(run, partnership)
    _sign_ups(run, partnership)
    build_promises(run.said, partnership, by=BY, at=at, on=on)
    run.tell(f"{build_left(run.said, by=BY, at=at, on=on)} people of earlier rosters")
    _rosters(run)
    _cast(run, partnership)
    run.tell("the Champions Network")
    load_packs()
    load_resources()
    build_network(partnership, by=BY, at=at, on=on)
    run.tell(f"{len(list(load_packaged(partnership, at=at)))} courses")
    run.tell("four quarters of completions, with their certificates")
    shares = {agency["code"]: agency["trained"] for agency in run.said["agencies"] if "roster" in agency}
    count = record_history(shares, by=BY, at=at, on=on, leave_out={LEARNS})
    run.tell(f"{count} completions in the ledger")
    run.tell(f"{build_declared(partnership, by=BY, at=at, on=on)} returns of agencies")
    run.tell("meetings and briefings of the network")
    build_gatherings(partnership, by=BY, at=at, on=on)
    build_asked(partnership, by=BY, at=at)
    count = build_runs(partnership, by=BY, at=at, leave_out={said["email"] for said in run.said["cast"]})
    run.tell(f"{count} runs through a course, finished or not")
    build_elsewhere(partnership, by=BY, at=at, on=on)
    run.tell(f"{build_figures(partnership, by=BY, at=at, on=on)} figures from outside")
    run.tell(f"{build_site(partnership, on=on)} public pages")


def _design(run: Build, partnership: Partnership) -> None:
    """Before anything is certified, as the look of a certificate never changes."""
    design = Design(partnership=partnership, **run.said["design"])
    design.drawn_logo = (HERE / "logo.png").read_bytes()
    save_design(design, by=BY, at=run.at)


def _agencies(run: Build, partnership: Partnership) -> None:
    for said in run.said["agencies"]:
        agency = add_agency(
            code=said["code"],
            title=said["title"],
            kind=said["kind"],
            aliases=said.get("aliases", ()),
            by=BY,
            at=run.at,
        )
        join_partnership(agency=agency, partnership=partnership, starts_on=BEGAN_ON, by=BY, at=run.at)


def _workplaces(run: Build, partnership: Partnership) -> None:
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    localities = {locality.code.lower(): locality for locality in Locality.objects.filter(partnership=partnership)}
    for said in run.said["workplaces"]:
        Workplace.objects.create(
            agency=agencies[said["agency"]],
            code=said["code"],
            title=said["title"],
            locality=localities[said["locality"]],
        )


def _services(run: Build, partnership: Partnership) -> None:
    """Somewhere to turn to, one of them checked too long ago. No number is invented."""
    for said in run.said["services"]:
        checked_on = run.on - timedelta(days=said.pop("checked"))
        service = LocalService(partnership=partnership, checked_on=checked_on, **said)
        service.full_clean()
        service.save()


def _sign_ups(run: Build, partnership: Partnership) -> None:
    version = PathwayVersion.objects.get(pathway__partnership=partnership, status=PathwayVersion.Status.LIVE)
    for said in run.said["agencies"]:
        if "signed" in said:
            pathways.sign_up(
                agency=Agency.objects.get(code=said["code"]),
                version=version,
                signed_on=SIGNED_ON,
                signatory_post="Chief officer",
                state=said["signed"],
                by=BY,
                at=run.at,
            )


def _rosters(run: Build) -> None:
    for said in run.said["agencies"]:
        if "roster" not in said:
            continue
        agency = Agency.objects.get(code=said["code"])
        for title, group in run.said["job_titles"].get(agency.code, {}).items():
            JobTitleMapping.objects.create(
                agency=agency,
                post_title=title,
                role_group=RoleGroup.objects.get(code=group),
                recorded_at=run.at,
                recorded_by=str(BY),
            )
        last = send_rosters(said, by=BY, at=run.at, on=run.on)
        run.tell(f"roster of {agency.title}: {last.counts}")


def _cast(run: Build, partnership: Partnership) -> None:
    """Logins for the cast: those on a roster are tied as if they had signed in by code."""
    for said in run.said["cast"]:
        user = _login(said["email"], run.at)
        if "role" not in said:
            continue
        agency = Agency.objects.get(code=said["agency"]) if "agency" in said else None
        is_for_a_time = ROLES[said["role"]].months is not None
        grants.grant_role(
            user,
            said["role"],
            agency=agency,
            partnership=partnership if "partnership" in said else None,
            starts_on=run.on if is_for_a_time else min(SIGNED_ON, run.on),
            ends_on=add_months(run.on, 6) if is_for_a_time else None,
            by=BY,
            at=run.at,
        )


def _login(email: str, at: datetime) -> User:
    user = User.objects.filter(email=email).first() or User.objects.create_user(email)
    is_on_a_roster = Employment.objects.everywhere(reason="the demo's cast").filter(work_email=email).exists()
    if is_on_a_roster:
        sso.tie_login(user, email, at=at)
    return user
