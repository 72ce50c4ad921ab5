import { DateTime } from "luxon";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";

export const SERVER_DATE_FORMAT = "yyyy-MM-dd";
export const SERVER_TIME_FORMAT = "HH:mm:ss";
export const SERVER_DATETIME_FORMAT = `${SERVER_DATE_FORMAT} ${SERVER_TIME_FORMAT}`;
export const MIN_VALID_DATE = DateTime.fromObject({ year: 1000 });
export const MAX_VALID_DATE = DateTime.fromObject({ year: 9999 }).endOf("year");

/** Raised when a text is no date. */
export class ConversionError extends Error {
    name = "ConversionError";
}

/** Today without time. */
export function today() {
    return DateTime.local().startOf("day");
}

/** Milliseconds of a date, whatever its zone; what is no date stays. */
function momentOf(date) {
    return DateTime.isDateTime(date) ? date.toMillis() : date;
}

/** Whether two dates (or lists of dates) are the same moment, or both absent. */
export function areDatesEqual(first, second) {
    const [a, b] = [first, second].map((dates) => [].concat(dates).map(momentOf));
    return a.length === b.length && a.every((moment, index) => Object.is(moment, b[index]));
}

/** Whether it is a valid date between the extreme ones, or nothing. */
export function isInRange(value, range) {
    const [min, max] = range;
    return value && (!min || value >= min) && (!max || value <= max);
}

export function isValidDate(date) {
    return Boolean(date?.isValid) && date >= MIN_VALID_DATE && date <= MAX_VALID_DATE;
}

/** The server writes western digits, the user reads his own. */
function readSQL(text, options) {
    const { numberingSystem } = DateTime.local();
    return DateTime.fromSQL(text, { numberingSystem: "latn", ...options }).reconfigure({ numberingSystem });
}

/** Text from the server to a local date (start of the day). */
export function deserializeDate(value, options = {}) {
    return readSQL(value, { zone: "default", ...options });
}

/** Text from the server (UTC) to a moment in the user's zone. */
export function deserializeDateTime(value, options = {}) {
    return readSQL(value, { zone: "utc" }).setZone(options?.tz || "default");
}

/** Date to the server's text. */
export function serializeDate(value) {
    return value.reconfigure({ numberingSystem: "latn", locale: "en" }).toFormat(SERVER_DATE_FORMAT);
}

/** Moment to the server's text (UTC). */
export function serializeDateTime(value) {
    return value.setZone("utc").reconfigure({ numberingSystem: "latn", locale: "en" }).toFormat(SERVER_DATETIME_FORMAT);
}

/** Date in the user's format. */
export function formatDate(value, options = {}) {
    return value ? value.toFormat(options.format || dateFormat(options)) : "";
}

/** The user's format of dates; a condensed one has no zeros in front. @param {{condensed?: boolean}} options */
function dateFormat({ condensed }) {
    return condensed ? withoutZeros(localization.dateFormat) : localization.dateFormat;
}

function withoutZeros(format) {
    return format.replace(/(^|[^MdHh])(MM|dd|HH|hh)(?![MdHh])/g, (_match, before, unit) => before + unit[0]);
}

/** Moment in the user's format; options `condensed`, `showSeconds`, `showTime`, `showDate`, `tz`. */
export function formatDateTime(value, options = {}) {
    if (!value) {
        return "";
    }
    const moment = options.tz ? value.setZone(options.tz) : value;
    if (options.format) {
        return moment.toFormat(options.format);
    }
    const parts = [];
    if (options.showDate !== false) {
        parts.push(dateFormat(options));
    }
    if (options.showTime !== false) {
        const timeFormat = options.showSeconds === false ? localization.shortTimeFormat : localization.timeFormat;
        parts.push(options.condensed ? withoutZeros(timeFormat) : timeFormat);
    }
    return moment.toFormat(parts.join(" "));
}

