import { parseDuration } from "./duration";
import { civil, civilMinutes, DAY, minuteOfDay, startOfDay, weekday, type Minutes } from "./time";

export interface DateEntry {
  at: Minutes;
  /** False where only a day was typed: the calendar then says when its work begins. */
  timed: boolean;
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const NAMED: Record<string, number> = { today: 0, tomorrow: 1, yesterday: -1 };
const CALENDAR_UNITS = { minutes_per_day: DAY, minutes_per_week: 7 * DAY };

/**
 * Reads a date as people type it: "2026-03-02", "2 mar", "fri" (the next one), "today", "+2d" (calendar days
 * from `base`), each but the last with an optional time ("fri 13:00").
 */
export function parseDateEntry(text: string, today: Minutes, base: Minutes): DateEntry | null {
  const words = text
    .trim()
    .toLowerCase()
    .replace("t", (t, i: number) => (i === 10 ? " " : t));
  const moved = relative(words, base);
  if (moved !== null) return { at: moved, timed: true };
  const [, day = "", time] = /^(.*?)(?:\s+(\d{1,2}:\d{2}))?$/.exec(words) ?? [];
  const midnight = dayOf(day, startOfDay(today));
  const minute = time === undefined ? 0 : clock(time);
  if (midnight === null || minute === null) return null;
  return { at: midnight + minute, timed: time !== undefined };
}

function relative(text: string, base: Minutes): Minutes | null {
  const sign = text[0] === "+" ? 1 : text[0] === "-" || text[0] === "−" ? -1 : 0;
  const step = sign ? parseDuration(text.slice(1).trim(), CALENDAR_UNITS) : null;
  return step && base + sign * step.minutes;
}

function clock(text: string): number | null {
  const [hours = NaN, minutes = NaN] = text.split(":").map(Number);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

function dayOf(text: string, today: Minutes): Minutes | null {
  const offset = NAMED[text];
  if (offset !== undefined) return today + offset * DAY;
  return numeric(text) ?? nextWeekday(text, today) ?? monthDay(text, today);
}

function numeric(text: string): Minutes | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  return iso && real(Number(iso[1]), Number(iso[2]), Number(iso[3]));
}

function nextWeekday(text: string, today: Minutes): Minutes | null {
  const wanted = text.length >= 3 ? DAYS.indexOf(text.slice(0, 3)) : -1;
  if (wanted < 0 || !/^[a-z]+$/.test(text)) return null;
  return today + ((wanted - weekday(today) + 7) % 7) * DAY;
}

function monthDay(text: string, today: Minutes): Minutes | null {
  const day = /\b(\d{1,2})\b(?!\d)/.exec(text);
  const name = /[a-z]{3,}/.exec(text);
  const month = name ? MONTHS.indexOf(name[0].slice(0, 3)) + 1 : 0;
  if (!day || !month) return null;
  const year = /\b\d{4}\b/.exec(text);
  return real(year ? Number(year[0]) : civil(today).year, month, Number(day[1]));
}

/** Refuses 30 February, which the calendar arithmetic would carry over into March. */
function real(year: number, month: number, day: number): Minutes | null {
  const at = civilMinutes(year, month, day);
  const back = civil(at);
  return back.month === month && back.day === day ? at : null;
}

/** How a date is offered for editing: with its time only where that is not when work begins. */
export function spellDateEntry(at: Minutes, opening: Minutes): string {
  const { year, month, day } = civil(at);
  const pad = (value: number) => String(value).padStart(2, "0");
  const date = `${year}-${pad(month)}-${pad(day)}`;
  if (at === opening) return date;
  const minute = minuteOfDay(at);
  return `${date} ${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}
