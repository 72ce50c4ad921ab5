import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { fileTypeMagicWordMap, isBinarySize } from "@web/core/utils/files";
import { useService } from "@web/core/utils/hooks";
import { imageUrl } from "@web/core/utils/urls";
import { isX2Many } from "@web/model/relational_model/utils";
import { archProps, attr, flag, option, prop, propTypes } from "@web/views/fields/arch_props";
import { getValue, neverEmpty, setValue } from "@web/views/fields/field_value";
import { FileUploader } from "@web/views/fields/file_handler";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const PLACEHOLDER = "/web/static/img/placeholder.png";

export { fileTypeMagicWordMap };

/** Width or height, in pixels: of the option `size`, else the attribute's. */
function length(place, name) {
    return prop(Number, ({ attrs, options }) => options.size?.[place] || (attrs[name] && Number(attrs[name])), "size");
}

const ARCH_PROPS = {
    acceptedFileExtensions: option("accepted_file_extensions", String),
    alt: attr("alt"),
    convertToWebp: option("convert_to_webp", Boolean),
    enableZoom: option("zoom", Boolean),
    height: length(1, "height"),
    imgClass: option("img_class", String),
    previewImage: option("preview_image", String),
    reload: flag("reload", true),
    width: length(0, "width"),
    zoomDelay: option("zoom_delay", Number),
};

/** Picture kept in a field. */
export class ImageField extends Component {
    static template = "web.ImageField";
    static components = { FileUploader };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { acceptedFileExtensions: "image/*", alt: _t("Binary file"), imgClass: "", reload: true };

    setup() {
        this.notification = useService("notification");
        this.state = useState({ isValid: true });
    }

    get value() {
        return getValue(this.props);
    }

    get sizeStyle() {
        const { width, height } = this.props;
        const limits = [];
        if (width) {
            limits.push(`max-width: ${width}px`);
        }
        if (height) {
            limits.push(`max-height: ${height}px`);
        }
        return limits.join("; ");
    }

    get hasTooltip() {
        return this.props.enableZoom && this.value;
    }

    getUrl(previewFieldName) {
        const { record, name } = this.props;
        if (!this.value || !this.state.isValid) {
            return PLACEHOLDER;
        }
        if (isBinarySize(this.value)) {
            return imageUrl(record.resModel, record.resId, previewFieldName || name, { unique: this.rawCacheKey });
        }
        return `data:image/${fileTypeMagicWordMap(this.value)};base64,${this.value}`;
    }

    get rawCacheKey() {
        const { data, fields } = this.props.record;
        const name = ["write_date", "create_date"].find((key) => data[key] && !isX2Many(fields[key]));
        return name ? data[name].ts : undefined;
    }

    /** Keep a picture as base64, or none (`false`); it is shown even if the one before could not be. */
    replace(picture) {
        this.state.isValid = true;
        return setValue(this.props, picture);
    }

    onFileRemove() {
        return this.replace(false);
    }

    onFileUploaded({ data }) {
        return this.replace(data);
    }

    onLoadFailed() {
        this.state.isValid = false;
    }
}

export const imageField = {
    component: ImageField,
    displayName: _t("Image"),
    supportedTypes: ["binary"],
    fieldDependencies: [{ name: "write_date", type: "datetime" }],
    isEmpty: neverEmpty,
    listViewWidth: 80,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("image", imageField);
