"""A schedule as a standalone page: the chart for those who look, a table for those who read."""

from collections.abc import Iterable, Iterator

from triptych.engine.schedule import Schedule
from triptych.plan import NO_INSTANT, Diagnostic, Severity, spell_instant
from triptych.plan.spelling import count, in_words

from .colours import FONT, palette
from .gantt import drawing, said, title_of
from .hours import Durations, durations
from .text import escaped

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
#: A longer critical path is told by its first and last tasks.
_TOLD, _FIRST, _LAST = 14, 6, 5

_RULES = """
body { margin: 0; padding: 24px 32px 48px; background: var(--surface); color: var(--text);
  font: 14px/1.5 %s; font-variant-numeric: tabular-nums; }
h1 { margin: 0; font-size: 22px; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 32px 0 8px; font-size: 15px; font-weight: 650; }
i { font-style: normal; color: var(--text-2); }
p { margin: 4px 0; max-width: 100ch; overflow-wrap: anywhere; }
.said, caption { color: var(--text-2); }
.wide { margin-top: 20px; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.wide:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
svg { display: block; }
table { border-collapse: collapse; width: 100%%; font-size: 13px; }
caption { text-align: start; padding: 8px 12px; }
th, td { padding: 5px 12px; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top;
  white-space: nowrap; }
thead th { background: var(--surface-2); color: var(--text-2); font-weight: 600; }
tbody th { font-weight: 400; white-space: normal; min-width: 26ch; overflow-wrap: anywhere; }
tr:last-child > * { border-bottom: 0; }
.number { text-align: end; }
.summary > * { font-weight: 650; }
.off th { text-decoration: line-through; }
.critical, .error b { color: var(--critical); font-weight: 650; }
.warning b { color: var(--warning); }
.findings { margin: 0; padding-inline-start: 20px; }
.findings code { color: var(--text-2); }
@page { size: landscape; margin: 12mm; }
@media print { body { padding: 0; } .wide { overflow: visible; border: 0; } svg { max-width: 100%%; height: auto; }
  thead { display: table-header-group; } tr { break-inside: avoid; } }
@media (max-width: 600px) { body { padding: 16px; } }
"""

RULES = _RULES % FONT


def gantt_html(result: Schedule, *, title: str | None = None, diagnostics: Iterable[Diagnostic] = ()) -> str:
    """The schedule as one HTML document without scripts and without anything to fetch.

    `diagnostics` are shown after the schedule's table, together with the schedule's own.
    """
    words = title_of(result.plan, title)
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escaped(words)}</title>",
        f"<style>{palette(':root')}{RULES}</style>\n</head>\n<body>\n<main>",
        f'<h1 dir="auto">{escaped(words)}</h1>\n<p class="said">{said(result)}</p>',
        *_sentences(result),
        '<div class="wide" role="region" aria-label="Gantt chart" tabindex="0">',
        drawing(result, words, standalone=False),
        "</div>",
        *_table(result),
        *_findings([*diagnostics, *result.diagnostics]),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _sentences(result: Schedule) -> Iterator[str]:
    if len(result.plan) == 0:
        yield "<p>Add a task, and the chart and the table begin here.</p>"
        return
    last = int(result.project_finish.argmax())
    yield f"<p>Finishes on <b>{in_words(int(result.project_finish[last]))}</b>.</p>"
    names = [result.plan.tasks.name[result.plan.index_of[uid]] for uid in result.critical_path(last)]
    if names:
        yield f"<p>{_critical_path(names)}</p>"


def _critical_path(names: list[str]) -> str:
    told = [f"<bdi>{escaped(each) or 'an unnamed task'}</bdi>" for each in names]
    if len(told) == 1:
        return f"The critical path is one task: {told[0]}."
    if len(told) > _TOLD:
        told[_FIRST:-_LAST] = [f"{len(told) - _FIRST - _LAST} more tasks"]
    chain = "<i>, then </i>".join(told)
    return f"The critical path runs through {count(len(names), 'task')}: {chain}."


_COLUMNS = ("WBS", "Task", "Duration", "Start", "Finish", "Total float", "Critical", "Complete")
_NUMBERS = frozenset({"Duration", "Total float", "Complete"})


def _table(result: Schedule) -> Iterator[str]:
    if len(result.plan) == 0:
        return
    yield '<h2 id="tasks">Tasks</h2>\n<div class="wide" role="region" aria-labelledby="tasks" tabindex="0">'
    yield "<table>\n<caption>Every task in outline order, with its computed dates</caption>\n<thead><tr>"
    for each in _COLUMNS:
        yield f'<th scope="col"{" class=number" if each in _NUMBERS else ""}>{each}</th>'
    yield "</tr></thead>\n<tbody>"
    yield from _lines(result, durations(result))
    yield "</tbody>\n</table>\n</div>"


def _lines(result: Schedule, spelled: Durations) -> Iterator[str]:
    plan = result.plan
    levels, numbers = plan.level.tolist(), outline_numbers(plan.level.tolist())
    for row, name in enumerate(plan.tasks.name):
        kind = ["summary"] * bool(plan.is_summary[row]) + ["off"] * (not plan.tasks.active[row])
        critical = '<td class="critical">Critical</td>' if result.critical[row] else "<td></td>"
        yield (
            f'<tr class="{" ".join(kind)}"><td>{escaped(plan.tasks.wbs[row] or numbers[row])}</td>'
            f'<th scope="row" style="padding-inline-start:{12 + 16 * min(levels[row], 8)}px">'
            f"<bdi>{escaped(name)}</bdi></th>"
            f'<td class="number">{spelled.duration[row]}</td>'
            f"<td>{_date(int(result.start[row]))}</td><td>{_date(int(result.finish[row]))}</td>"
            f'<td class="number">{spelled.total_float[row]}</td>{critical}'
            f'<td class="number">{plan.tasks.percent_complete[row]} %</td></tr>'
        )


def _date(at: int) -> str:
    if at == NO_INSTANT:
        return "—"
    return f'<time datetime="{spell_instant(at)}">{in_words(at)}</time>'


def outline_numbers(levels: list[int]) -> list[str]:
    """`1`, `1.1`, `1.2`, `2` …, for plans that do not number their tasks."""
    counters: list[int] = []
    numbers = []
    for level in levels:
        counters = [*counters[: level + 1], *[0] * (level + 1 - len(counters))]
        counters[level] += 1
        numbers.append(".".join(map(str, counters)))
    return numbers


def _findings(diagnostics: list[Diagnostic]) -> Iterator[str]:
    found: list[Diagnostic] = []
    for each in diagnostics:
        if each not in found:
            found.append(each)
    if not found:
        return
    yield f'<h2>{count(len(found), "finding")}</h2>\n<ul class="findings">'
    for each in sorted(found, key=lambda each: -each.severity):
        yield (
            f'<li class="{each.severity.word}"><b>{_WORDS[each.severity]}</b> '
            f"<bdi>{escaped(each.message)}</bdi> <code>{escaped(each.place)} {escaped(each.code)}</code></li>"
        )
    yield "</ul>"


_WORDS = {Severity.ERROR: "Error:", Severity.WARNING: "Warning:", Severity.NOTE: "Note:"}
