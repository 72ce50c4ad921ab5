/** The clock of tests: it goes by itself, and can be moved. */

import { Settings } from "luxon";

const REPLACED = ["setTimeout", "clearTimeout", "requestAnimationFrame"];
/** The clock of the browser. */
const real = /** @type {any} */ ({
    ...Object.fromEntries(REPLACED.map((name) => [name, window[name].bind(window)])),
    Date,
    now: () => performance.now(),
});
/** When tests begin, and where. */
const START = [2019, 2, 11, 9, 30, 0, 0];
const ZONE = "Europe/Brussels";
/** Milliseconds of a frame. */
const FRAME = 16;
const ALL = 1_000;

const clock = { offset: 0, frozenAt: null, date: null, dateSetAt: 0, timers: new Map(), nextId: 1_000_000 };

/** Milliseconds on the clock of tests. */
function now() {
    return (clock.frozenAt ?? real.now()) + clock.offset;
}

function dateNow() {
    return Math.floor(clock.date + now() - clock.dateSetAt);
}

class MockDate extends real.Date {
    constructor(...args) {
        if (args.length) {
            super(...args);
        } else {
            super(dateNow());
        }
    }

    static now() {
        return dateNow();
    }
}

function schedule(kind, callback, delay, args) {
    const id = clock.nextId++;
    const wait = Math.max(0, Number(delay) || 0);
    const timer = { id, kind, callback, args, wait, due: now() + wait, handle: 0 };
    clock.timers.set(id, timer);
    start(timer);
    return id;
}

function start(timer) {
    if (clock.frozenAt !== null) {
        return;
    }
    if (timer.kind === "frame") {
        timer.handle = real.requestAnimationFrame(() => fire(timer));
    } else {
        timer.handle = real.setTimeout(() => fire(timer), Math.max(0, timer.due - now()));
    }
}

function fire(timer) {
    if (!clock.timers.has(timer.id)) {
        return;
    }
    real.clearTimeout(timer.handle);
    if (timer.kind === "interval") {
        timer.due = now() + Math.max(1, timer.wait);
        start(timer);
    } else {
        clock.timers.delete(timer.id);
    }
    if (timer.kind === "frame") {
        timer.callback(now());
    } else {
        timer.callback(...timer.args);
    }
}

function cancel(id) {
    const timer = clock.timers.get(id);
    if (timer) {
        real.clearTimeout(timer.handle);
        clock.timers.delete(id);
    }
}

const MOCKS = {
    setTimeout: (callback, delay, ...args) => schedule("timeout", callback, delay, args),
    clearTimeout: cancel,
    setInterval: (callback, delay, ...args) => schedule("interval", callback, delay, args),
    clearInterval: cancel,
    requestAnimationFrame: (callback) => schedule("frame", callback, FRAME, []),
    cancelAnimationFrame: cancel,
};

/**
 * Have the page use the clock of tests.
 *
 * @param {Object} browser the client's object of functions of the browser
 * @returns {() => void} gives the real one back, and stops what waits
 */
export function startClock(browser) {
    const originals = Object.fromEntries(Object.keys(MOCKS).map((name) => [name, [window[name], browser[name]]]));
    for (const [name, mock] of Object.entries(MOCKS)) {
        window[name] = browser[name] = mock;
    }
    window.Date = browser.Date = /** @type {any} */ (MockDate);
    Object.assign(clock, { offset: 0, frozenAt: null, date: new real.Date(...START).getTime(), dateSetAt: now() });
    Settings.now = dateNow;
    const zone = Settings.defaultZone;
    const locale = Settings.defaultLocale;
    Settings.defaultZone = ZONE;
    mockDate(isoOf(START));
    return () => {
        cancelAllTimers();
        for (const [name, [ofWindow, ofBrowser]] of Object.entries(originals)) {
            window[name] = ofWindow;
            browser[name] = ofBrowser;
        }
        window.Date = browser.Date = real.Date;
        Settings.now = () => real.Date.now();
        Settings.defaultZone = zone;
        Settings.defaultLocale = locale;
    };
}

const isoOf = ([year, month, ...rest]) => {
    const two = (number) => String(number).padStart(2, "0");
    const [day, hour, minute, second] = rest.map(two);
    return `${year}-${two(month + 1)}-${day} ${hour}:${minute}:${second}`;
};

