/** Barcodes that stand for buttons of the page: those of forms and pagers, and all that have `barcode_trigger`. */

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { getVisibleElements } from "@web/core/utils/ui";

/** What barcodes of commands click on. */
const BUTTONS = {
    OCDEDIT: ".o_form_button_edit",
    OCDDISC: ".o_form_button_cancel",
    OCDSAVE: ".o_form_button_save",
    OCDPREV: ".o_pager_previous",
    OCDNEXT: ".o_pager_next",
};
const BUTTON_PREFIX = "OBT";

/** @returns {boolean} whether a barcode is meant for the page rather than for the document on it */
export function isCommand(barcode) {
    return barcode.startsWith(BUTTON_PREFIX) || barcode.startsWith("OCD");
}

/** Turn to the first or last record. */
function turnTo(root, isFirst) {
    const [limit] = getVisibleElements(root, ".o_pager_limit");
    const [value] = getVisibleElements(root, ".o_pager_value");
    if (!limit || !value) {
        return false;
    }
    value.click();
    // the input takes the place of the number with the next picture
    requestAnimationFrame(() =>
        requestAnimationFrame(() => {
            const input = /** @type {HTMLInputElement} */ (root.querySelector("input.o_pager_value"));
            if (input) {
                input.value = isFirst ? "1" : limit.textContent.replace(/\D/g, "");
                input.dispatchEvent(new Event("change", { bubbles: true }));
            }
        })
    );
    return true;
}

/**
 * Do what a barcode stands for.
 *
 * @param {any} root the active part of the page
 * @param {string} barcode
 * @returns {boolean} whether there was something to press
 */
export function runCommand(root, barcode) {
    if (barcode === "OCDPAGERFIRST" || barcode === "OCDPAGERLAST") {
        return turnTo(root, barcode === "OCDPAGERFIRST");
    }
    const name = barcode.slice(BUTTON_PREFIX.length);
    const isButton = barcode.startsWith(BUTTON_PREFIX);
    const selector = isButton ? `[barcode_trigger="${CSS.escape(name)}"]` : BUTTONS[barcode];
    const [button] = selector ? getVisibleElements(root, `${selector}:not(:disabled)`) : [];
    button?.click();
    return Boolean(button);
}

export const barcodeAutoClickService = {
    dependencies: ["ui", "barcode", "notification"],
    start(_env, { ui, barcode: { bus }, notification }) {
        bus.addEventListener("barcode_scanned", ({ detail: { barcode } }) => {
            if (isCommand(barcode) && !runCommand(ui.activeElement, barcode)) {
                notification.add(_t("Nothing on this page answers to the barcode %s.", barcode), { type: "warning" });
            }
        });
    },
};

registry.category("services").add("barcode_autoclick", barcodeAutoClickService);
