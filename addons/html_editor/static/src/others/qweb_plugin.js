import { Plugin } from "@html_editor/plugin";

/** Templates: what their instructions show is told, as it is not filled in yet. */
export class QWebPlugin extends Plugin {
    static id = "qweb";
    static dependencies = ["prose"];

    resources = {
        content_updated_handlers: () => this.tell(),
        start_edition_handlers: () => this.tell(),
    };

    /** Instructions that are left as they are say what they are in their tooltips. */
    tell() {
        for (const el of this.editable.querySelectorAll(".o_editor_raw > t")) {
            const expression = el.getAttribute("t-out") || el.getAttribute("t-esc") || el.getAttribute("t-field");
            if (expression && !el.parentElement.title) {
                el.parentElement.title = expression;
                el.parentElement.classList.toggle("o_we_value", true);
                el.parentElement.dataset.expression = el.textContent.trim() ? "" : expression;
            }
        }
    }
}
