import { Interval } from "luxon";

/**
 * Days from a start to an end, without what both have in common: "5 May 2024", "5-7 May 2024", "30 May - 2 June 2024".
 *
 * @param {import("luxon").DateTime} start
 * @param {import("luxon").DateTime} end
 * @returns {string} in the user's language
 */
export function getFormattedDateSpan(start, end) {
    /** @type {Intl.DateTimeFormatOptions} */
    const format = { day: "numeric", month: "long", year: "numeric" };
    if (start.hasSame(end, "day")) {
        return start.toLocaleString(format);
    }
    return Interval.fromDateTimes(start, end).toLocaleString(format);
}
