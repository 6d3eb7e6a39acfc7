"""The network's tables, a file a flow"""

from .blocks import Block, BlockQuerySet
from .champions import (
    NOMINATION_KEPT_FOR,
    Champion,
    ChampionQuerySet,
    ChampionTurn,
    Nomination,
    NominationQuerySet,
    OfChampionQuerySet,
)
from .life import (
    LINK_LASTS,
    QUESTION_KEPT_FOR,
    CheckIn,
    Handover,
    HandoverQuerySet,
    ManagerQuestion,
    ManagerQuestionQuerySet,
    NetworkConditions,
)
from .listings import ChampionOffer, ChampionOfferQuerySet, ChampionProfile
from .meetings import GUESTS_KEPT_FOR, Attendance, AttendanceQuerySet, Meeting, MeetingGuest
from .requests import KEPT_FOR, REQUESTS_A_DAY, ContactRequest, ContactRequestQuerySet

__all__ = [
    "GUESTS_KEPT_FOR",
    "KEPT_FOR",
    "LINK_LASTS",
    "NOMINATION_KEPT_FOR",
    "QUESTION_KEPT_FOR",
    "REQUESTS_A_DAY",
    "Attendance",
    "AttendanceQuerySet",
    "Block",
    "BlockQuerySet",
    "Champion",
    "ChampionOffer",
    "ChampionOfferQuerySet",
    "ChampionProfile",
    "ChampionQuerySet",
    "ChampionTurn",
    "CheckIn",
    "ContactRequest",
    "ContactRequestQuerySet",
    "Handover",
    "HandoverQuerySet",
    "ManagerQuestion",
    "ManagerQuestionQuerySet",
    "NetworkConditions",
    "Meeting",
    "MeetingGuest",
    "Nomination",
    "NominationQuerySet",
    "OfChampionQuerySet",
]
