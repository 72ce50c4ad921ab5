import { registry } from "@web/core/registry";
import { RadioField, radioField } from "@web/views/fields/radio/radio_field";
import { HighlightText } from "@web/webclient/settings_form_view/highlight_text/highlight_text";

/** Choices in whose words what is looked for is marked. */
export class SettingsRadioField extends RadioField {
    static template = "web.SettingsRadioField";
    static components = { HighlightText };
}

export const settingsRadioField = { ...radioField, component: SettingsRadioField };

registry.category("fields").add("base_settings.radio", settingsRadioField);
