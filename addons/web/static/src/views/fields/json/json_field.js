import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatJson } from "@web/views/fields/formatters";
import { getValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** JSON as text. */
export class JsonField extends Component {
    static template = xml`<span t-esc="text"/>`;
    static props = { ...standardFieldProps };

    get text() {
        return formatJson(getValue(this.props));
    }
}

export const jsonField = { component: JsonField, displayName: _t("Json"), supportedTypes: ["json"] };

registry.category("fields").add("json", jsonField).add("jsonb", jsonField);
