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
from .listings import ChampionOffer, ChampionOfferQuerySet, ChampionProfile
from .requests import KEPT_FOR, REQUESTS_A_DAY, ContactRequest, ContactRequestQuerySet

__all__ = [
    "KEPT_FOR",
    "NOMINATION_KEPT_FOR",
    "REQUESTS_A_DAY",
    "Block",
    "BlockQuerySet",
    "Champion",
    "ChampionOffer",
    "ChampionOfferQuerySet",
    "ChampionProfile",
    "ChampionQuerySet",
    "ChampionTurn",
    "ContactRequest",
    "ContactRequestQuerySet",
    "Nomination",
    "NominationQuerySet",
    "OfChampionQuerySet",
]
