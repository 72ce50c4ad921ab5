import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Colour in hexadecimal notation. */
export class ColorField extends Component {
    static template = "web.ColorField";
    static props = { ...standardFieldProps };

    get color() {
        return this.props.record.data[this.props.name] || "";
    }
}

export const colorField = {
    component: ColorField,
    displayName: _t("Color"),
    supportedTypes: ["char"],
    extractProps: (info, dynamicInfo) => ({ readonly: dynamicInfo.readonly }),
};

registry.category("fields").add("color", colorField);
