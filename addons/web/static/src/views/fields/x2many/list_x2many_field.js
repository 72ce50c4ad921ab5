import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatX2many } from "@web/views/fields/formatters";
import { getValue, neverEmpty } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How many lines a record of a list has; a cell has no room for the lines themselves. */
export class ListX2ManyField extends Component {
    static template = xml`<span t-esc="count"/>`;
    static props = { ...standardFieldProps };

    get count() {
        return formatX2many(getValue(this.props));
    }
}

export const listX2ManyField = {
    component: ListX2ManyField,
    displayName: _t("Number of lines"),
    supportedTypes: ["one2many", "many2many"],
    useSubView: false,
    isEmpty: neverEmpty,
};

registry.category("fields").add("list.one2many", listX2ManyField).add("list.many2many", listX2ManyField);
