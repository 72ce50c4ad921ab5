/** Hears what scanners type, and tells it to whoever listens to its bus: `barcode_scanned` with `{ barcode, target }`. */

import { EventBus } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

/** Letters that a barcode has at least: people type less than that so fast. */
const MIN_LENGTH = 3;
const DEFAULT_PAUSE = 150;
const ENDS = ["Enter", "Tab"];
/** Keys that scanners hold for characters which keyboards lack; their names are part of what is read. */
const HELD = ["Alt", "Control", "Shift"];

/** @returns {boolean} whether what is typed there is a text of the user */
function isEditable(el) {
    return el instanceof Element && (el.matches("input, textarea, select") || el["isContentEditable"]);
}

/** @returns {boolean} whether an editable element asks for barcodes all the same */
function wantsBarcodes(el) {
    return Boolean(el.dataset.enableBarcode) || el.getAttribute("barcode_events") === "true";
}

/** Puts the keys of a scanner together. */
class KeyReader {
    /** @param {EventBus} bus @param {number} pause milliseconds after which a barcode is complete */
    constructor(bus, pause) {
        this.bus = bus;
        this.pause = pause;
        this.reset();
    }

    reset() {
        browser.clearTimeout(this.timer);
        this.typed = "";
        this.target = null;
    }

    onKeydown(ev) {
        const { key, target } = ev;
        const isEnd = ENDS.includes(key);
        const isPart = key && (key.length === 1 || HELD.includes(key)) && !ev.metaKey;
        if ((!isEnd && !isPart) || (isEditable(target) && !wantsBarcodes(target))) {
            return;
        }
        if (target !== this.target) {
            this.reset();
            this.target = target;
        }
        browser.clearTimeout(this.timer);
        if (!isEnd) {
            this.typed += key;
            this.timer = browser.setTimeout(() => this.end(), this.pause);
        } else if (this.end()) {
            // it belongs to the barcode: nothing is pressed or left by it
            ev.preventDefault();
        }
    }

    /** Tell what was read. @returns {boolean} whether it was a barcode */
    end() {
        const { target } = this;
        const barcode = barcodeService.cleanBarcode(this.typed);
        this.reset();
        if (barcode.length < MIN_LENGTH) {
            return false;
        }
        if (isEditable(target) && target.getAttribute("barcode_events") === "true") {
            target.dispatchEvent(new CustomEvent("barcode_scanned", { bubbles: true, detail: { barcode, target } }));
        }
        this.bus.trigger("barcode_scanned", { barcode, target });
        return true;
    }
}

export const barcodeService = {
    /** Milliseconds between two keys of a barcode, at most. */
    maxTimeBetweenKeysInMs: session["max_time_between_keys_in_ms"] || DEFAULT_PAUSE,

    /**
     * Return a barcode without the names of the keys that were held for it.
     *
     * @param {string} barcode
     * @returns {string}
     */
    cleanBarcode(barcode) {
        return barcode.replace(/Alt|Shift|Control/g, "");
    },

    start() {
        const bus = new EventBus();
        const reader = new KeyReader(bus, this.maxTimeBetweenKeysInMs);
        browser.addEventListener("keydown", (ev) => reader.onKeydown(ev), { capture: true });
        return { bus };
    },
};

registry.category("services").add("barcode", barcodeService);
