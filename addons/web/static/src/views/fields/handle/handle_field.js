import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, dynamic } from "@web/views/fields/arch_props";
import { neverEmpty } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Grip to move a line. */
export class HandleField extends Component {
    static template = xml`<span class="o_row_handle fa fa-ellipsis-v" t-att-class="props.readonly ? 'o_readonly' : 'cursor-grab'"/>`;
    static props = { ...standardFieldProps };
}

export const handleField = {
    component: HandleField,
    displayName: _t("Handle"),
    supportedTypes: ["integer"],
    isEmpty: neverEmpty,
    listViewWidth: 20,
    ...archProps({ readonly: dynamic("readonly", Boolean) }),
};

registry.category("fields").add("handle", handleField);
