/**
 * Wall-clock times as the reader's locale writes them. They have no zone, so they are read and
 * written as UTC: a reader's own daylight saving must not move a plan's eight o'clock.
 */
const ZONE = { timeZone: "UTC" } as const;
const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", ...ZONE });
const long = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  ...ZONE,
});
const dated = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  year: "numeric",
  ...ZONE,
});
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

function instant(local: string): Date {
  return new Date(`${local.length === 10 ? `${local}T00:00` : local.slice(0, 16)}Z`);
}

type Local = string | null;

const NONE = "—";

/** 4 Mar */
export const day = (local: Local): string => (local ? short.format(instant(local)) : NONE);

/** 4 Mar 2026 */
export const date = (local: Local): string => (local ? dated.format(instant(local)) : NONE);

/** Wed, 4 Mar 2026 */
export const fullDate = (local: Local): string => (local ? long.format(instant(local)) : NONE);

/** An instant with its zone, as of the log, in the reader's own time. */
export const at = (iso: string): string => moment.format(new Date(iso));

export function days(first: string, last: string): string {
  return first.slice(0, 10) === last.slice(0, 10)
    ? date(first)
    : dated.formatRange(instant(first), instant(last));
}
