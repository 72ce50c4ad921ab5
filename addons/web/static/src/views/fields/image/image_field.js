import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { fileTypeMagicWordMap, isBinarySize } from "@web/core/utils/files";
import { useService } from "@web/core/utils/hooks";
import { imageUrl } from "@web/core/utils/urls";
import { isX2Many } from "@web/model/relational_model/utils";
import { archProps, attr, flag, option, prop, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue, neverEmpty, setValue } from "@web/views/fields/field_value";
import { FileUploader } from "@web/views/fields/file_handler";
import { toWebp } from "@web/views/fields/image/webp";
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
        this.orm = useService("orm");
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
        return Boolean(this.props.enableZoom && this.value && this.state.isValid);
    }

    /** What the tooltip shows, as JSON for its template. */
    get tooltipInfo() {
        return JSON.stringify({ url: this.getUrl(this.props.name) });
    }

    /** Whether the field links to a record that has the picture. */
    get isLink() {
        return getField(this.props).type === "many2one";
    }

    /** Address of the picture of the record that is linked. @throws {Error} it is not told which of its fields it is */
    getLinkUrl(previewFieldName) {
        const { name } = this.props;
        if (!previewFieldName || previewFieldName === name) {
            throw new Error(
                `The field "${name}" links to a record: the option "preview_image" has to name its picture`
            );
        }
        const [id] = this.value || [];
        return id && this.state.isValid
            ? imageUrl(getField(this.props).relation, id, previewFieldName, { unique: this.rawCacheKey })
            : PLACEHOLDER;
    }

    getUrl(previewFieldName) {
        const { record, name } = this.props;
        if (this.isLink) {
            return this.getLinkUrl(previewFieldName === name ? this.props.previewImage : previewFieldName);
        }
        if (!this.state.isValid || !(this.value || this.hasStandIn(previewFieldName))) {
            return PLACEHOLDER;
        }
        if (!this.value || isBinarySize(this.value)) {
            return imageUrl(record.resModel, record.resId, previewFieldName || name, { unique: this.rawCacheKey });
        }
        return `data:image/${fileTypeMagicWordMap(this.value)};base64,${this.value}`;
    }

    /** Whether the preview shows something though there is no picture, as avatars do; unless it was just taken away. */
    hasStandIn(previewFieldName) {
        const { record } = this.props;
        return Boolean(record.resId && record.data[previewFieldName]) && !record.dirty;
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

    /** Keep a file; where the view says so it becomes WebP, with smaller ones of it kept beside. */
    async onFileUploaded(file) {
        const { convertToWebp } = this.props;
        const { data } = convertToWebp ? await toWebp(file, this.orm) : file;
        await this.replace(data);
    }

    onLoadFailed() {
        this.state.isValid = false;
    }
}

export const imageField = {
    component: ImageField,
    displayName: _t("Image"),
    supportedTypes: ["binary", "many2one"],
    fieldDependencies: [{ name: "write_date", type: "datetime" }],
    isEmpty: neverEmpty,
    listViewWidth: 80,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("image", imageField);
