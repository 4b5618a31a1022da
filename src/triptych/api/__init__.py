"""REST under /api/v1: the pages' own and only door. Each file is a noun; each door parses, calls, renders."""

from ninja import NinjaAPI

from . import (
    attachments,
    history,
    imports,
    nouns,
    people,
    problems,
    products,
    projects,
    scenarios,
    session,
    tasks,
    tree,
)
from .access import SignedIn
from .reading import StrictParser

api = NinjaAPI(
    title="Triptych",
    version="1",
    description="Everything the pages do, they do through this.",
    auth=SignedIn(),
    parser=StrictParser(),
    docs_url=None,
    urls_namespace="api",
)
problems.install(api)
for noun in (
    session,
    tree,
    projects,
    tasks,
    history,
    imports,
    people,
    products,
    scenarios,
    attachments,
    nouns,
):
    api.add_router("", noun.router)