/** Milliseconds of a time on the wall of a zone. */
function inZone(text, zone) {
    const luxon = globalThis.luxon.DateTime.fromSQL(text.replace("T", " "), { zone });
    return luxon.isValid ? luxon.toMillis() : new real.Date(text).getTime();
}

/**
 * Set the date.
 *
 * @param {string|{year?: number, month?: number, day?: number, hour?: number, minute?: number, second?: number}} [date]
 *  on the wall of the zone
 * @param {string|number|null} [zone] name, or hours from Greenwich
 */
export function mockDate(date, zone) {
    if (zone !== undefined && zone !== null) {
        mockTimeZone(zone);
    }
    const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = Object(date);
    const text = typeof date === "string" ? date : isoOf([year, month - 1, day, hour, minute, second]);
    clock.date = inZone(text, Settings.defaultZone);
    clock.dateSetAt = now();
}

/** @param {string|number} zone name, or hours from Greenwich */
export function mockTimeZone(zone) {
    const wall = globalThis.luxon.DateTime.now().toFormat("yyyy-MM-dd HH:mm:ss");
    Settings.defaultZone = typeof zone === "number" ? `UTC${zone >= 0 ? "+" : ""}${zone}` : zone;
    clock.date = inZone(wall, Settings.defaultZone);
    clock.dateSetAt = now();
}

/** @param {string} locale such as "fr-FR" */
export function mockLocale(locale) {
    Settings.defaultLocale = locale;
}

const settle = () => new Promise((resolve) => real.setTimeout(resolve));

/** Let what waits for the end of the task go on. */
export const tick = settle;
export const microTick = () => Promise.resolve();

const frame = () => new Promise((resolve) => real.requestAnimationFrame(() => real.setTimeout(resolve)));

/** Wait until the page drew what happened, and what is shown because of that, such as a menu. */
export async function animationFrame() {
    await frame();
    await frame();
}

/** Wait, on the clock of tests. @param {number} [duration] */
export const delay = (duration = 0) => new Promise((resolve) => real.setTimeout(resolve, duration));

/**
 * Move the clock: what waits meanwhile is called.
 *
 * @param {number} ms
 * @param {{blockTimers?: boolean}} [options]
 * @returns {Promise<number>} ms
 */
export async function advanceTime(ms, { blockTimers = false } = {}) {
    const target = now() + ms;
    for (;;) {
        const due = [...clock.timers.values()].filter((timer) => timer.due <= target && !blockTimers);
        const [next] = due.sort((a, b) => a.due - b.due || a.id - b.id);
        if (!next) {
            break;
        }
        clock.offset += Math.max(0, next.due - now());
        fire(next);
        await Promise.resolve();
    }
    clock.offset += Math.max(0, target - now());
    await animationFrame();
    return ms;
}

/** @param {number} count frames by which the clock is moved */
export async function advanceFrame(count = 1) {
    return advanceTime(FRAME * count);
}

/** Call all that waits. @returns {Promise<number>} milliseconds by which the clock was moved */
export async function runAllTimers() {
    const start = now();
    for (let round = 0; round < ALL; round++) {
        const waiting = [...clock.timers.values()].filter((timer) => timer.kind !== "interval");
        if (!waiting.length) {
            break;
        }
        await advanceTime(Math.max(0, ...waiting.map((timer) => timer.due - now())));
    }
    return Math.ceil(now() - start);
}

/** Forget all that waits. */
export function cancelAllTimers() {
    [...clock.timers.keys()].forEach(cancel);
}

/** Stop the clock: it goes by `advanceTime` only. */
export function freezeTime() {
    clock.frozenAt ??= real.now();
    clock.timers.forEach((timer) => real.clearTimeout(timer.handle));
}

/** Let the clock go again. */
export function unfreezeTime() {
    if (clock.frozenAt !== null) {
        clock.offset -= real.now() - clock.frozenAt;
        clock.frozenAt = null;
        clock.timers.forEach(start);
    }
}

/** Frames per second; the real ones are waited for. */
export function setFrameRate(rate) {
    if (!Number.isInteger(rate) || rate < 1) {
        throw new Error(`A rate of frames is a positive number, not ${rate}`);
    }
}
