"""Who may do what: workspaces, accounts and grants."""

from triptych.apps.history import actions as log
from triptych.apps.history.writing import writing
from triptych.apps.people.actions import check_name, create_user
from triptych.apps.people.models import User, Workspace
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role, Verb, rank
from triptych.apps.project.models import UPPER, Grant, Node
from triptych.apps.project.rules import Rights, rights_of


def found_workspace(*, name: str, email: str, person: str, password: str, door: str = "cli") -> User:
    """Open a workspace and create its first user, an administrator of all of it.

    Raises Invalid for a name, e-mail or password that cannot be taken, Conflict if the e-mail is in use.
    """
    with writing():
        workspace = Workspace.objects.create(name=check_name(name, code="workspace.bad-name"))
        user = create_user(workspace=workspace, email=email, name=person, password=password)
        Grant.objects.create(user=user, node=None, role=Role.ADMINISTRATOR)
        sentence = f"{user.name} opened the workspace"
        log.append(actor=user, door=door, verb="found_workspace", sentence=sentence)
        return user


def add_person(*, actor: User, email: str, name: str, password: str | None, door: str = "api") -> User:
    """Create an account in the actor's workspace; it may do nothing until a role is granted.

    Raises NotAllowed unless the actor administers the workspace.
    """
    with writing():
        rights_of(actor).need_everywhere(Verb.ADMINISTER)
        user = create_user(workspace=actor.workspace, email=email, name=name, password=password)
        log.append(actor=actor, door=door, verb="add_person", sentence=f"{user.name} joined the workspace")
        return user


def grant_role(*, actor: User, user: User, node: Node | None, role: Role, door: str = "api") -> Grant:
    """Grant a role on a portfolio, program or project and all below it, or with `node` None on the workspace.

    Nobody can grant more than they hold: it takes the right to manage people on the node, and an administrator
    to make an administrator. Granting a role that is held already changes nothing. Raises Refusal.
    """
    with writing():
        _authorise(rights_of(actor), user, node, role)
        grant, new = Grant.objects.get_or_create(user=user, node=node, role=role)
        if new:
            place = f" of “{node.name}”" if node is not None else " of the whole workspace"
            sentence = f"Made {user.name} {Role(role).label.lower()}{place}"
            log.append(
                actor=actor,
                door=door,
                verb="grant_role",
                sentence=sentence,
                node=None if node is None else node.pk,
            )
        return grant


def withdraw_role(*, actor: User, user: User, node: Node | None, role: Role, door: str = "api") -> None:
    """Take a granted role back; the same rights as `grant_role`.

    Raises Conflict for a role that is not held, and for the last administrator of the workspace.
    """
    with writing():
        _authorise(rights_of(actor), user, node, role)
        held = Grant.objects.filter(user=user, node=node, role=role)
        if not held.exists():
            raise Conflict("role.not-held", f"{user.name} does not hold this role here.")
        if node is None and role == Role.ADMINISTRATOR and _is_last_administrator(user):
            raise Conflict(
                "role.last-administrator", "A workspace needs an administrator. Make another one first."
            )
        held.delete()
        place = f" of “{node.name}”" if node is not None else " of the whole workspace"
        log.append(
            actor=actor,
            door=door,
            verb="withdraw_role",
            sentence=f"{user.name} is no longer {Role(role).label.lower()}{place}",
            node=None if node is None else node.pk,
        )


def _authorise(rights: Rights, user: User, node: Node | None, role: Role) -> None:
    verb = Verb.ADMINISTER if role == Role.ADMINISTRATOR else Verb.MANAGE_PEOPLE
    if user.workspace_id != rights.user.workspace_id:
        raise NotVisible
    if node is None:
        rights.need_everywhere(verb)
        return
    if node.kind not in UPPER:
        raise Invalid("role.bad-node", "A role is granted on a portfolio, a program or a project.")
    rights.need(verb, node.pk)
    if rank(role) < min(rank(each) for each in rights.roles[node.pk]):
        raise NotAllowed("Your role does not let you grant a higher one.")


def _is_last_administrator(user: User) -> bool:
    others = Grant.objects.filter(
        user__workspace=user.workspace_id, user__is_active=True, node=None, role=Role.ADMINISTRATOR
    )
    return not others.exclude(user=user).exists()
