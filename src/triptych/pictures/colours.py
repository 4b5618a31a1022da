"""The colours of pictures, light and dark, as CSS custom properties.

They are the pages', but for paler bars and links: progress and the driving links must stand out on paper.
"""

FONT = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Ubuntu, '
    '"Helvetica Neue", sans-serif'
)

LIGHT = {
    "surface": "#ffffff",
    "surface-2": "#f6f7f9",
    "line": "#e5e7ec",
    "line-strong": "#8c93a1",
    "text": "#1b1d22",
    "text-2": "#59606d",
    "accent": "#3a57d0",
    "weekend": "#f2f3f6",
    "bar": "#8ea2ee",
    "bar-progress": "#3450c4",
    "critical": "#b92d2b",
    "critical-bar": "#ee9c96",
    "critical-progress": "#b92d2b",
    "summary": "#2c3039",
    "milestone": "#2c3039",
    "float": "#8c93a1",
    "link": "#c6cad3",
    "link-strong": "#59606d",
    "warning": "#8a5700",
}

DARK = {
    "surface": "#101114",
    "surface-2": "#16171b",
    "line": "#26282e",
    "line-strong": "#6c717d",
    "text": "#e8e9ec",
    "text-2": "#9ba0ac",
    "accent": "#93a7ff",
    "weekend": "#17181d",
    "bar": "#3d4f9c",
    "bar-progress": "#7b92ff",
    "critical": "#ff8078",
    "critical-bar": "#80403e",
    "critical-progress": "#ff8078",
    "summary": "#c9ccd4",
    "milestone": "#e8e9ec",
    "float": "#6c717d",
    "link": "#3a3e48",
    "link-strong": "#9ba0ac",
    "warning": "#e2ab42",
}


def palette(selector: str) -> str:
    """The custom properties on `selector`, in both schemes."""
    dark = f"@media (prefers-color-scheme: dark) {{ {selector} {{ {_declared(DARK)} }} }}"
    return f"{selector} {{ color-scheme: light dark; {_declared(LIGHT)} }}\n{dark}"


def _declared(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


#: Text in the chart has a halo of the surface, so that links may pass behind it.
_RULES = """
.gantt .names { overflow: hidden; }
.gantt { font-family: %s; font-variant-numeric: tabular-nums; }
.gantt text { fill: var(--text); white-space: pre; }
.gantt .ground { fill: var(--surface); }
.gantt .band { fill: var(--surface-2); }
.gantt .idle { fill: var(--weekend); }
.gantt .grid { fill: none; stroke: var(--line); shape-rendering: crispEdges; }
.gantt .tick { fill: none; stroke: var(--line-strong); opacity: 0.5; shape-rendering: crispEdges; }
.gantt .heading { font-size: 16px; font-weight: 650; }
.gantt .quiet, .gantt .lower { fill: var(--text-2); }
.gantt .upper { font-weight: 600; }
.gantt .names .summary { font-weight: 650; }
.gantt .names .off { fill: var(--text-2); text-decoration: line-through; }
.gantt .names .mark { fill: var(--critical); }
.gantt .note { fill: var(--text-2); paint-order: stroke; stroke: var(--surface); stroke-width: 6px;
  stroke-linejoin: round; }
.gantt .bar { fill: var(--bar); }
.gantt .done { fill: var(--bar-progress); }
.gantt .critical .bar { fill: var(--critical-bar); stroke: var(--critical); stroke-width: 1.5px; }
.gantt .critical .done { fill: var(--critical-progress); }
.gantt .pause { fill: none; stroke: var(--line-strong); stroke-width: 1.5px; stroke-dasharray: 1.5 3; }
.gantt .critical .pause { stroke: var(--critical); }
.gantt .off .bar { fill: none; stroke: var(--line-strong); stroke-dasharray: 3 2; }
.gantt .off .done { fill: var(--line-strong); }
.gantt .bracket { fill: var(--summary); }
.gantt .diamond { fill: var(--milestone); }
.gantt .critical .diamond { fill: var(--critical); stroke: var(--surface); stroke-width: 1px; }
.gantt .ring { fill: none; stroke: var(--critical); stroke-width: 1.25px; }
.gantt .float { fill: none; stroke: var(--float); stroke-width: 1.25px; }
.gantt .link { fill: none; stroke: var(--link); shape-rendering: crispEdges; }
.gantt .arrow { fill: var(--link); }
.gantt .driving .link { stroke: var(--link-strong); }
.gantt .driving .arrow { fill: var(--link-strong); }
.gantt .longest .link { stroke: var(--critical); stroke-width: 1.5px; shape-rendering: auto; }
.gantt .longest .arrow { fill: var(--critical); }
.gantt .deadline { fill: var(--surface); stroke: var(--warning); stroke-width: 1.5px; }
.gantt .missed { fill: var(--warning); }
.gantt .status { stroke: var(--accent); stroke-width: 1.5px; stroke-dasharray: 5 3; }
.gantt .status-date { fill: var(--accent); font-weight: 600; }
"""

RULES = _RULES % FONT
