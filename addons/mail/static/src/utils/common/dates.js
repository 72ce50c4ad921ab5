import { deserializeDate } from "@web/core/l10n/dates";

const { DateTime } = luxon;

/** @param {string} date of the server @returns {number} days until then; negative after it */
export function computeDelay(date) {
    if (!date) {
        return 0;
    }
    const today = DateTime.now().startOf("day");
    return Math.round(deserializeDate(date).startOf("day").diff(today, "days").days);
}

/** @returns {number} milliseconds until the day is over */
export function getMsToTomorrow() {
    const now = DateTime.now();
    return now.plus({ days: 1 }).startOf("day").diff(now, "milliseconds").milliseconds;
}

/** @param {luxon.DateTime} [datetime] */
export function isToday(datetime) {
    return Boolean(datetime?.hasSame(DateTime.now(), "day"));
}
