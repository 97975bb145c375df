// The office's time of day.

import { language } from "./dom.js";

export const ZONE = "Asia/Shanghai";
const locale = language === "zh" ? "zh-CN" : "en-GB";
const written = (options) => {
  const format = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
  return (moment) => format.format(new Date(moment));
};

export const hour = written({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const day = written({ year: "numeric", month: "long", day: "numeric", weekday: "short" });

/** The value of a datetime-local input as an instant, and back; the zone has no summer time. */
export const instantOf = (local) => new Date(`${local}:00+08:00`).toISOString();
export const localOf = (moment) => new Date(moment + 8 * 3600e3).toISOString().slice(0, 16);
