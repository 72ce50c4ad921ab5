import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, option, propTypes } from "@web/views/fields/arch_props";
import { getField } from "@web/views/fields/field_value";
import { SelectionField, selectionField, SELECTION_PROPS } from "@web/views/fields/selection/selection_field";

const ARCH_PROPS = { ...SELECTION_PROPS, size: option("size", String, "md") };

/** Choices as badges to click; a click on the chosen one takes it back, where the field may be empty. */
export class BadgeSelectionField extends SelectionField {
    static template = "web.BadgeSelectionField";
    static props = { ...SelectionField.props, ...propTypes(ARCH_PROPS) };

    /** A definition that requires a value keeps the last one; a view alone does not. */
    choose(option) {
        if (option[0] !== this.value) {
            return super.choose(option);
        }
        return getField(this.props).required ? undefined : super.choose(undefined);
    }
}

export const badgeSelectionField = {
    ...selectionField,
    component: BadgeSelectionField,
    displayName: _t("Badges"),
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("selection_badge", badgeSelectionField);
