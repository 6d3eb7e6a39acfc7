"""Everything a person may be allowed to do here: one word a thing."""

from enum import StrEnum


class Permission(StrEnum):
    """What a role can give. The sentence after each says what it opens."""

    LEARN = "learn"  # take courses, see and carry one's own record
    SEE_TEAM = "see_team"  # names and standing of the posts one manages
    SEE_STAFF = "see_staff"  # names and standing inside one's own agency
    MANAGE_ROSTER = "manage_roster"  # load and undo the agency's roster
    APPROVE_ROSTERS = "approve_rosters"  # by its counts, a roster file of an agency with one person for rosters
    RECORD_COMPLETIONS = "record_completions"  # put outside learning of the agency's staff into the ledger
    KEEP_RULES = "keep_rules"  # the agency's own rules, and what is agreed for one post: excused, or due later
    DECLARE = "declare"  # what the agency says of itself: how many staff, and training that is not recorded by name
    SIGN_OFF = "sign_off"  # answer for what the agency declares
    PLEDGE = "pledge"  # say what the agency has committed itself to
    SEE_COVERAGE = "see_coverage"  # counts for the partnership, small numbers hidden
    MANAGE_PATHWAY = "manage_pathway"  # modules, requirements, sign-ups, strategies
    INSPECT = "inspect"  # trace a partnership's figures to their facts, without names, every page on record
    SEE_CHAMPIONS = "see_champions"  # the directory of champions who chose to be listed
    COORDINATE_CHAMPIONS = "coordinate_champions"  # champions of every agency, and gaps
    EDIT_SITE = "edit_site"  # the public pages of a partnership
    AUTHOR_CONTENT = "author_content"  # write lessons and pages
    REVIEW_CONTENT = "review_content"  # review and publish them
    ADMINISTER = "administer"  # grant roles, look after the system; never anybody's learning
