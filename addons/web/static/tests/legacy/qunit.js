/** The runner of suites that are written for QUnit: it is there before they are read. */

import "qunit";

// pages have it as a global, as these suites use it
export const { QUnit } = /** @type {any} */ (globalThis);

Object.assign(QUnit.config, {
    autostart: false,
    hidepassed: true,
    reorder: false,
    // milliseconds
    testTimeout: 60_000,
});

const kept = new Set();

/** Run one test alone, and leave what it shows. */
QUnit.debug = (name, callback) => {
    kept.add(name);
    QUnit.only(name, callback);
};

/** @param {string} name of a test @returns {boolean} whether what it shows is left */
export const isKept = (name) => kept.has(name);
