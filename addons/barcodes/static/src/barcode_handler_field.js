/** Gives what is scanned to the record: for the field `_barcode_scanned` of `barcodes.barcode_events_mixin`. */

import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { isCommand } from "./barcode_handlers";

export class BarcodeHandlerField extends Component {
    static template = xml`<span class="o_barcode_handler d-none"/>`;
    static props = { ...standardFieldProps };

    setup() {
        const barcode = useService("barcode");
        useBus(barcode.bus, "barcode_scanned", this.onBarcodeScanned);
    }

    /** @param {CustomEvent<{barcode: string}>} ev */
    async onBarcodeScanned({ detail: { barcode } }) {
        const { name, record } = this.props;
        if (!isCommand(barcode)) {
            await record.update({ [name]: barcode });
        }
    }
}

export const barcodeHandlerField = {
    component: BarcodeHandlerField,
    displayName: _t("Barcode handler"),
    supportedTypes: ["char"],
};

registry.category("fields").add("barcode_handler", barcodeHandlerField);
