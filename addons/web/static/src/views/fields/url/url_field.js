import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

/** Link. */
export class UrlField extends CharField {
    static template = "web.UrlField";
    static props = {
        ...CharField.props,
        text: { type: String, optional: true },
        websitePath: { type: Boolean, optional: true },
    };

    get formattedHref() {
        const value = this.props.record.data[this.props.name] || "";
        const isComplete = /^(ftp|https?|mailto|tel):/i.test(value) || this.props.websitePath || value.startsWith("/");
        return value && !isComplete ? `http://${value}` : value;
    }
}

export const urlField = {
    ...charField,
    component: UrlField,
    displayName: _t("URL"),
    supportedTypes: ["char"],
    extractProps: ({ attrs, options }) => ({
        text: attrs.text,
        websitePath: options.website_path,
        placeholder: attrs.placeholder,
    }),
};

registry.category("fields").add("url", urlField);
