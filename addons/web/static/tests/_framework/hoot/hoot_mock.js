/** @odoo-module alias=@odoo/hoot-mock */

/** What tests put in the place of the clock and of what browsers reach. */

export {
    advanceFrame,
    advanceTime,
    animationFrame,
    cancelAllTimers,
    delay,
    freezeTime,
    microTick,
    mockDate,
    mockLocale,
    mockTimeZone,
    runAllTimers,
    setFrameRate,
    tick,
    unfreezeTime,
} from "./time";
export {
    enableTransitions,
    mockFetch,
    mockMatchMedia,
    mockPermission,
    mockSendBeacon,
    mockTouch,
    mockUserAgent,
    mockVibrate,
    mockWebSocket,
    mockWorker,
} from "./network";
export { Deferred } from "@web/core/utils/concurrency";
