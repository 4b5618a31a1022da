"""The nouns of the record, each with the same five doors: they are made from the terms and the columns themselves."""

import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, Q, QuerySet
from django.db.models.fields import NOT_PROVIDED
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import ConfigDict, create_model
from pydantic import Field as Shape

from triptych.apps.control.models.scenarios import Changes
from triptych.apps.control.queries import below as all_below
from triptych.apps.control.queries.scenarios import told_changes
from triptych.apps.history.rows import values_of
from triptych.apps.people.records import Record
from triptych.apps.people.refusals import NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.product.models import Product
from triptych.apps.project import actions
from triptych.apps.project.models import Attachment, Node
from triptych.apps.project.rules import Rights, records_visible_to
from triptych.apps.project.since import records_as_of

from . import access
from .reading import Id
from .shapes import FAULTS, json
from .values import kind_of

router = Router()

_R = TypeVar("_R", bound=Record)

#: Rows of one page.
MOST = 200

After = Annotated[int, Shape(ge=0, le=2**63 - 1)]
Limit = Annotated[int, Shape(ge=1, le=MOST)]


class Removed(Schema):
    """A row is gone; `entry` brings it back from the trash."""

    entry: int


class Given(Schema):
    """Values of a row: what is none is refused and not passed over."""

    model_config = ConfigDict(extra="forbid")


class Step(Given):
    """To which state a row is to go on."""

    to: str = Shape(max_length=40)


def nouns() -> list[type[Record]]:
    """The nouns that have these doors: all but attachments, whose bytes come in another way (`attachments`)."""
    found = [each for each in apps.get_models() if issubclass(each, Record)]
    return [each for each in found if each is not Attachment]


def with_article(word: str) -> str:
    """The word with its article: `an acceptance`."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def path_of(noun: type[Record]) -> str:
    """Where the rows of a noun are: `/key-results`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", noun.__name__).lower()
    if words == "feedback":
        return f"/{words}"
    if words.endswith("y"):
        return f"/{words[:-1]}ies"
    return f"/{words}es" if words.endswith(("ch", "s")) else f"/{words}s"


def _columns(noun: type[Record]) -> dict[str, "Field[Any, Any]"]:
    """The columns that are told, by name; the number and the workspace are not among them."""
    fields = noun._meta.concrete_fields  # noqa: SLF001 - Django's documented way to a model's columns
    return {each.name: each for each in fields if not each.primary_key and each.name != "workspace"}


def _is_needed(field: "Field[Any, Any]") -> bool:
    return field.default is NOT_PROVIDED and not field.null and not field.blank


def _row_shape(noun: type[Record]) -> type[Schema]:
    told: dict[str, Any] = {name: (kind_of(field), ...) for name, field in _columns(noun).items()}
    money = {name: (kind | None, ...) for name, (kind, _) in told.items() if name in noun.TERMS.money}
    return create_model(
        f"{noun.__name__}Row", __base__=Schema, __doc__=noun.__doc__, id=(int, ...), **(told | money)
    )


def _new_shape(noun: type[Record]) -> type[Schema]:
    """What may be given of a new row: not what is signed, nor what verbs of their own set."""
    unasked = noun.TERMS.by_verb.union(noun.TERMS.signed, noun.TERMS.stamped)
    given = {name: field for name, field in _columns(noun).items() if name not in unasked}
    return _given(f"New{noun.__name__}", noun, given, needed=True)


def _change_shape(noun: type[Record]) -> type[Schema]:
    given = {name: field for name, field in _columns(noun).items() if name not in noun.TERMS.unchanged}
    return _given(f"{noun.__name__}Change", noun, given, needed=False)


def _given(
    name: str, noun: type[Record], given: dict[str, "Field[Any, Any]"], *, needed: bool
) -> type[Schema]:
    shapes: dict[str, Any] = {
        each: (kind_of(field), ... if needed and _is_needed(field) else None) for each, field in given.items()
    }
    about = f"Values of {with_article(noun.TERMS.word)}."
    return create_model(name, __base__=Given, __doc__=about, **shapes)


def _values(noun: type[Record], body: Schema) -> dict[str, Any]:
    """What was given, by attribute; what was left out is left alone."""
    fields = _columns(noun)
    given = body.dict(exclude_unset=True)
    return {fields[name].attname: value for name, value in given.items()}


def told(rights: Rights, rows: Iterable[Record]) -> list[dict[str, Any]]:
    """Rows as the reader may know them: money only where they may see it, and of changes what they may see."""
    rows = list(rows)
    changes = told_changes(rights, (each for each in rows if isinstance(each, Changes)))
    found = [_told_plain(rights, each) for each in rows]
    for values in found:
        if (spelt := changes.get(values["id"])) is not None:
            values["changes"] = spelt
    return found


def _told(rights: Rights, row: Record) -> dict[str, Any]:
    return told(rights, [row])[0]


def _told_plain(rights: Rights, row: Record) -> dict[str, Any]:
    values = values_of(row)
    fields = _columns(type(row))
    found = {"id": row.pk} | {name: values[field.attname] for name, field in fields.items()}
    if row.TERMS.money and not _sees_money(rights, _home_of(row)):
        found |= dict.fromkeys(row.TERMS.money)
    return found


def _home_of(row: Record) -> Node | None:
    """The node that a row hangs on, None for the workspace, and for a row of the past whose node cannot be told."""
    try:
        found: Node | None = row.home
    except ObjectDoesNotExist:
        return None
    return found


def _sees_money(rights: Rights, home: Node | None) -> bool:
    if home is None:
        return rights.may_everywhere(Verb.SEE_MONEY)
    return rights.may_on(Verb.SEE_MONEY, home.pk, home.project_id)


