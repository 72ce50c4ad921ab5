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

/** Switch in a list: a click outside of the line in edition is one on the line. */
export class ListBooleanToggleField extends BooleanToggleField {
    static template = "web.ListBooleanToggleField";

    get isEditable() {
        return !this.props.readonly && this.props.record.isInEdition;
    }
}

export const listBooleanToggleField = { ...booleanToggleField, component: ListBooleanToggleField };

registry
    .category("fields")
    .add("boolean_toggle", booleanToggleField)
    .add("list.boolean_toggle", listBooleanToggleField);
