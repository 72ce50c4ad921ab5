import { FormRenderer } from "@web/views/form/form_renderer";
import { SearchableSetting } from "@web/webclient/settings_form_view/settings/searchable_setting";
import { SettingHeader } from "@web/webclient/settings_form_view/settings/setting_header";
import { SettingsApp } from "@web/webclient/settings_form_view/settings/settings_app";
import { SettingsBlock } from "@web/webclient/settings_form_view/settings/settings_block";
import { SettingsPage } from "@web/webclient/settings_form_view/settings/settings_page";

/** Renders settings. */
export class SettingsFormRenderer extends FormRenderer {
    static components = {
        ...FormRenderer.components,
        SearchableSetting,
        SettingHeader,
        SettingsApp,
        SettingsBlock,
        SettingsPage,
    };

    /** The page starts at its top, wherever its first input is. */
    focusFirst() {}
}
