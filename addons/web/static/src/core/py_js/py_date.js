import { DateTime, Duration } from "luxon";
import { parseArgs } from "@web/core/py_js/py_parser";
import { strftimeToLuxonFormat } from "@web/core/l10n/utils";
import { pick } from "@web/core/utils/objects";

/** Raised on a use of dates that Python would refuse. */
export class NotSupportedError extends Error {}

const pad = (value, size = 2) => String(value).padStart(size, "0");

/** Python's timedelta, kept as microseconds-free seconds and days. */
export class PyTimeDelta {
    constructor(days, seconds, microseconds = 0) {
        const carried = seconds + Math.floor(microseconds / 1e6);
        this.days = days + Math.floor(carried / 86400);
        this.seconds = ((carried % 86400) + 86400) % 86400;
        this.microseconds = ((microseconds % 1e6) + 1e6) % 1e6;
    }

    static create(...args) {
        const names = ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];
        const value = { ...Object.fromEntries(names.map((name) => [name, 0])), ...parseArgs(args, names) };
        const days = value.days + value.weeks * 7;
        const wholeDays = Math.floor(days);
        const seconds = (days - wholeDays) * 86400 + value.seconds + value.minutes * 60 + value.hours * 3600;
        const wholeSeconds = Math.floor(seconds);
        const micro = Math.round((seconds - wholeSeconds) * 1e6) + value.microseconds + value.milliseconds * 1000;
        return new PyTimeDelta(wholeDays, wholeSeconds, micro);
    }

    add(other) {
        const micro = this.microseconds + other.microseconds;
        return new PyTimeDelta(this.days + other.days, this.seconds + other.seconds, micro);
    }

    negate() {
        return new PyTimeDelta(-this.days, -this.seconds, -this.microseconds);
    }

    subtract(other) {
        return this.add(other.negate());
    }

    multiply(factor) {
        return PyTimeDelta.create({ isKwargs: true, days: this.days * factor, seconds: this.seconds * factor });
    }

    divide(divisor) {
        return this.multiply(1 / divisor);
    }

    isEqual(other) {
        return other instanceof PyTimeDelta && this.total_seconds() === other.total_seconds();
    }

    isTrue() {
        return this.total_seconds() !== 0;
    }

    total_seconds() {
        return this.days * 86400 + this.seconds + this.microseconds / 1e6;
    }

    toDuration() {
        return { days: this.days, seconds: this.seconds };
    }
}

const RELATIVE_PLURAL = ["years", "months", "weeks", "days", "hours", "minutes", "seconds"];
const RELATIVE_SINGULAR = ["year", "month", "day", "hour", "minute", "second"];

/** dateutil's relativedelta. */
export class PyRelativeDelta {
    constructor(shift, absolute = {}, weekday = null) {
        this.shift = shift;
        this.absolute = absolute;
        this.weekday = weekday;
    }

    static create(...args) {
        const params = parseArgs(args, RELATIVE_PLURAL);
        const shift = {};
        const absolute = {};
        for (const [key, value] of Object.entries(params)) {
            if (RELATIVE_PLURAL.includes(key)) {
                shift[key] = value;
            } else if (RELATIVE_SINGULAR.includes(key)) {
                absolute[key] = value;
            }
        }
        return new PyRelativeDelta(shift, absolute, params.weekday ?? null);
    }

    negate() {
        const shift = Object.fromEntries(Object.entries(this.shift).map(([key, value]) => [key, -value]));
        return new PyRelativeDelta(shift, this.absolute, this.weekday);
    }

    add(other) {
        const shift = { ...this.shift };
        for (const [key, value] of Object.entries(other.shift)) {
            shift[key] = (shift[key] || 0) + value;
        }
        return new PyRelativeDelta(shift, { ...this.absolute, ...other.absolute }, other.weekday ?? this.weekday);
    }

    applyTo(moment) {
        const result = moment.set(this.absolute).plus(this.shift);
        if (this.weekday === null) {
            return result;
        }
        return result.plus({ days: (this.weekday - (result.weekday - 1) + 7) % 7 });
    }
}

class PyMoment {
    /** Names of the arguments, in their order. */
    static parts = ["year", "month", "day"];

    constructor(moment) {
        this.moment = moment;
    }

    static create(...args) {
        const parts = pick(parseArgs(args, this.parts), ...this.parts);
        return new this(DateTime.fromObject(parts, { zone: "utc" }));
    }

    /** @param {DateTime} moment @returns {any} another one of the same kind */
    with(moment) {
        return new /** @type {any} */ (this.constructor)(moment);
    }

    get year() {
        return this.moment.year;
    }

