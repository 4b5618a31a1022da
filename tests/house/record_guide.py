"""The tables of docs/guide/record.md, made from the terms of the nouns and the roles themselves."""

import re
from pathlib import Path
from typing import Any

from tests.nouns import nouns
from triptych.api.nouns import path_of
from triptych.apps.people.records import Record
from triptych.apps.people.roles import MAY, WORDS, Role, Verb

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "record.md"


def noun_table() -> str:
    """Every noun and its terms."""
    rows = [
        "| noun | at | hangs on | seen by the right to | added by | changed by | states |",
        "|---|---|---|---|---|---|---|",
    ]
    rows += [_row(each) for each in nouns()]
    return "\n".join(rows)


def _row(noun: type[Record]) -> str:
    terms = noun.TERMS
    home = terms.home.split("__")[0].replace("_", " ") if terms.home else "the workspace"
    mine = "who added it" if terms.own in terms.signed else f"its {terms.own}"
    own = f", or {mine}" if terms.own else ""
    fields: dict[str, Any] = {each.name: each for each in noun._meta.get_fields()}
    choices = fields["state"].choices if "state" in fields else ()
    states = ", ".join(str(value).replace("_", " ") for value, _ in choices or ())
    return f"| {terms.word} | `{path_of(noun)}` | {home} | {_right(terms.see)} | {_right(terms.add)} | {_right(terms.to_change)}{own} | {states} |"


def role_table() -> str:
    """What each role may do."""
    head = "| may … | " + " | ".join(role.label.lower() for role in Role) + " |"
    rows = [head, "|---" * (len(Role) + 1) + "|"]
    for verb in Verb:
        marks = " | ".join("✓" if verb in MAY[role] else "" for role in Role)
        rows.append(f"| {WORDS[verb]} | {marks} |")
    return "\n".join(rows)


def _right(verb: Verb) -> str:
    return verb.value.replace("_", " ")


def filled(text: str) -> str:
    """The guide with its tables as they are now."""
    for name, table in (("nouns", noun_table()), ("roles", role_table())):
        text = re.sub(
            rf"<!-- {name} -->\n.*?<!-- end -->",
            lambda _, name=name, table=table: f"<!-- {name} -->\n\n{table}\n\n<!-- end -->",  # type: ignore[misc]
            text,
            flags=re.DOTALL,
        )
    return text
