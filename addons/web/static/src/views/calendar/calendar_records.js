/** Records as a calendar shows them, and what is written of what it shows. */
import { DateTime } from "luxon";
import { deserializeDate, deserializeDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { pick } from "@web/core/utils/objects";

/** Hours of a day that is chosen as a whole, where records know no whole days. */
const DAY_START = 7;
const DAY_END = 19;
/** Hours that something takes when nobody says. */
const USUAL_HOURS = 1;

function read(type, value) {
    return type === "date" ? deserializeDate(value) : deserializeDateTime(value);
}

/** Beginning and end of a record, and how they are kept. */
function spanOf({ fieldMapping, fields }, rawRecord) {
    const { date_start: startName, date_stop: stopName, date_delay: delayName } = fieldMapping;
    const startType = fields[startName].type;
    const isAllDay = startType === "date" || Boolean(fieldMapping.all_day && rawRecord[fieldMapping.all_day]) || false;
    const start = read(startType, rawRecord[startName]);
    const endType = stopName ? fields[stopName].type : startType;
    const delay = delayName ? rawRecord[delayName] : USUAL_HOURS;
    const end = stopName
        ? rawRecord[stopName]
            ? read(endType, rawRecord[stopName])
            : start
        : start.plus({ hours: delay || USUAL_HOURS });
    const duration = delayName ? rawRecord[delayName] : end.diff(start, "hours").hours;
    return { isAllDay, start, startType, end, endType, duration };
}

/** Day of a moment. What was written as a day only is midnight in UTC, which is another day in half of the world. */
function dayOf(moment, type) {
    const utc = moment.toUTC();
    const isDay = type === "datetime" && utc.hour === 0 && utc.minute === 0;
    return (isDay ? moment.set(pick(utc, "year", "month", "day")) : moment).startOf("day");
}

/** Days of what lasts whole days. @returns {any} */
function wholeDays({ start, end, ...span }, hasStop) {
    const first = dayOf(start, span.startType);
    // 24 hours are one day, not two
    const last = hasStop ? dayOf(end, span.endType) : first.plus(end.diff(start)).minus({ seconds: 1 }).startOf("day");
    return { ...span, start: first, end: DateTime.max(first, last) };
}

/**
 * A record as it is shown.
 *
 * @param {Object} meta of the model
 * @param {Object} rawRecord its values
 * @param {{isSmall?: boolean}} [options]
 * @returns {Object} `{id, title, isAllDay, start, end, startType, endType, duration, colorIndex, isHatched, isStriked,
 *   isTimeHidden, isMonth, isSmall, rawRecord}`: the end of what lasts whole days is its last day, `duration` is in hours
 */
export function normalizeRecord(meta, rawRecord, { isSmall = false } = {}) {
    const { fieldMapping, isTimeHidden, scale } = meta;
    const { color, create_name_field: nameField } = fieldMapping;
    const span = spanOf(meta, rawRecord);
    const colorValue = color && rawRecord[color];
    return {
        id: rawRecord.id,
        title: (nameField && rawRecord[nameField]) || rawRecord.display_name || "",
        ...(span.isAllDay ? wholeDays(span, Boolean(fieldMapping.date_stop)) : span),
        colorIndex: Array.isArray(colorValue) ? colorValue[0] : colorValue,
        isHatched: rawRecord.is_hatched || false,
        isStriked: rawRecord.is_striked || false,
        isTimeHidden: isTimeHidden || span.isAllDay,
        isMonth: scale === "month",
        isSmall,
        rawRecord,
    };
}

/** @returns {any[]} beginning and end of what was drawn or moved, in hours where only days were chosen and records know hours. */
function chosenSpan(meta, records, partialRecord, { moved }) {
    const { id, start, end: givenEnd, isAllDay } = partialRecord;
    const { fieldMapping, fields, scale } = meta;
    const isDate = fields[fieldMapping.date_start].type === "date";
    let end = givenEnd;
    if (end?.isValid !== true || end < start) {
        end = isAllDay ? start : start.plus({ hours: USUAL_HOURS });
    }
    if (isDate || (isAllDay && fieldMapping.all_day)) {
        return [start, end];
    }
    const known = id ? records[id] : null;
    if (known && moved && scale === "month") {
        // another day, the same time
        const time = { hour: known.start.hour, minute: known.start.minute };
        const begin = start.set(time);
        return [begin, begin.plus(known.end.diff(known.start))];
    }
    if (isAllDay) {
        return [start.set({ hour: DAY_START, minute: 0 }), end.set({ hour: DAY_END, minute: 0 })];
    }
    return [start, end];
}

/**
 * What is written of an event that was drawn, moved or changed.
 *
 * @param {Object} meta of the model
 * @param {Object} records those that are shown, by id
 * @param {any} partialRecord `{id, title, start, end, isAllDay}`, of which only `start` is needed
 * @param {{moved?: boolean}} [options] whether it is another day of the same event
 * @returns {Object} values by field
 */
export function buildRawRecord(meta, records, partialRecord, { moved = false } = {}) {
    const { fieldMapping, fields, scale } = meta;
    const { all_day: allDay, date_delay: delay, date_start: startName, date_stop: stopName } = fieldMapping;
    const [start, end] = chosenSpan(meta, records, partialRecord, { moved });
    const isAllDay = partialRecord.isAllDay ?? Boolean(records[partialRecord.id]?.isAllDay);
    const hasDays = isAllDay && Boolean(allDay);
    const write = (name, value) =>
        hasDays || fields[name].type === "date" ? serializeDate(value) : serializeDateTime(value);
    const values = {};
    if (partialRecord.title !== undefined) {
        values[fieldMapping.create_name_field || "name"] = partialRecord.title;
    }
    values[startName] = write(startName, start);
    if (stopName) {
        values[stopName] = write(stopName, end);
    }
    if (allDay) {
        values[allDay] = isAllDay;
    }
    if (delay && !(scale === "month" && partialRecord.id && moved)) {
        values[delay] = isAllDay ? end.diff(start, "days").days * 24 + 24 : end.diff(start, "hours").hours;
    }
    return values;
}
