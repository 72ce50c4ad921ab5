import { FormLabel } from "@web/views/form/form_label";
import { HighlightText } from "@web/webclient/settings_form_view/highlight_text/highlight_text";

/** Label in which what is looked for is marked. */
export class FormLabelHighlightText extends FormLabel {
    static template = "web.FormLabelHighlightText";
    static components = { HighlightText };
}
