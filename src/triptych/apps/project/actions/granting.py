"""Who may do what: workspaces, accounts and grants."""

from triptych.apps.history import actions as log
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.writing import API, CLI, Door, writing
from triptych.apps.people.actions import check_name, create_user
from triptych.apps.people.models import CustomRole, Team, User, Workspace
from triptych.apps.people.refusals import Conflict, NotAllowed, NotVisible
from triptych.apps.people.roles import Role, Verb
from triptych.apps.project.models import Grant, Node
from triptych.apps.project.rules import Rights, Verbs, rights_of, verbs_of

Holder = User | Team


def found_workspace(*, name: str, email: str, person: str, password: str, door: Door = CLI) -> User:
    """Open a workspace and create its first user, an administrator of all of it.

    Raises Invalid for a name, e-mail or password that cannot be taken, Conflict if the e-mail is in use.
    """
    with writing():
        workspace = Workspace.objects.create(name=check_name(name, code="workspace.bad-name"))
        user = create_user(workspace=workspace, email=email, name=person, password=password)
        ledger = Ledger()
        ledger.create(Grant(user=user, node=None, role=Role.ADMINISTRATOR))
        sentence = f"{user.name} opened the workspace"
        log.append(actor=user, door=door, verb="found_workspace", sentence=sentence, edits=ledger.edits)
        return user


def add_person(*, actor: User, email: str, name: str, password: str | None, door: Door = API) -> User:
    """Create an account in the actor's workspace; it may do nothing until a role is granted.

    Raises NotAllowed unless the actor administers the workspace.
    """
    with writing():
        rights_of(actor).need_everywhere(Verb.ADMINISTER)
        user = create_user(workspace=actor.workspace, email=email, name=name, password=password)
        sentence = f"{user.name} joined the workspace"
        log.append(actor=actor, door=door, verb="add_person", sentence=sentence, plan=False)
        return user


def close_account(*, actor: User, user: User, open_again: bool = False, door: Door = API) -> None:
    """Close somebody's account: they cannot sign in any more, and stay in all that they have done; or open it again.

    Raises NotAllowed unless the actor administers the workspace, Conflict for the last administrator.
    """
    with writing():
        rights_of(actor).need_everywhere(Verb.ADMINISTER)
        if user.workspace_id != actor.workspace_id:
            raise NotVisible
        ledger = Ledger()
        ledger.change(user, is_active=open_again)
        if not ledger.edits:
            return
        refuse_without_administrator(actor.workspace_id)
        log.append(
            actor=actor,
            door=door,
            verb="open_account" if open_again else "close_account",
            sentence=f"{'Opened' if open_again else 'Closed'} the account of {user.name}",
            right=Verb.ADMINISTER,
            plan=False,
            edits=ledger.edits,
        )


def grant_role(
    *, actor: User, user: Holder, node: Node | None, role: Role | CustomRole, door: Door = API
) -> Grant:
    """Grant a role to a person or a team on a node of the tree and all below it, with `node` None on the workspace.

    Nobody can grant more than they hold: it takes the right to manage people on the node, and every right that the
    role brings. Granting a role that is held already changes nothing. Raises Refusal.
    """
    with writing():
        grant = _grant(user, node, role)
        authorise_grant(rights_of(actor), grant)
        held = _held(grant)
        if held is not None:
            return held
        ledger = Ledger()
        ledger.create(grant)
        _log(actor, door, "grant_role", f"Made {user.name} {_told(grant)}", grant, ledger)
        return grant


def withdraw_role(
    *, actor: User, user: Holder, node: Node | None, role: Role | CustomRole, door: Door = API
) -> None:
    """Take a granted role back; the same rights as `grant_role`.

    Raises Conflict for a role that is not held, and for the last administrator of the workspace.
    """
    with writing():
        grant = _grant(user, node, role)
        authorise_grant(rights_of(actor), grant)
        held = _held(grant)
        if held is None:
            raise Conflict("role.not-held", f"{user.name} does not hold this role here.")
        ledger = Ledger()
        ledger.remove(held)
        refuse_without_administrator(actor.workspace_id)
        _log(actor, door, "withdraw_role", f"{user.name} is no longer {_told(grant)}", grant, ledger)


def _grant(holder: Holder, node: Node | None, role: Role | CustomRole) -> Grant:
    custom = role if isinstance(role, CustomRole) else None
    user, team = (holder, None) if isinstance(holder, User) else (None, holder)
    name = "" if custom is not None else Role(str(role))
    return Grant(user=user, team=team, node=node, role=name, custom=custom)


def _held(grant: Grant) -> Grant | None:
    same = {name: getattr(grant, name) for name in ("user", "team", "node", "role", "custom")}
    return Grant.objects.filter(**same).first()


def _told(grant: Grant) -> str:
    role = grant.custom.name if grant.custom else Role(grant.role).label.lower()
    return role + (f" of “{grant.node.name}”" if grant.node is not None else " of the whole workspace")


def _log(actor: User, door: Door, verb: str, sentence: str, grant: Grant, ledger: Ledger) -> None:
    node = grant.node
    log.append(
        actor=actor,
        door=door,
        verb=verb,
        sentence=sentence,
        right=Verb.MANAGE_PEOPLE,
        node=None if node is None else node.project_id or node.pk,
        touches=() if node is None else (node.pk,),
        plan=False,
        edits=ledger.edits,
    )


def verbs_granted(grant: Grant) -> Verbs:
    """What the role of a grant brings."""
    return verbs_of([Role(grant.role)]) if grant.custom is None else frozenset(map(Verb, grant.custom.verbs))


def authorise_grant(rights: Rights, grant: Grant) -> None:
    """Raises Refusal unless the user may give, or take, this role there."""
    verbs, node = verbs_granted(grant), grant.node
    for held in (grant.user, grant.team, grant.custom):
        if held is not None and held.workspace_id != rights.user.workspace_id:
            raise NotVisible
    needed = {Verb.MANAGE_PEOPLE} | ({Verb.ADMINISTER} & verbs)
    for verb in sorted(needed):
        rights.need_at(verb, node)
    mine = rights.everywhere if node is None else rights.at(node.pk, node.project_id)
    if not verbs <= mine:
        raise NotAllowed("Your role does not let you grant what you may not do yourself.")


def refuse_without_administrator(workspace: int) -> None:
    """Raises Conflict if nobody is left who may administer the workspace."""
    left = Grant.objects.filter(
        user__workspace=workspace, user__is_active=True, node=None, role=Role.ADMINISTRATOR
    )
    if not left.exists():
        raise Conflict(
            "role.last-administrator", "A workspace needs an administrator. Make another one first."
        )
