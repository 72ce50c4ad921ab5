import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { BooleanField, booleanField } from "@web/views/fields/boolean/boolean_field";

/** Switch; saves at once where the record is not in edition. */
export class BooleanToggleField extends BooleanField {
    static template = "web.BooleanToggleField";
}

export const booleanToggleField = {
    ...booleanField,
    component: BooleanToggleField,
    displayName: _t("Toggle"),
    extractProps: ({ options }, dynamicInfo) => ({
        autosave: "autosave" in options ? Boolean(options.autosave) : true,
        readonly: dynamicInfo.readonly,
    }),
};

export class ListBooleanToggleField extends BooleanToggleField {
    static template = "web.BooleanToggleField";
}

export const listBooleanToggleField = { ...booleanToggleField, component: ListBooleanToggleField };

registry
    .category("fields")
    .add("boolean_toggle", booleanToggleField)
    .add("list.boolean_toggle", listBooleanToggleField);
