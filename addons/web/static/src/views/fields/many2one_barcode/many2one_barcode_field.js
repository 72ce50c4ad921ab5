import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Many2OneField, many2OneField } from "@web/views/fields/many2one/many2one_field";

/** Link to a record that may be found by its barcode. */
export class Many2OneBarcodeField extends Many2OneField {}

export const many2OneBarcodeField = {
    ...many2OneField,
    component: Many2OneBarcodeField,
    displayName: _t("Many2OneBarcode"),
    extractProps(info, dynamicInfo) {
        return { ...many2OneField.extractProps(info, dynamicInfo), canScanBarcode: true };
    },
};

registry.category("fields").add("many2one_barcode", many2OneBarcodeField);