def row_of(rights: Rights, noun: type[_R], number: int) -> _R:
    """A row that the reader may see. Raises NotVisible."""
    found = _with_home(records_visible_to(rights, noun)).filter(pk=number).first()
    if found is None:
        raise NotVisible
    return found


def _with_home(rows: QuerySet[_R]) -> QuerySet[_R]:
    """The rows with what leads to their homes, in the same statement."""
    home = rows.model.TERMS.home
    return rows.select_related(home) if home else rows


#: Method, address, what answers, what it is for, and the shape of its answer.
_Door = tuple[str, str, Callable[..., Any], str, dict[int, Any]]


def open_doors(router: Router, noun: type[Record], *, listed: bool = True) -> None:
    """The doors of one noun, without that of its list where a page has one of its own."""
    row = _row_shape(noun)
    every, one = _reading(noun, row)
    for method, where, call, about, answers in [*([every] if listed else ()), one, *_writing(noun, row)]:
        router.api_operation(
            [method],
            where,
            response={**answers, **FAULTS},
            tags=[path_of(noun).strip("/")],
            summary=about,
            operation_id=f"{call.__name__}_{noun.__name__}",
        )(call)


def _reading(noun: type[Record], row: type[Schema]) -> tuple[_Door, _Door]:
    """The doors at which rows are read: all of them, and one."""
    name, path = f"{noun.__name__}Page", path_of(noun)
    page = create_model(name, __base__=Schema, items=(list[row], ...), next=(int | None, ...))  # type: ignore[valid-type]

    def read_all(
        request: HttpRequest,
        node: Id | None = None,
        below: bool = False,
        after: After = 0,
        limit: Limit = MOST,
        as_of: Id | None = None,
    ) -> Any:
        rights = access.rights(request)
        if as_of is not None:
            nodes, then = _nodes(node, deep=below), records_as_of(rights, noun, as_of)
            rows = [each for pk, each in then.items() if pk > after and _hangs_on(each, nodes)]
        else:
            seen = _with_home(records_visible_to(rights, noun)).filter(_at(noun, node, deep=below))
            rows = list(seen.filter(pk__gt=after).order_by("pk")[: limit + 1])
        following = rows[limit - 1].pk if len(rows) > limit else None
        return json({"items": told(rights, rows[:limit]), "next": following})

    def read_one(request: HttpRequest, number: Id) -> Any:
        rights = access.rights(request)
        return json(_told(rights, row_of(rights, noun, number)))

    about = (
        f"The rows that the reader may see, {MOST} at most, of a node or also of all below it; as of an entry, those of "
        "then."
    )
    return (
        ("GET", path, read_all, about, {200: page}),
        ("GET", f"{path}/{{number}}", read_one, f"One {noun.TERMS.word}.", {200: row}),
    )


def _writing(noun: type[Record], row: type[Schema]) -> list[_Door]:
    """The doors at which rows are written."""
    new, change, name = _new_shape(noun), _change_shape(noun), f"{noun.__name__}Written"
    written = create_model(name, __base__=Schema, entry=(int | None, ...), item=(row, ...))

    def add(request: HttpRequest, body: new) -> Any:  # type: ignore[valid-type]
        done = actions.add(noun, actor=access.user_of(request), door=access.PAGE, **_values(noun, body))
        return _answer(request, done, 201)

    def alter(request: HttpRequest, number: Id, body: change) -> Any:  # type: ignore[valid-type]
        held = row_of(access.rights(request), noun, number)
        done = actions.change(held, actor=access.user_of(request), door=access.PAGE, **_values(noun, body))
        return _answer(request, done)

    def remove(request: HttpRequest, number: Id) -> Any:
        held = row_of(access.rights(request), noun, number)
        return json({"entry": actions.remove(held, actor=access.user_of(request), door=access.PAGE).pk})

    def move(request: HttpRequest, number: Id, body: Step) -> Any:
        held = row_of(access.rights(request), noun, number)
        return _answer(
            request, actions.move(held, actor=access.user_of(request), to=body.to, door=access.PAGE)
        )

    path, it = path_of(noun), with_article(noun.TERMS.word)
    one = f"{path}/{{number}}"
    doors: list[_Door] = [
        ("POST", path, add, f"Add {it}.", {201: written}),
        ("PATCH", one, alter, f"Change {it}; what is left out stays.", {200: written}),
        ("DELETE", one, remove, f"Remove {it} and what hangs on it.", {200: Removed}),
    ]
    if noun.TERMS.states:
        doors.append(("POST", f"{one}/moves", move, f"Move {it} on to another state.", {200: written}))
    return doors


def _at(noun: type[Record], node: int | None, *, deep: bool) -> Q:
    """The rows that hang on a node, also on what is below it if `deep`; all without a node."""
    home = noun.TERMS.home
    if node is None or not home:
        return Q()
    top = Node.objects.filter(pk=node).first() if deep else None
    return Q(**{home: node}) if top is None else all_below(top, home)


def _nodes(node: int | None, *, deep: bool) -> set[int] | None:
    """The node, and what is below it today if `deep`; None for any."""
    if node is None:
        return None
    top = Node.objects.filter(pk=node).first() if deep else None
    return (
        {node}
        if top is None
        else {node, *Node.objects.filter(all_below(top, "")).values_list("pk", flat=True)}
    )


def _hangs_on(row: Record, nodes: set[int] | None) -> bool:
    if nodes is None:
        return True
    home = _home_of(row)
    return home is not None and home.pk in nodes


def _answer(request: HttpRequest, done: "actions.Written[Any]", status: int = 200) -> HttpResponse:
    item = _told(access.rights(request), done.row)
    return json({"entry": None if done.entry is None else done.entry.pk, "item": item}, status)


for _noun in nouns():
    if _noun is not Product:  # the page's list of products is at the same address
        open_doors(router, _noun)
