import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { uniqueId } from "@web/core/utils/functions";
import { archProps, domain, prop, propTypes, string } from "@web/views/fields/arch_props";
import { useRelatedRecords } from "@web/views/fields/special_data";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

const ARCH_PROPS = {
    domain,
    label: string,
    orientation: prop(String, ({ options }) => (options.horizontal ? "horizontal" : "vertical"), "horizontal"),
};

/** Choices as round buttons. */
export class RadioField extends SelectionField {
    static template = "web.RadioField";
    static props = { ...SelectionField.props, ...propTypes(ARCH_PROPS) };
    static defaultProps = { ...SelectionField.defaultProps, orientation: "vertical" };

    setup() {
        super.setup();
        this.id = uniqueId("radio_field_");
    }

    useChoices() {
        return useRelatedRecords();
    }

    get items() {
        return this.options;
    }
}

export const radioField = {
    ...selectionField,
    component: RadioField,
    displayName: _t("Radio"),
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("radio", radioField);
