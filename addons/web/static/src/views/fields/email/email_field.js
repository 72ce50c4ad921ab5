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

registry.category("fields").add("email", emailField);
