"""Which module an outside code or title means for an agency: its pathways' own names, and the register. Reads once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from training.pathways.models import Equivalence, Module
from training.people.models import Agency, Membership, Partnership

from .competence import key, parse
from .models import SetAside

NO_MODULE = "no module and no entry of the register has this title"
TWO_MODULES = "it could mean more than one module"


@dataclass(frozen=True, slots=True)
class Recognised:
    """The module that is meant, and the entry of the register that says so; or why none is known."""

    module: Module | None = None
    equivalence: Equivalence | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Lookups:
    """Modules by code and by title, entries of the register by title, and the titles set aside."""

    codes: dict[str, list[Module]]
    titles: dict[str, list[Module]]
    register: dict[str, list[Equivalence]]
    aside: frozenset[tuple[str, str]]

    def recognise(self, values: dict[str, Any]) -> Recognised:
        """What a row's code, else its title and provider, stand for."""
        by_code = self.codes.get(values.get("course_code", "").casefold(), [])
        if by_code:
            return _one(by_code)
        title = key(values.get("external_title", ""))
        if not title:
            return Recognised(why="no module has this code")
        entry = self._entry(title, key(values.get("provider", "")))
        if entry is not None:
            return Recognised(entry.module, entry)
        return _one(self.titles.get(title, []))

    def is_aside(self, values: dict[str, Any]) -> bool:
        """Whether HR has said that this title has nothing to do with the pathway."""
        title = key(values.get("external_title", ""))
        return (title, key(values.get("provider", ""))) in self.aside

    def _entry(self, title: str, provider: str) -> Equivalence | None:
        """The entry that names this provider, else the one that takes any; nothing where two modules are meant."""
        entries = self.register.get(title, [])
        for wanted in (provider, ""):
            found = [entry for entry in entries if provider_key(entry) == wanted]
            if found:
                return found[-1] if len({entry.module_id for entry in found}) == 1 else None
        return None


def title_key(entry: Equivalence) -> str:
    """The title of an entry as it is compared: an entry may have been pasted as a whole competence text."""
    return key(parse(entry.external_title).title)


def provider_key(entry: Equivalence) -> str:
    """The provider of an entry as it is compared; empty means any."""
    return key(entry.provider or parse(entry.external_title).provider)


def lookups_of(agency: Agency, *, on: date) -> Lookups:
    """What stands for this agency on a day."""
    partnerships = partnerships_of(agency, on=on)
    codes: dict[str, list[Module]] = {}
    titles: dict[str, list[Module]] = {}
    modules = Module.objects.filter(pathway__partnership__in=partnerships).select_related("pathway__partnership")
    for module in modules.order_by("pk"):
        codes.setdefault(module.code.casefold(), []).append(module)
        titles.setdefault(key(module.title), []).append(module)
    register: dict[str, list[Equivalence]] = {}
    for entry in running_entries(partnerships, on=on):
        register.setdefault(title_key(entry), []).append(entry)
    aside = SetAside.objects.filter(agency=agency).values_list("title_key", "provider_key")
    return Lookups(codes, titles, register, frozenset(aside))


def partnerships_of(agency: Agency, *, on: date) -> list[int]:
    """The partnerships that the agency is in on a day."""
    memberships = Membership.objects.known_now().current_on(on).filter(agency=agency)
    return list(memberships.values_list("partnership_id", flat=True))


def running_entries(partnerships: list[int] | list[Partnership], *, on: date) -> list[Equivalence]:
    """The register as decisions of this day are made by it, the oldest entry first."""
    entries = Equivalence.objects.known_now().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on, module__pathway__partnership__in=partnerships
    )
    return list(entries.select_related("module__pathway__partnership").order_by("starts_on", "pk"))


def _one(modules: list[Module]) -> Recognised:
    if len(modules) == 1:
        return Recognised(modules[0])
    return Recognised(why=TWO_MODULES if modules else NO_MODULE)
