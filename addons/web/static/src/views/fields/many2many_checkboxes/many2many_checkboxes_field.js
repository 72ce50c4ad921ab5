import { Component } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, domain, propTypes } from "@web/views/fields/arch_props";
import { getValue, neverEmpty } from "@web/views/fields/field_value";
import { useRelatedChoices } from "@web/views/fields/special_data";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { domain };

/** Linked records as tick boxes. */
export class Many2ManyCheckboxesField extends Component {
    static template = "web.Many2ManyCheckboxesField";
    static components = { CheckBox };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        this.specialData = useRelatedChoices();
    }

    get items() {
        return this.specialData.data;
    }

    isSelected([id]) {
        return getValue(this.props).currentIds.includes(id);
    }

    onChange(id, checked) {
        return getValue(this.props).addAndRemove({ [checked ? "add" : "remove"]: [id] });
    }
}

export const many2ManyCheckboxesField = {
    component: Many2ManyCheckboxesField,
    displayName: _t("Checkboxes"),
    supportedTypes: ["many2many"],
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("many2many_checkboxes", many2ManyCheckboxesField);
