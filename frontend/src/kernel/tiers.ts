import { clockX, timeAt, type Scale } from "./scale";
import { civil, civilMinutes, DAY, formatInstant, startOfDay, weekday } from "./time";
import type { DateStyle, Minutes } from "./time";

export type Unit =
  "hour" | "quarter-day" | "day" | "week" | "month" | "quarter" | "year" | "decade";

export interface Tier {
  unit: Unit;
  /** Kept free on both sides of a label. */
  padding: number;
  /** How a cell may be labelled, longest first: the first that fits is taken. */
  forms: readonly ((at: Minutes) => string)[];
}

export interface Cell {
  start: Minutes;
  x: number;
  width: number;
  label: string;
  /** The label stays in view while its cell does. */
  labelX: number;
}

const WIDE = 6;
const TIGHT = 3;
const HOURS: Partial<Record<Unit, number>> = { hour: 60, "quarter-day": 360, day: DAY };
const MONTHS: Partial<Record<Unit, number>> = { month: 1, quarter: 3, year: 12, decade: 120 };

export function floorTo(unit: Unit, at: Minutes): Minutes {
  if (unit === "week") return startOfDay(at) - weekday(at) * DAY;
  const minutes = HOURS[unit];
  if (minutes) return Math.floor(at / minutes) * minutes;
  return months(at, unit, 0);
}

/** The boundary after an instant that lies on one. */
export function nextOf(unit: Unit, at: Minutes): Minutes {
  if (unit === "week") return at + 7 * DAY;
  const minutes = HOURS[unit];
  return minutes ? at + minutes : months(at, unit, 1);
}

function months(at: Minutes, unit: Unit, ahead: number): Minutes {
  const step = MONTHS[unit] ?? 1;
  const { year, month } = civil(at);
  const aligned = Math.floor((year * 12 + month - 1) / step) * step + ahead * step;
  return civilMinutes(Math.floor(aligned / 12), (aligned % 12) + 1, 1);
}

const as = (style: DateStyle) => (at: Minutes) => formatInstant(at, style);
const quarter = (at: Minutes) => `Q${Math.ceil(civil(at).month / 3)}`;
const decade = (at: Minutes) => `${civil(at).year} – ${civil(at).year + 9}`;

const DECADES: Tier = { unit: "decade", padding: WIDE, forms: [decade, as("year")] };
const YEARS: Tier = { unit: "year", padding: WIDE, forms: [as("year")] };
const QUARTERS: Tier = { unit: "quarter", padding: TIGHT, forms: [quarter] };
const MONTHS_OF_YEAR: Tier = {
  unit: "month",
  padding: TIGHT,
  forms: [as("shortMonth"), as("narrowMonth")],
};
const FULL_MONTHS: Tier = {
  unit: "month",
  padding: WIDE,
  forms: [as("monthAndYear"), as("shortMonthAndYear"), as("shortMonth")],
};
const WEEKS: Tier = { unit: "week", padding: TIGHT, forms: [as("dayAndMonth"), as("dayOfMonth")] };
const DAYS: Tier = { unit: "day", padding: TIGHT, forms: [as("weekdayAndDay"), as("dayOfMonth")] };
const FULL_DAYS: Tier = {
  unit: "day",
  padding: WIDE,
  forms: [as("longDay"), as("full"), as("day")],
};
const QUARTER_DAYS: Tier = { unit: "quarter-day", padding: TIGHT, forms: [as("time")] };
const HOURS_OF_DAY: Tier = { unit: "hour", padding: TIGHT, forms: [as("time")] };

/** From which pixels per day on each pair of tiers is used, finest first. */
const PAIRS: readonly (readonly [from: number, upper: Tier, lower: Tier])[] = [
  [24 * 44, FULL_DAYS, HOURS_OF_DAY],
  [4 * 48, FULL_DAYS, QUARTER_DAYS],
  [19, FULL_MONTHS, DAYS],
  [4.4, FULL_MONTHS, WEEKS],
  [0.95, YEARS, MONTHS_OF_YEAR],
  [0.32, YEARS, QUARTERS],
  [0, DECADES, { ...YEARS, padding: TIGHT }],
];

export function tiersFor(pixelsPerDay: number): readonly [upper: Tier, lower: Tier] {
  const pair = PAIRS.find(([from]) => pixelsPerDay >= from) ?? PAIRS[PAIRS.length - 1]!;
  return [pair[1], pair[2]];
}

/**
 * The cells of a tier in view. A label is never wider than what is seen of its cell; cells that are seen whole
 * are all labelled in the same form.
 */
export function tierCells(
  tier: Tier,
  scale: Scale,
  width: number,
  measure: (text: string) => number,
): Cell[] {
  const cells: Cell[] = [];
  const end = timeAt(scale, width);
  for (let at = floorTo(tier.unit, timeAt(scale, 0)); at < end;) {
    const next = nextOf(tier.unit, at);
    const x = clockX(scale, at);
    const labelX = Math.max(0, x) + tier.padding;
    cells.push({ start: at, x, width: clockX(scale, next) - x, label: "", labelX });
    at = next;
  }
  label(tier, cells, width, measure);
  return cells;
}

function label(tier: Tier, cells: Cell[], width: number, measure: (text: string) => number): void {
  const fits = (cell: Cell, form: Tier["forms"][number]) =>
    measure(form(cell.start)) <= cell.x + cell.width - tier.padding - cell.labelX;
  const whole = cells.filter((cell) => cell.x >= 0 && cell.x + cell.width <= width);
  const common = tier.forms.findIndex((form) => whole.every((cell) => fits(cell, form)));
  const forms = tier.forms.slice(common < 0 ? tier.forms.length - 1 : common);
  for (const cell of cells) cell.label = forms.find((form) => fits(cell, form))?.(cell.start) ?? "";
}
