"""People in plans, and when they are away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from triptych.apps.history import actions as log
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.actions import check_name
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Invalid, NotAllowed
from triptych.apps.people.roles import Verb
from triptych.apps.project import queries
from triptych.apps.project.bridge import Computed
from triptych.apps.project.models import Calendar, Resource
from triptych.apps.project.rules import Rights, may_manage, rights_of
from triptych.apps.project.wording import tell
from triptych.plan.changes import AddAbsence, Change, RemoveAbsence, SetResource
from triptych.plan.kinds import ResourceKind

from .editing import authorise_terms, check
from .perform import Deed, Outcome, perform


def create_resource(
    *,
    actor: User,
    name: str,
    user: User | None = None,
    email: str = "",
    role: str = "",
    skills: Sequence[str] = (),
    kind: ResourceKind = ResourceKind.WORK,
    units: int = 100,
    calendar: Calendar | None = None,
    placeholder: bool = False,
    door: Door = API,
) -> Resource:
    """Create a person, team or machine that every project of the workspace may assign.

    `user` is the account of a person who can sign in; `skills` are the roles they can take on besides `role`; `units` is the capacity, 100 for one full-time person;
    without `calendar` the project's calendar holds. A `placeholder` is a role to be filled. Raises NotAllowed unless the actor manages people somewhere.
    """
    with writing():
        rights = rights_of(actor)
        if not rights.may_anywhere(Verb.MANAGE_PEOPLE):
            raise NotAllowed("Your role does not let you manage people here.")
        for other in (user, calendar):
            if other is not None and other.workspace_id != actor.workspace_id:
                raise Invalid("resource.other-workspace", "The account or calendar is of another workspace.")
        ledger = Ledger()
        made = ledger.create(
            Resource(
                workspace_id=actor.workspace_id,
                user=user,
                name=check_name(name, code="resource.bad-name"),
                email=email or (user.email if user else ""),
                role=role,
                skills=list(skills),
                kind=kind,
                units=units,
                calendar=calendar,
                placeholder=placeholder,
            )
        )
        log.append(
            actor=actor,
            door=door,
            verb="create_resource",
            sentence=f"Added {made.name} to the people",
            right=Verb.MANAGE_PEOPLE,
            edits=ledger.edits,
        )
        return made


def set_resource(
    *, actor: User, resource: int, preview: bool = False, door: Door = API, **terms: Any
) -> Outcome:
    """Change the terms of a person, team or machine: `name`, `units`, `calendar` (a number), `role`, `skills`, `rate`,
    `cost_per_use`, `rates` (both from later dates on), `email`; and move what that moves, in every plan in which they
    have work.

    Raises NotVisible, NotAllowed unless the actor manages people where the resource belongs, and for what they cost
    changes money there; Invalid.
    """
    rights = rights_of(actor)
    person = queries.resource(rights, resource)

    def changes(rights: Rights, before: Computed) -> list[Change]:
        old = before.plan.resources[before.plan.resource_index[resource]]
        change = SetResource(replace(old, absences=(), **terms))
        authorise_terms(rights, change)
        check([change])
        return [change]

    deed = Deed(
        "set_resource", changes, lambda done, before, after: tell(done, before.plan, after.plan, None)
    )
    projects = queries.projects_of_resource(person)
    return perform(deed, actor=actor, node=person.project_id, projects=projects, preview=preview, door=door)


def add_absence(
    *,
    actor: User,
    resource: int,
    first: date,
    last: date,
    name: str = "",
    preview: bool = False,
    door: Door = API,
) -> Outcome:
    """Record that a person is away from `first` to `last`, both included, and move what that moves.

    Raises NotVisible for a resource the actor may not see, NotAllowed unless it is their own absence or they
    manage people, Invalid for dates the wrong way round.
    """
    return _change_absence(actor, AddAbsence(resource, first, last, name), "add_absence", preview, door)


def remove_absence(
    *,
    actor: User,
    resource: int,
    first: date,
    last: date,
    name: str = "",
    preview: bool = False,
    door: Door = API,
) -> Outcome:
    """Take an absence out again; as `add_absence`."""
    return _change_absence(actor, RemoveAbsence(resource, first, last, name), "remove_absence", preview, door)


def _change_absence(
    actor: User, change: AddAbsence | RemoveAbsence, verb: str, preview: bool, door: Door
) -> Outcome:
    check([change])
    rights = rights_of(actor)
    authorise_absence(rights, change.resource)
    person = queries.resource(rights, change.resource)

    def changes(rights: Rights, _before: Computed) -> list[Change]:
        authorise_absence(rights, change.resource)
        return [change]

    deed = Deed(verb, changes, lambda done, before, after: tell(done, before.plan, after.plan, None))
    projects = queries.projects_of_resource(person)
    return perform(deed, actor=actor, node=person.project_id, projects=projects, preview=preview, door=door)


def authorise_absence(rights: Rights, resource: int) -> None:
    """Raises NotVisible or NotAllowed unless the actor may say when the resource is away."""
    if not may_manage(rights, queries.resource(rights, resource)):
        raise NotAllowed("Only they themselves and those who manage people record absences.")
