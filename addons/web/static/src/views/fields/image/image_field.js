import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { fileTypeMagicWordMap, isBinarySize } from "@web/core/utils/files";
import { useService } from "@web/core/utils/hooks";
import { imageUrl } from "@web/core/utils/urls";
import { isX2Many } from "@web/model/relational_model/utils";
import { FileUploader } from "@web/views/fields/file_handler";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const PLACEHOLDER = "/web/static/img/placeholder.png";

export { fileTypeMagicWordMap };

/** Picture kept in a field. */
export class ImageField extends Component {
    static template = "web.ImageField";
    static components = { FileUploader };
    static props = {
        ...standardFieldProps,
        alt: { type: String, optional: true },
        enableZoom: { type: Boolean, optional: true },
        imgClass: { type: String, optional: true },
        zoomDelay: { type: Number, optional: true },
        previewImage: { type: String, optional: true },
        acceptedFileExtensions: { type: String, optional: true },
        width: { type: Number, optional: true },
        height: { type: Number, optional: true },
        reload: { type: Boolean, optional: true },
        convertToWebp: { type: Boolean, optional: true },
    };
    static defaultProps = { acceptedFileExtensions: "image/*", alt: _t("Binary file"), imgClass: "", reload: true };

    setup() {
        this.notification = useService("notification");
        this.state = useState({ isValid: true });
    }

    get value() {
        return this.props.record.data[this.props.name];
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

    onFileRemove() {
        this.state.isValid = true;
        this.props.record.update({ [this.props.name]: false });
    }

    onFileUploaded(info) {
        this.state.isValid = true;
        this.props.record.update({ [this.props.name]: info.data });
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
    isEmpty: () => false,
    listViewWidth: 80,
    extractProps: ({ attrs, options }) => ({
        alt: attrs.alt,
        enableZoom: options.zoom,
        imgClass: options.img_class,
        zoomDelay: options.zoom_delay,
        previewImage: options.preview_image,
        acceptedFileExtensions: options.accepted_file_extensions,
        width: options.size && options.size[0] ? options.size[0] : attrs.width && Number(attrs.width),
        height: options.size && options.size[1] ? options.size[1] : attrs.height && Number(attrs.height),
        reload: "reload" in options ? Boolean(options.reload) : true,
        convertToWebp: options.convert_to_webp,
    }),
};

registry.category("fields").add("image", imageField);
