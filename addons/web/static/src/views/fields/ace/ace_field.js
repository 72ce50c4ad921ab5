import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { TextField, textField } from "@web/views/fields/text/text_field";

/** Source code. */
export class AceField extends TextField {
    static template = "web.AceField";
    static props = { ...TextField.props, mode: { type: String, optional: true } };

    onKeydown(ev) {
        if (ev.key === "Tab" && !ev.shiftKey && !ev.ctrlKey) {
            ev.preventDefault();
            ev.target.setRangeText("    ", ev.target.selectionStart, ev.target.selectionEnd, "end");
        }
    }
}

export const aceField = {
    ...textField,
    component: AceField,
    displayName: _t("Code"),
    supportedTypes: ["text", "html", "char"],
    extractProps: ({ options }) => ({ mode: options.mode, rowCount: 10 }),
};

registry.category("fields").add("ace", aceField).add("code", aceField);