    get month() {
        return this.moment.month;
    }

    get day() {
        return this.moment.day;
    }

    plus(delta) {
        if (delta instanceof PyRelativeDelta) {
            return this.with(delta.applyTo(this.moment));
        }
        if (delta instanceof PyTimeDelta) {
            return this.with(this.moment.plus(delta.toDuration()));
        }
        throw new NotSupportedError("Only a duration can be added to a date");
    }

    add(delta) {
        return this.plus(delta);
    }

    subtract(other) {
        if (other instanceof PyMoment) {
            const { days, seconds } = this.moment.diff(other.moment, ["days", "seconds"]).toObject();
            return new PyTimeDelta(Math.trunc(days), Math.round(seconds + (days % 1) * 86400));
        }
        return this.plus(other.negate());
    }

    isEqual(other) {
        return other instanceof PyMoment && this.toString() === other.toString();
    }

    strftime(format) {
        return this.moment.toFormat(strftimeToLuxonFormat(format), { locale: "en", numberingSystem: "latn" });
    }

    weekday() {
        return this.moment.weekday - 1;
    }

    isoweekday() {
        return this.moment.weekday;
    }

    toordinal() {
        return Math.round(this.moment.startOf("day").diff(DateTime.utc(1, 1, 1), "days").days) + 1;
    }

    replace(...args) {
        const { parts } = PyDateTime;
        return this.with(this.moment.set(pick(parseArgs(args, parts), ...parts)));
    }

    isoformat() {
        return this.toString().replace(" ", "T");
    }
}

/** Python's date; moments are kept in UTC so that arithmetic meets no clock change. */
export class PyDate extends PyMoment {
    static today() {
        const now = DateTime.local();
        return new PyDate(DateTime.utc(now.year, now.month, now.day));
    }

    static convertDate(date) {
        return new PyDate(DateTime.utc(date.getFullYear(), date.getMonth() + 1, date.getDate()));
    }

    with(moment) {
        return new PyDate(moment.startOf("day"));
    }

    toString() {
        return `${pad(this.year, 4)}-${pad(this.month)}-${pad(this.day)}`;
    }

    toJSON() {
        return this.toString();
    }
}

/** Python's datetime. */
export class PyDateTime extends PyMoment {
    static parts = [...PyMoment.parts, "hour", "minute", "second"];

    static now() {
        const now = DateTime.local();
        return new PyDateTime(now.setZone("utc", { keepLocalTime: true }));
    }

    static utcnow() {
        return new PyDateTime(DateTime.utc());
    }

    static convertDate(date) {
        return new PyDateTime(DateTime.fromJSDate(date).setZone("utc", { keepLocalTime: true }));
    }

    static combine(...args) {
        const { date, time } = parseArgs(args, ["date", "time"]);
        const { hour = 0, minute = 0, second = 0 } = time;
        return new PyDateTime(DateTime.utc(date.year, date.month, date.day, hour, minute, second));
    }

    static strptime(text, format) {
        return new PyDateTime(DateTime.fromFormat(text, strftimeToLuxonFormat(format), { zone: "utc" }));
    }

    get hour() {
        return this.moment.hour;
    }

    get minute() {
        return this.moment.minute;
    }

    get second() {
        return this.moment.second;
    }

    date() {
        return PyDate.create(this.year, this.month, this.day);
    }

    to_utc() {
        return new PyDateTime(this.moment.setZone("default", { keepLocalTime: true }).setZone("utc"));
    }

    toString() {
        const time = `${pad(this.hour)}:${pad(this.minute)}:${pad(this.second)}`;
        return `${pad(this.year, 4)}-${pad(this.month)}-${pad(this.day)} ${time}`;
    }

    toJSON() {
        return this.toString();
    }
}

/** Python's time. */
export class PyTime {
    constructor(hour = 0, minute = 0, second = 0) {
        this.hour = hour;
        this.minute = minute;
        this.second = second;
    }

    static create(...args) {
        const { hour = 0, minute = 0, second = 0 } = parseArgs(args, ["hour", "minute", "second"]);
        return new PyTime(hour, minute, second);
    }

    strftime(format) {
        const moment = DateTime.fromObject({ hour: this.hour, minute: this.minute, second: this.second });
        return moment.toFormat(strftimeToLuxonFormat(format), { locale: "en" });
    }

    toString() {
        return [this.hour, this.minute, this.second].map((part) => pad(part)).join(":");
    }
}

export { Duration };

/** Raised when something that has to be true is not. */
export class AssertionError extends Error {}

/** Raised on a value that is out of range. */
export class ValueError extends Error {}
