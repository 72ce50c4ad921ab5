import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { archProps, prop, propTypes } from "@web/views/fields/arch_props";
import { getLabel, getValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const PLACEHOLDER = "/web/static/img/placeholder.png";

/** Width or height, in pixels: of the option `size`, else the attribute's. */
function length(place, name) {
    return prop(Number, ({ attrs, options }) => options.size?.[place] || (attrs[name] && Number(attrs[name])), "size");
}

const ARCH_PROPS = { width: length(0, "width"), height: length(1, "height") };

/** Picture at an address. */
export class ImageUrlField extends Component {
    static template = "web.ImageUrlField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        this.state = useState({ src: "" });
        useRecordObserver((record, props) => {
            this.state.src = getValue({ ...props, record }) || "";
        });
    }

    get label() {
        return getLabel(this.props);
    }

    get sizeStyle() {
        const { height, width } = this.props;
        return [width && `max-width: ${width}px`, height && `max-height: ${height}px`].filter(Boolean).join("; ");
    }

    /** What cannot be shown has a picture that says so. */
    onLoadFailed() {
        this.state.src = PLACEHOLDER;
    }
}

export const imageUrlField = {
    component: ImageUrlField,
    displayName: _t("Image"),
    supportedTypes: ["char"],
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("image_url", imageUrlField);
