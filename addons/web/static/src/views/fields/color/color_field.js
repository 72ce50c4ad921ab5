import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, dynamic } from "@web/views/fields/arch_props";
import { getValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Colour in hexadecimal notation. */
export class ColorField extends Component {
    static template = "web.ColorField";
    static props = { ...standardFieldProps };

    get color() {
        return getValue(this.props) || "";
    }
}

export const colorField = {
    component: ColorField,
    displayName: _t("Color"),
    supportedTypes: ["char"],
    ...archProps({ readonly: dynamic("readonly", Boolean) }),
};

registry.category("fields").add("color", colorField);
