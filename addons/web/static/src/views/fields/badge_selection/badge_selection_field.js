import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** Choices as badges to click. */
export class BadgeSelectionField extends SelectionField {
    static template = "web.BadgeSelectionField";
    static props = { ...SelectionField.props, size: { optional: true } };

    choose(item) {
        const isSame = item[0] === this.value;
        const value = isSame && !this.isRequired ? false : this.type === "many2one" ? item : item[0];
        this.props.record.update({ [this.props.name]: value }, { save: this.props.autosave });
    }
}

export const badgeSelectionField = {
    ...selectionField,
    component: BadgeSelectionField,
    displayName: _t("Badges"),
    extractProps: (info, dynamicInfo) => ({
        ...selectionField.extractProps(info, dynamicInfo),
        size: info.options.size || "normal",
    }),
};

registry.category("fields").add("selection_badge", badgeSelectionField);
