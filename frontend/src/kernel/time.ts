/** Instants are minutes since 1970 in local wall-clock time, so no time zone is ever crossed. */
export type Minutes = number;

export interface Span {
  start: Minutes;
  finish: Minutes;
}

export interface Civil {
  year: number;
  month: number;
  day: number;
  minute: number;
}

export const DAY = 1440;
export const WEEK = 7 * DAY;

const MS = 60_000;
// 1970-01-01 was a Thursday; Monday is 0.
const EPOCH_WEEKDAY = 3;

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Reads "2026-03-02T08:00" (or the date alone) without making a Date; NaN when it is neither. */
export function parseInstant(text: string): Minutes {
  const hasTime = text.length >= 16;
  const minute = hasTime ? digits(text, 11, 2) * 60 + digits(text, 14, 2) : 0;
  return civilMinutes(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2), minute);
}

export function civilMinutes(year: number, month: number, day: number, minute = 0): Minutes {
  return Date.UTC(year, month - 1, day) / MS + minute;
}

export function civil(at: Minutes): Civil {
  const date = new Date(at * MS);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    minute: minuteOfDay(at),
  };
}

/** The wire spelling, "2026-03-02T08:00". */
export function spellInstant(at: Minutes): string {
  return new Date(at * MS).toISOString().slice(0, 16);
}

export function startOfDay(at: Minutes): Minutes {
  return Math.floor(at / DAY) * DAY;
}

export function minuteOfDay(at: Minutes): number {
  return at - startOfDay(at);
}

/** Monday 0 … Sunday 6. */
export function weekday(at: Minutes): number {
  return (((Math.floor(at / DAY) + EPOCH_WEEKDAY) % 7) + 7) % 7;
}

const STYLES = {
  date: { day: "2-digit", month: "short", year: "numeric" },
  day: { weekday: "short", day: "numeric", month: "short" },
  full: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  dayAndTime: {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
  longDay: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  weekdayAndDay: { weekday: "short", day: "numeric" },
  dayOfMonth: { day: "numeric" },
  dayAndMonth: { day: "numeric", month: "short" },
  monthAndYear: { month: "long", year: "numeric" },
  shortMonthAndYear: { month: "short", year: "numeric" },
  month: { month: "long" },
  shortMonth: { month: "short" },
  narrowMonth: { month: "narrow" },
  year: { year: "numeric" },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DateStyle = keyof typeof STYLES;

const formats = new Map<DateStyle, Intl.DateTimeFormat>();
let locale: string | undefined;

/** Chooses the language of dates; without it, the browser's. */
export function setDateLocale(tag: string | undefined): void {
  locale = tag;
  formats.clear();
}

// Making an Intl format costs a thousand times more than using it.
function formatOf(style: DateStyle): Intl.DateTimeFormat {
  let format = formats.get(style);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone: "UTC" });
    formats.set(style, format);
  }
  return format;
}

export function formatInstant(at: Minutes, style: DateStyle): string {
  return formatOf(style).format(at * MS);
}