/** Duration in words such as "2 hours". */
export function formatDuration(seconds, showFullDuration) {
    const style = showFullDuration ? "long" : "narrow";
    /** @type {[string, number][]} */
    const units = [
        ["days", 86400],
        ["hours", 3600],
        ["minutes", 60],
    ];
    const parts = [];
    let rest = Math.max(0, Math.floor(seconds));
    for (const [unit, size] of units) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count) {
            const format = new Intl.NumberFormat(undefined, {
                style: "unit",
                unit: unit.slice(0, -1),
                unitDisplay: style,
            });
            parts.push(format.format(count));
        }
    }
    return (showFullDuration ? parts : parts.slice(0, 1)).join(", ") || "0";
}

const SHIFT = /^([+-])\s*(\d+)\s*([dwmy]?)$/i;
const SHIFT_UNITS = { "": "days", d: "days", w: "weeks", m: "months", y: "years" };

function shifted(text) {
    const match = SHIFT.exec(text);
    if (!match) {
        return null;
    }
    const amount = Number(match[2]) * (match[1] === "-" ? -1 : 1);
    return DateTime.local().plus({ [SHIFT_UNITS[match[3].toLowerCase()]]: amount });
}

function candidateFormats(format, withTime) {
    const loose = localization.dateFormat.replace("yyyy", "yy");
    const noYear = localization.dateFormat.replace(/[^a-zA-Z]?y+[^a-zA-Z]?/, "");
    const dates = [localization.dateFormat, loose, noYear, "yyyy-MM-dd", "ddMMyyyy", "ddMM", "dd"];
    const times = withTime ? [localization.timeFormat, localization.shortTimeFormat, "HH:mm:ss", "HH:mm", "HH"] : [];
    const all = times.flatMap((time) => dates.map((date) => `${date} ${time}`));
    return [format, ...all, ...dates].filter(Boolean);
}

/** @returns {any} a valid moment, or false for an empty text */
function parse(text, options, withTime) {
    const value = (text || "").trim();
    if (!value) {
        return false;
    }
    const zone = options.tz || "default";
    const numbers = { zone, locale: options.locale };
    /** @type {any} */
    let result = shifted(value);
    for (const format of result ? [] : candidateFormats(options.format, withTime)) {
        const attempt = DateTime.fromFormat(value, format, numbers);
        if (attempt.isValid) {
            result = attempt;
            break;
        }
    }
    result ??= DateTime.fromISO(value, { zone });
    if (!isValidDate(result)) {
        throw new ConversionError(_t("'%s' is not a correct date or datetime", value).toString());
    }
    return result;
}

/** Text typed by a user to a date. @throws {ConversionError} */
export function parseDate(value, options = {}) {
    const parsed = parse(value, options, false);
    return parsed && parsed.startOf("day");
}

/** Text typed by a user to a moment. @throws {ConversionError} */
export function parseDateTime(value, options = {}) {
    return parse(value, options, true);
}

/** Monday-or-so of the week of a date, by the user's first weekday. */
export function getStartOfLocalWeek(date) {
    const { weekStart } = localization;
    const back = (date.weekday - weekStart + 7) % 7;
    return date.minus({ days: back }).startOf("day");
}

export function getEndOfLocalWeek(date) {
    return getStartOfLocalWeek(date).plus({ days: 6 }).endOf("day");
}

/** Number and year of the week shown for a date. */
export function getLocalYearAndWeek(date) {
    const start = getStartOfLocalWeek(date);
    const middle = start.plus({ days: 3 });
    return { year: middle.weekYear, week: middle.weekNumber, startDate: start };
}

export function getLocalWeekNumber(date) {
    return getLocalYearAndWeek(date).week;
}

/** A date held between two others. */
export function clampDate(desired, minDate, maxDate) {
    if (maxDate < desired) {
        return maxDate;
    }
    return minDate > desired ? minDate : desired;
}

/** Whether a format has hours from 0 to 23; by default that of the user's times. */
export function is24HourFormat(format = localization.timeFormat) {
    return /H/.test(format);
}

/** Whether a format says "am" and "pm"; by default that of the user's times. */
export function isMeridiemFormat(format = localization.timeFormat) {
    return /a/.test(format.replace(/'[^']*'/g, ""));
}

export { strftimeToLuxonFormat } from "@web/core/l10n/utils";
