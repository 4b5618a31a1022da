/** How many minutes of work a project counts as a day and as a week. */
export interface WorkUnits {
  minutes_per_day: number;
  minutes_per_week: number;
}

export interface Duration {
  minutes: number;
  elapsed: boolean;
}

type Unit = "min" | "h" | "d" | "w" | "mo";

const SPELLINGS: Record<string, Unit> = {
  "": "d",
  m: "min",
  min: "min",
  mins: "min",
  minute: "min",
  minutes: "min",
  h: "h",
  hr: "h",
  hrs: "h",
  hour: "h",
  hours: "h",
  d: "d",
  day: "d",
  days: "d",
  w: "w",
  wk: "w",
  wks: "w",
  week: "w",
  weeks: "w",
  mo: "mo",
  month: "mo",
  months: "mo",
};

const ELAPSED: Record<Unit, number> = { min: 1, h: 60, d: 1440, w: 10080, mo: 43200 };
const WORKING_DAYS_A_MONTH = 20;

function minutesIn(unit: Unit, elapsed: boolean, units: WorkUnits): number {
  if (elapsed || unit === "min" || unit === "h") return ELAPSED[unit];
  if (unit === "w") return units.minutes_per_week;
  return units.minutes_per_day * (unit === "mo" ? WORKING_DAYS_A_MONTH : 1);
}

/** Reads "3d", "4h", "1.5w", "90min", and round the clock "2ed"; a number alone counts days. */
export function parseDuration(text: string, units: WorkUnits): Duration | null {
  const match = /^(\d+(?:[.,]\d+)?)\s*(e?)([a-z]*)\??$/.exec(text.trim().toLowerCase());
  const unit = match && SPELLINGS[match[3]!];
  if (!unit) return null;
  const elapsed = match[2] === "e";
  const amount = Number(match[1]!.replace(",", "."));
  return { minutes: Math.round(amount * minutesIn(unit, elapsed, units)), elapsed };
}

function round(amount: number): string {
  return String(Math.round(amount * 100) / 100);
}

/** Days where it is a day or more, else hours or minutes; rounded to hundredths, for reading. */
export function spellDuration(minutes: number, units: WorkUnits, elapsed = false): string {
  const sign = minutes < 0 ? "−" : "";
  const size = Math.abs(minutes);
  const day = elapsed ? ELAPSED.d : units.minutes_per_day;
  const mark = elapsed ? "e" : "";
  if (size === 0 || size >= day) return `${sign}${round(size / day)}${mark}d`;
  if (size >= 60) return `${sign}${round(size / 60)}${mark}h`;
  return `${sign}${size}${mark}min`;
}

/** The shortest spelling that reads back to the same minutes, for editing. */
export function exactDuration(minutes: number, units: WorkUnits, elapsed = false): string {
  const text = spellDuration(minutes, units, elapsed);
  const back = parseDuration(text, units);
  return back?.minutes === minutes ? text : `${minutes}${elapsed ? "e" : ""}min`;
}
