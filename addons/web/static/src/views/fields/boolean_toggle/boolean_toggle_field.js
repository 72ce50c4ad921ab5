import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, autosaving } from "@web/views/fields/arch_props";
import { BooleanField, booleanField } from "@web/views/fields/boolean/boolean_field";

/** Switch; saves at once where the record is not in edition. */
export class BooleanToggleField extends BooleanField {
    static template = "web.BooleanToggleField";
}

export const booleanToggleField = {
    ...booleanField,
    component: BooleanToggleField,
    displayName: _t("Toggle"),
    ...archProps(autosaving),
};

export class ListBooleanToggleField extends BooleanToggleField {
    static template = "web.BooleanToggleField";
}

export const listBooleanToggleField = { ...booleanToggleField, component: ListBooleanToggleField };

registry
    .category("fields")
    .add("boolean_toggle", booleanToggleField)
    .add("list.boolean_toggle", listBooleanToggleField);
