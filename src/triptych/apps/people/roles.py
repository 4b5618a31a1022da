"""The roles of the trade, and what each may do. A role is granted on a node of the tree and holds below it."""

from enum import StrEnum
from typing import Final

from django.db import models


class Verb(StrEnum):
    """What a role may do."""

    VIEW = "view"
    COMMENT = "comment"
    PROGRESS = "progress"
    EDIT_PLAN = "edit_plan"
    IMPORT_PLAN = "import_plan"
    EDIT_PRODUCT = "edit_product"
    MANAGE_PEOPLE = "manage_people"
    ADMINISTER = "administer"
    SEE_MONEY = "see_money"


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
_TEAM: Final = _VOICE | {Verb.PROGRESS}
_PLANNER: Final = _TEAM | {Verb.EDIT_PLAN}

MAY: Final[dict[Role, frozenset[Verb]]] = {
    Role.ADMINISTRATOR: frozenset(Verb),
    Role.PROGRAM_MANAGER: _PLANNER
    | {Verb.IMPORT_PLAN, Verb.MANAGE_PEOPLE, Verb.EDIT_PRODUCT, Verb.SEE_MONEY},
    Role.PROJECT_MANAGER: _PLANNER | {Verb.IMPORT_PLAN, Verb.MANAGE_PEOPLE, Verb.SEE_MONEY},
    Role.PRODUCT_MANAGER: _TEAM | {Verb.EDIT_PRODUCT},
    Role.SCRUM_MASTER: _PLANNER,
    Role.TEAM_MEMBER: _TEAM,
    Role.SPONSOR: _VOICE | {Verb.SEE_MONEY},
    Role.STAKEHOLDER: _VOICE,
    Role.GUEST: _READER,
}

_RANK: Final = {role: rank for rank, role in enumerate(Role)}


def rank(role: Role) -> int:
    """Where the role stands; 0 is the highest."""
    return _RANK[role]
