/** @param {number} seconds @returns {string} minutes and seconds, as clocks show them */
export function timeOf(seconds) {
    const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
