import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { uniqueId } from "@web/core/utils/functions";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** Choices as round buttons. */
export class RadioField extends SelectionField {
    static template = "web.RadioField";
    static props = {
        ...SelectionField.props,
        orientation: { type: String, optional: true },
        label: { type: String, optional: true },
    };
    static defaultProps = { ...SelectionField.defaultProps, orientation: "vertical" };

    setup() {
        super.setup();
        this.id = uniqueId("radio_field_");
    }

    get items() {
        return this.options;
    }

    choose(item) {
        const value = this.type === "many2one" ? item : item[0];
        this.props.record.update({ [this.props.name]: value });
    }
}

export const radioField = {
    ...selectionField,
    component: RadioField,
    displayName: _t("Radio"),
    extractProps: ({ options, string }, dynamicInfo) => ({
        orientation: options.horizontal ? "horizontal" : "vertical",
        label: string,
        domain: dynamicInfo.domain,
    }),
};

registry.category("fields").add("radio", radioField);
