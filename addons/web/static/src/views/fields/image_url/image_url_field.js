import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Picture at an address. */
export class ImageUrlField extends Component {
    static template = xml`<img t-if="url" class="img img-fluid" loading="lazy" alt="" t-att-src="url" t-att-width="props.width" t-att-height="props.height"/>`;
    static props = { ...standardFieldProps, width: { optional: true }, height: { optional: true } };

    get url() {
        return this.props.record.data[this.props.name];
    }
}

export const imageUrlField = {
    component: ImageUrlField,
    displayName: _t("Image"),
    supportedTypes: ["char"],
    extractProps: ({ options }) => ({ width: options.size?.[0], height: options.size?.[1] }),
};

registry.category("fields").add("image_url", imageUrlField);
