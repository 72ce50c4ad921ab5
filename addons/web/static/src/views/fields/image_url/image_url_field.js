import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, prop, propTypes } from "@web/views/fields/arch_props";
import { getValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = {
    width: prop(true, ({ options }) => options.size?.[0], "size"),
    height: prop(true, ({ options }) => options.size?.[1], "size"),
};

/** Picture at an address. */
export class ImageUrlField extends Component {
    static template = xml`<img t-if="url" class="img img-fluid" loading="lazy" alt="" t-att-src="url" t-att-width="props.width" t-att-height="props.height"/>`;
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    get url() {
        return getValue(this.props);
    }
}

export const imageUrlField = {
    component: ImageUrlField,
    displayName: _t("Image"),
    supportedTypes: ["char"],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("image_url", imageUrlField);
