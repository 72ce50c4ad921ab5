import { FormRenderer } from "@web/views/form/form_renderer";
import { SettingsPage } from "@web/webclient/settings_form_view/settings_page";

/** Renders settings. */
export class SettingsFormRenderer extends FormRenderer {
    static components = { ...FormRenderer.components, SettingsPage };

    /** The page starts at its top, wherever its first input is. */
    focusFirst() {}
}
