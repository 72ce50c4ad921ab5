/** Number in a form with barcodes: what a scanner types while it has the focus is no number. */

import { useEffect, useRef } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";

export class FloatScannableField extends FloatField {
    setup() {
        super.setup();
        const input = useRef("numpadDecimal");
        useEffect(
            (el) => {
                if (!el) {
                    return undefined;
                }
                el.dataset.enableBarcode = "true";
                el.setAttribute("barcode_events", "true");
                const takeBack = () => this.onBarcodeScanned(el);
                el.addEventListener("barcode_scanned", takeBack);
                return () => el.removeEventListener("barcode_scanned", takeBack);
            },
            () => [input.el]
        );
    }

    /** Show the number as it was before. */
    onBarcodeScanned(el) {
        el.value = this.formattedValue;
        el.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
}

export const floatScannableField = { ...floatField, component: FloatScannableField };

registry.category("fields").add("field_float_scannable", floatScannableField);
