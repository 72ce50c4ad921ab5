import { Component } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { useSpecialData } from "@web/views/fields/selection/selection_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Linked records as tick boxes. */
export class Many2ManyCheckboxesField extends Component {
    static template = "web.Many2ManyCheckboxesField";
    static components = { CheckBox };
    static props = { ...standardFieldProps, domain: { type: [Array, Function], optional: true } };

    setup() {
        this.specialData = useSpecialData((orm, props) => {
            const { relation } = props.record.fields[props.name];
            return orm.call(relation, "name_search", ["", getFieldDomain(props.record, props.name, props.domain)]);
        });
    }

    get items() {
        return this.specialData.data;
    }

    isSelected(item) {
        return this.props.record.data[this.props.name].currentIds.includes(item[0]);
    }

    onChange(resId, checked) {
        const list = this.props.record.data[this.props.name];
        return list.addAndRemove(checked ? { add: [resId] } : { remove: [resId] });
    }
}

export const many2ManyCheckboxesField = {
    component: Many2ManyCheckboxesField,
    displayName: _t("Checkboxes"),
    supportedTypes: ["many2many"],
    isEmpty: () => false,
    extractProps: (info, dynamicInfo) => ({ domain: dynamicInfo.domain }),
};

registry.category("fields").add("many2many_checkboxes", many2ManyCheckboxesField);
