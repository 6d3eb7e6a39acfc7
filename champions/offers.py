"""What a champion may offer and show: lists of words, and a listing as its owner filled it in."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices


class OfferKind(StrEnum):
    """The lists that a listing picks from."""

    SPECIALISM = "specialism"
    LANGUAGE = "language"
    DAY = "day"
    CHANNEL = "channel"


class Audience(TextChoices):
    """To whom something is shown; what is shown to nobody has none."""

    CHAMPIONS = "champions", "Champions only"
    EVERYBODY = "everybody", "Everybody in the partnership"


class Specialism(TextChoices):
    """The five topics of the strategies, then the people and places that champions most often know."""

    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    STALKING = "stalking", "Stalking"
    HONOUR_BASED_VIOLENCE = "honour_based_violence", "Honour-based violence"
    FORCED_MARRIAGE = "forced_marriage", "Forced marriage"
    CHILD_TO_PARENT_ABUSE = "child_to_parent_abuse", "Child-to-parent abuse"
    CHILDREN = "children", "Children and young people"
    DISABLED_PEOPLE = "disabled_people", "Disabled people"
    HOUSING = "housing", "Housing"
    LGBT_PEOPLE = "lgbt_people", "LGBT+ people"
    MEN = "men", "Men"
    MENTAL_HEALTH = "mental_health", "Mental health"
    MIGRANTS = "migrants", "People new to the UK"
    OLDER_PEOPLE = "older_people", "Older people"
    PREGNANCY = "pregnancy", "Pregnancy and new parents"
    RURAL = "rural", "Rural life"
    SUBSTANCE_USE = "substance_use", "Alcohol and drugs"
    PEOPLE_WHO_HARM = "people_who_harm", "Working with people who harm"
    WORKPLACES = "workplaces", "Colleagues and workplaces"


class Language(TextChoices):
    """Languages much spoken in the UK beside English, by ISO 639 code."""

    ALBANIAN = "sq", "Albanian"
    AMHARIC = "am", "Amharic"
    ARABIC = "ar", "Arabic"
    BENGALI = "bn", "Bengali and Sylheti"
    BSL = "bfi", "British Sign Language"
    BULGARIAN = "bg", "Bulgarian"
    CANTONESE = "yue", "Cantonese"
    CZECH = "cs", "Czech"
    DARI = "prs", "Dari"
    FARSI = "fa", "Farsi"
    FRENCH = "fr", "French"
    GERMAN = "de", "German"
    GREEK = "el", "Greek"
    GUJARATI = "gu", "Gujarati"
    HINDI = "hi", "Hindi"
    HUNGARIAN = "hu", "Hungarian"
    ITALIAN = "it", "Italian"
    KURDISH = "ku", "Kurdish"
    LITHUANIAN = "lt", "Lithuanian"
    MALAYALAM = "ml", "Malayalam"
    MANDARIN = "cmn", "Mandarin"
    NEPALI = "ne", "Nepali"
    PASHTO = "ps", "Pashto"
    POLISH = "pl", "Polish"
    PORTUGUESE = "pt", "Portuguese"
    PUNJABI = "pa", "Punjabi"
    ROMANI = "rom", "Romani"
    ROMANIAN = "ro", "Romanian"
    RUSSIAN = "ru", "Russian"
    SLOVAK = "sk", "Slovak"
    SOMALI = "so", "Somali"
    SPANISH = "es", "Spanish"
    TAGALOG = "tl", "Tagalog"
    TAMIL = "ta", "Tamil"
    TIGRINYA = "ti", "Tigrinya"
    TURKISH = "tr", "Turkish"
    TWI = "tw", "Twi"
    UKRAINIAN = "uk", "Ukrainian"
    URDU = "ur", "Urdu"
    VIETNAMESE = "vi", "Vietnamese"
    WELSH = "cy", "Welsh"
    YORUBA = "yo", "Yoruba"


class Day(TextChoices):
    """Days of the working week."""

    MONDAY = "mon", "Monday"
    TUESDAY = "tue", "Tuesday"
    WEDNESDAY = "wed", "Wednesday"
    THURSDAY = "thu", "Thursday"
    FRIDAY = "fri", "Friday"
    WEEKEND = "weekend", "Weekend"


class Channel(TextChoices):
    """How a champion likes to be reached, once they have answered. Never a number or an address."""

    CALL = "call", "Phone call"
    VIDEO = "video", "Video call"
    MEET = "meet", "Meeting in person"
    SITE = "site", "Request through this site"


LISTS: dict[OfferKind, type[TextChoices]] = {
    OfferKind.SPECIALISM: Specialism,
    OfferKind.LANGUAGE: Language,
    OfferKind.DAY: Day,
    OfferKind.CHANNEL: Channel,
}
SHOWN = ("name", "agency", "locality", "specialisms", "languages", "days", "channels")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a champion lets others see, each thing to an audience of its own: blank is nobody.

    To whom their own name is not shown, the alias is, or 'A champion'.
    """

    alias: str = ""
    name_to: str = ""
    agency_to: str = ""
    locality_to: str = ""
    specialisms_to: str = ""
    languages_to: str = ""
    days_to: str = ""
    channels_to: str = ""
    specialisms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    def offers(self) -> tuple[tuple[OfferKind, str], ...]:
        """What is picked from the lists, in their order; a word that no list holds is refused."""
        picked = {
            OfferKind.SPECIALISM: self.specialisms,
            OfferKind.LANGUAGE: self.languages,
            OfferKind.DAY: self.days,
            OfferKind.CHANNEL: self.channels,
        }
        for kind, codes in picked.items():
            if unknown := set(codes) - set(LISTS[kind].values):
                raise ValueError(f"no such {kind}: {', '.join(sorted(unknown))}")
        return tuple((kind, code) for kind, codes in picked.items() for code in LISTS[kind].values if code in codes)

    def audiences(self) -> dict[str, str]:
        """The audience of each thing, by the column that keeps it."""
        found = {f"{name}_to": getattr(self, f"{name}_to") for name in SHOWN}
        if unknown := set(found.values()) - {"", *Audience.values}:
            raise ValueError(f"no such audience: {', '.join(sorted(unknown))}")
        return found
