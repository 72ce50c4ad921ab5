import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, attr } from "@web/views/fields/arch_props";
import { CharField, charField } from "@web/views/fields/char/char_field";

/** Phone number. */
export class PhoneField extends CharField {
    static template = "web.PhoneField";

    get phoneHref() {
        return `tel:${this.formattedValue.replace(/\s+/g, "")}`;
    }
}

export const phoneField = {
    ...charField,
    ...archProps({ placeholder: attr("placeholder") }),
    component: PhoneField,
    displayName: _t("Phone"),
    supportedTypes: ["char"],
};

/** On forms there is a button to call beside the input. */
export class FormPhoneField extends PhoneField {
    static template = "web.FormPhoneField";
}

export const formPhoneField = { ...phoneField, component: FormPhoneField };

registry.category("fields").add("phone", phoneField).add("form.phone", formPhoneField);
