import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";

/** The message that is written in a dialog; addons extend what happens to it. */
export class MailComposerFormController extends FormController {}

/** What is shown of it; addons extend it. */
export class MailComposerFormRenderer extends FormRenderer {}

export const mailComposerFormView = {
    ...formView,
    Controller: MailComposerFormController,
    Renderer: MailComposerFormRenderer,
};

registry.category("views").add("mail_composer_form", mailComposerFormView);
