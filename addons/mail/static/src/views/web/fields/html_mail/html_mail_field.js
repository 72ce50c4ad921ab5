import { HtmlField, htmlField } from "@html_editor/fields/html_field";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Formatted text of an e-mail: parts that need a page to work in are not offered. */
export class HtmlMailField extends HtmlField {
    static defaultProps = { ...HtmlField.defaultProps, embeddedComponents: false };
}

export const htmlMailField = {
    ...htmlField,
    component: HtmlMailField,
    displayName: _t("Html of e-mails"),
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...htmlField.extractProps(fieldInfo, dynamicInfo),
        embeddedComponents: false,
    }),
    additionalClasses: ["o_field_html"],
};

registry.category("fields").add("html_mail", htmlMailField);
registry.category("fields").add("html_composer_message", { ...htmlMailField, displayName: _t("Text of a message") });
