import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, option, prop, propTypes } from "@web/views/fields/arch_props";
import { TextField, textField } from "@web/views/fields/text/text_field";

const ARCH_PROPS = { mode: option("mode", String), rowCount: prop(Number, () => 10) };

/** Source code. */
export class AceField extends TextField {
    static template = "web.AceField";
    static props = { ...TextField.props, ...propTypes(ARCH_PROPS) };

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
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("ace", aceField).add("code", aceField);
