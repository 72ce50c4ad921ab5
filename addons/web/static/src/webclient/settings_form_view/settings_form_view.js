import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";
import { LAZY_VIEWS_BUNDLE } from "@web/views/lazy_views";
import { SettingsFormCompiler } from "@web/webclient/settings_form_view/settings_form_compiler";
import { SettingsFormController } from "@web/webclient/settings_form_view/settings_form_controller";
import { SettingsFormRenderer } from "@web/webclient/settings_form_view/settings_form_renderer";

export const settingsFormView = {
    ...formView,
    bundle: LAZY_VIEWS_BUNDLE,
    display: {},
    Controller: SettingsFormController,
    Compiler: SettingsFormCompiler,
    Renderer: SettingsFormRenderer,
    buttonTemplate: "web.SettingsFormView.Buttons",
};

registry.category("views").add("base_settings", settingsFormView);
