import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
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
    isEmpty: () => false,
    listViewWidth: 20,
    extractProps: (info, dynamicInfo) => ({ readonly: dynamicInfo.readonly }),
};

registry.category("fields").add("handle", handleField);
