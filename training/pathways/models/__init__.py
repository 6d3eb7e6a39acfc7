"""The tables of the pathway: what is asked, what is agreed for one post, and what somebody has asked for."""

from .asked import ExtensionRequest, RequestReason, RequestState, RuleProposal, Trigger, TriggerEvent
from .pathway import (
    Equivalence,
    Exemption,
    Extension,
    Module,
    Pathway,
    PathwayVersion,
    PostFactQuerySet,
    ReasonCode,
    Requirement,
    RequirementVersion,
    RuleStamp,
    Satisfies,
    SignUp,
    Tier,
)

__all__ = [
    "Equivalence",
    "Exemption",
    "Extension",
    "ExtensionRequest",
    "Module",
    "Pathway",
    "PathwayVersion",
    "PostFactQuerySet",
    "ReasonCode",
    "RequestReason",
    "RequestState",
    "Requirement",
    "RequirementVersion",
    "RuleProposal",
    "RuleStamp",
    "Satisfies",
    "SignUp",
    "Tier",
    "Trigger",
    "TriggerEvent",
]
