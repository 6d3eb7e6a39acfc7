"""The network's tables, a file a flow"""

from .aims import NetworkAims
from .blocks import Block, BlockQuerySet, Identity, has_address, kept_apart
from .cascade import ARRIVALS_KEPT_FOR, Arrival, BriefingCard, Cascade, CascadeVersion
from .champions import (
    NOMINATION_KEPT_FOR,
    Champion,
    ChampionQuerySet,
    ChampionTurn,
    Nomination,
    NominationQuerySet,
    OfChampionQuerySet,
)
from .enquiries import (
    ENQUIRIES_A_DAY,
    LONGEST_ANSWER,
    LONGEST_ENQUIRY,
    TAKEN_FOR,
    Enquiry,
    EnquiryQuerySet,
    KeptAnswer,
)
from .enquiry_guests import SPECIALIST_LINK_LASTS, EnquiryGuest
from .entries import Entry, EntryQuerySet
from .group_messages import Addressed, GroupMessage
from .life import (
    LINK_LASTS,
    QUESTION_KEPT_FOR,
    CheckIn,
    Handover,
    HandoverQuerySet,
    LapseNotice,
    ManagerQuestion,
    ManagerQuestionQuerySet,
    NetworkConditions,
)
from .listings import ChampionOffer, ChampionOfferQuerySet, ChampionProfile
from .looks import CARDS_A_DAY, LOOKS_A_DAY, CardLook, ReaderDay
from .meetings import GUESTS_KEPT_FOR, Attendance, AttendanceQuerySet, Meeting, MeetingGuest
from .neighbours import Neighbours
from .newsletters import Newsletter, NewsletterStop
from .noticeboard import (
    CONTRIBUTIONS_A_DAY,
    LONGEST_CONTRIBUTION,
    TRUSTED_FROM,
    Concern,
    Contribution,
    ContributionQuerySet,
    Thread,
)
from .pages import AreaPage, BriefingPack, ChampionsAreaPage, Resource
from .requests import ASKED_AGAIN_AFTER, KEPT_FOR, MOST_WAITING, REQUESTS_A_DAY, ContactRequest, ContactRequestQuerySet
from .steps import ChampionStep, ChampionStepQuerySet, StaffCount, StepMark, WorkplaceCount
from .wording import Wording

__all__ = [
    "CARDS_A_DAY",
    "ARRIVALS_KEPT_FOR",
    "ASKED_AGAIN_AFTER",
    "CONTRIBUTIONS_A_DAY",
    "ENQUIRIES_A_DAY",
    "GUESTS_KEPT_FOR",
    "KEPT_FOR",
    "LINK_LASTS",
    "LONGEST_ANSWER",
    "LONGEST_CONTRIBUTION",
    "LONGEST_ENQUIRY",
    "LOOKS_A_DAY",
    "MOST_WAITING",
    "NOMINATION_KEPT_FOR",
    "QUESTION_KEPT_FOR",
    "REQUESTS_A_DAY",
    "SPECIALIST_LINK_LASTS",
    "TAKEN_FOR",
    "TRUSTED_FROM",
    "Addressed",
    "AreaPage",
    "Attendance",
    "AttendanceQuerySet",
    "Block",
    "BlockQuerySet",
    "CardLook",
    "BriefingCard",
    "BriefingPack",
    "Cascade",
    "Arrival",
    "CascadeVersion",
    "Champion",
    "ChampionOffer",
    "ChampionOfferQuerySet",
    "ChampionProfile",
    "ChampionQuerySet",
    "ChampionTurn",
    "ChampionStep",
    "ChampionStepQuerySet",
    "ChampionsAreaPage",
    "CheckIn",
    "ContactRequest",
    "ContactRequestQuerySet",
    "Concern",
    "Contribution",
    "ContributionQuerySet",
    "Enquiry",
    "EnquiryGuest",
    "EnquiryQuerySet",
    "Entry",
    "EntryQuerySet",
    "GroupMessage",
    "Handover",
    "HandoverQuerySet",
    "LapseNotice",
    "Identity",
    "ManagerQuestion",
    "ManagerQuestionQuerySet",
    "KeptAnswer",
    "Meeting",
    "MeetingGuest",
    "Neighbours",
    "NetworkAims",
    "NetworkConditions",
    "Newsletter",
    "NewsletterStop",
    "Nomination",
    "NominationQuerySet",
    "OfChampionQuerySet",
    "ReaderDay",
    "Resource",
    "StaffCount",
    "StepMark",
    "Thread",
    "Wording",
    "WorkplaceCount",
    "has_address",
    "kept_apart",
]
