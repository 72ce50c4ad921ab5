import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, attr, flag, propTypes } from "@web/views/fields/arch_props";
import { CharField, charField } from "@web/views/fields/char/char_field";
import { getValue } from "@web/views/fields/field_value";

const ARCH_PROPS = { placeholder: attr("placeholder"), text: attr("text"), websitePath: flag("website_path") };

/** Link. */
export class UrlField extends CharField {
    static template = "web.UrlField";
    static props = { ...CharField.props, ...propTypes(ARCH_PROPS) };

    get formattedHref() {
        const value = getValue(this.props) || "";
        const isComplete =
            /^(ftp|https?|mailto|otpauth|tel):/i.test(value) || this.props.websitePath || value.startsWith("/");
        return value && !isComplete ? `http://${value}` : value;
    }
}

export const urlField = {
    ...charField,
    component: UrlField,
    displayName: _t("URL"),
    supportedTypes: ["char"],
    ...archProps(ARCH_PROPS),
};

/** On forms there is a button to follow the link beside the input. */
export class FormUrlField extends UrlField {
    static template = "web.FormUrlField";
}

export const formUrlField = { ...urlField, component: FormUrlField };

registry.category("fields").add("url", urlField).add("form.url", formUrlField);
