"""The roles of the trade, and what each may do. A role is granted on a node of the tree and holds below it."""

from enum import StrEnum
from typing import Final

from django.db import models


class Verb(StrEnum):
    """What a role may do."""

    VIEW = "view"
    COMMENT = "comment"
    #: To say that something is wrong or wanted: raise a risk, an issue, an impediment, give feedback.
    RAISE = "raise"
    PROGRESS = "progress"
    EDIT_PLAN = "edit_plan"
    IMPORT_PLAN = "import_plan"
    #: To decide what comes of risks, issues and requests, and to report.
    CONTROL = "control"
    EDIT_PRODUCT = "edit_product"
    EDIT_OBJECTIVES = "edit_objectives"
    #: To approve changes, budgets and deliverables: the sponsor's.
    APPROVE = "approve"
    MANAGE_PEOPLE = "manage_people"
    SEE_MONEY = "see_money"
    EDIT_MONEY = "edit_money"
    ADMINISTER = "administer"


#: What a verb is in a sentence: "Your role does not let you …".
WORDS: Final[dict[Verb, str]] = {
    Verb.VIEW: "see this",
    Verb.COMMENT: "comment here",
    Verb.RAISE: "raise anything here",
    Verb.PROGRESS: "record progress here",
    Verb.EDIT_PLAN: "change this plan",
    Verb.IMPORT_PLAN: "import plans here",
    Verb.CONTROL: "control risks, issues and changes here",
    Verb.EDIT_PRODUCT: "change products here",
    Verb.EDIT_OBJECTIVES: "change objectives here",
    Verb.APPROVE: "approve anything here",
    Verb.MANAGE_PEOPLE: "manage people here",
    Verb.SEE_MONEY: "see money here",
    Verb.EDIT_MONEY: "change budgets and costs here",
    Verb.ADMINISTER: "administer this workspace",
}


class Role(models.TextChoices):
    """From the one who may most to the one who may least: a person's highest role is the first they hold."""

    ADMINISTRATOR = "administrator"
    PROGRAM_MANAGER = "program_manager"
    PROJECT_MANAGER = "project_manager"
    PRODUCT_MANAGER = "product_manager"
    SCRUM_MASTER = "scrum_master"
    TEAM_MEMBER = "team_member"
    SPONSOR = "sponsor"
    STAKEHOLDER = "stakeholder"
    GUEST = "guest"


_READER: Final = frozenset({Verb.VIEW})
_VOICE: Final = _READER | {Verb.COMMENT}
_TEAM: Final = _VOICE | {Verb.PROGRESS, Verb.RAISE}
_PLANNER: Final = _TEAM | {Verb.EDIT_PLAN, Verb.CONTROL}
_MANAGER: Final = _PLANNER | {Verb.IMPORT_PLAN, Verb.MANAGE_PEOPLE, Verb.SEE_MONEY, Verb.EDIT_MONEY}

MAY: Final[dict[Role, frozenset[Verb]]] = {
    Role.ADMINISTRATOR: frozenset(Verb),
    Role.PROGRAM_MANAGER: _MANAGER | {Verb.EDIT_PRODUCT, Verb.EDIT_OBJECTIVES, Verb.APPROVE},
    Role.PROJECT_MANAGER: _MANAGER,
    Role.PRODUCT_MANAGER: _TEAM | {Verb.EDIT_PRODUCT, Verb.EDIT_OBJECTIVES},
    Role.SCRUM_MASTER: _PLANNER,
    Role.TEAM_MEMBER: _TEAM,
    Role.SPONSOR: _VOICE | {Verb.RAISE, Verb.APPROVE, Verb.SEE_MONEY},
    Role.STAKEHOLDER: _VOICE,
    Role.GUEST: _READER,
}

_RANK: Final = {role: rank for rank, role in enumerate(Role)}


def rank(role: Role) -> int:
    """Where the role stands; 0 is the highest."""
    return _RANK[role]
