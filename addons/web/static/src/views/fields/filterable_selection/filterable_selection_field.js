import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, option, propTypes } from "@web/views/fields/arch_props";
import { SELECTION_PROPS, SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

const ARCH_PROPS = {
    ...SELECTION_PROPS,
    blacklistedValues: option("blacklisted_values", Array),
    whitelistedFname: option("whitelist_fname", String),
    whitelistedValues: option("whitelisted_values", Array),
};

/** Closed list of which the view, or another field of the record, leaves some choices out. */
export class FilterableSelectionField extends SelectionField {
    static props = { ...SelectionField.props, ...propTypes(ARCH_PROPS) };

    /** The current value stays whatever is left out. */
    get options() {
        return super.options.filter(([key]) => key === this.value || this.isOffered(key));
    }

    isOffered(key) {
        const { blacklistedValues, record, whitelistedFname, whitelistedValues } = this.props;
        if (whitelistedFname) {
            return String(record.data[whitelistedFname] || "").includes(key);
        }
        return whitelistedValues ? whitelistedValues.includes(key) : !blacklistedValues?.includes(key);
    }
}

export const filterableSelectionField = {
    ...selectionField,
    component: FilterableSelectionField,
    displayName: _t("Filterable Selection"),
    supportedTypes: ["selection"],
    ...archProps(ARCH_PROPS),
    fieldDependencies: ({ options }) =>
        options.whitelist_fname ? [{ name: options.whitelist_fname, type: "char" }] : [],
};

registry.category("fields").add("filterable_selection", filterableSelectionField);
