import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, attr } from "@web/views/fields/arch_props";
import { CharField, charField } from "@web/views/fields/char/char_field";

/** E-mail address. */
export class EmailField extends CharField {
    static template = "web.EmailField";
}

export const emailField = {
    ...charField,
    ...archProps({ placeholder: attr("placeholder") }),
    component: EmailField,
    displayName: _t("Email"),
    supportedTypes: ["char"],
};

/** On forms there is a button to write a message beside the input. */
export class FormEmailField extends EmailField {
    static template = "web.FormEmailField";
}

export const formEmailField = { ...emailField, component: FormEmailField };

registry.category("fields").add("email", emailField).add("form.email", formEmailField);
