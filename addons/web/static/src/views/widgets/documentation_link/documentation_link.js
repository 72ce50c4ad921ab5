import { Component, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Link to a page of help. */
export class DocumentationLink extends Component {
    static template = xml`<a t-if="isAbsolute" t-att-href="props.path" target="_blank" rel="noopener" class="o_doc_link me-2"><i t-attf-class="fa {{props.icon || 'fa-question-circle'}} me-1"/><t t-esc="props.label"/></a>`;
    static props = {
        ...standardWidgetProps,
        path: String,
        label: { type: String, optional: true },
        icon: { type: String, optional: true },
        alertLink: { optional: true },
    };

    get isAbsolute() {
        return /^(https?:)?\/\//.test(this.props.path) || this.props.path.startsWith("/web");
    }
}

export const documentationLink = {
    component: DocumentationLink,
    extractProps: ({ attrs }) => ({ path: attrs.path, label: attrs.label, icon: attrs.icon }),
    additionalClasses: ["d-inline"],
};

registry.category("view_widgets").add("documentation_link", documentationLink);
