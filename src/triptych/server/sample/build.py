"""The sample company into an empty database, through the same actions as everything else."""

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from triptych.apps.history.writing import writing
from triptych.apps.people.models import User
from triptych.apps.people.roles import Role, rank
from triptych.apps.project.models import Kind, Node
from triptych.apps.project.rules import rights_of
from triptych.plan.model import Assignment, Link

from .content import Content
from .founding import Founding, Recording
from .plans import Dated, date_content
from .reading import read_content

#: What of the record is counted, a table a row.
_COUNTED: Final = ("team", "risk", "issue", "decision", "budget", "objective")


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account to look at the sample with; all have the password the company was built with."""

    role: Role
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class SampleCompany:
    """What was built: the accounts, from the role that may most down, and how much there is of everything."""

    name: str
    sign_ins: tuple[SignIn, ...]
    counts: dict[str, int]


def new_password() -> str:
    """A password for the accounts of one sample database."""
    return secrets.token_urlsafe(9)


def build(*, today: date, password: str) -> SampleCompany:
    """Build Tideglass Ferries as it stands on `today`, all of it or nothing.

    The same for the same `today`, but for numbers and the password. Raises PlanError if the files hold faults,
    Refusal if the database holds the company already or `password` is too weak.
    """
    content = read_content()
    dated = date_content(content, today)
    with writing():
        founding = Founding(dated, password)
        founding.run()
        Recording(founding).run()
        return SampleCompany(content.name, _sign_ins(content, founding.users), _counts(dated, founding))


def _sign_ins(content: Content, users: Mapping[str, User]) -> tuple[SignIn, ...]:
    """The accounts with the password, highest role first."""
    found = [SignIn(_highest(users[each.key]), each.name, each.email) for each in content.signing_in]
    return tuple(sorted(found, key=lambda each: rank(each.role)))


def _highest(user: User) -> Role:
    held = rights_of(user).highest
    if held is None:
        raise ValueError(f"{user.name} signs in but holds no role")
    return held


def _counts(dated: Dated, founding: Founding) -> dict[str, int]:
    nodes = Node.objects.filter(workspace=founding.administrator.workspace_id)
    kinds = Counter(nodes.values_list("kind", flat=True))
    tables = Counter(each.table for each in dated.content.every_line)
    return {
        "programs": kinds[Kind.PROGRAM],
        "projects": kinds[Kind.PROJECT],
        "tasks": kinds[Kind.TASK],
        "milestones": kinds[Kind.MILESTONE],
        "deliverables": kinds[Kind.DELIVERABLE],
        "links": _size(dated.links) + len(dated.crossings),
        "links between projects": len(dated.crossings),
        "people": len(founding.resources),
        "assignments": _size(dated.assignments),
        "products": len(dated.content.products),
        **{f"{word}s": tables[word] for word in _COUNTED},
    }


def _size(by_project: Mapping[str, list[Link]] | Mapping[str, list[Assignment]]) -> int:
    return sum(len(each) for each in by_project.values())


__all__ = ["SampleCompany", "SignIn", "build", "new_password"]
