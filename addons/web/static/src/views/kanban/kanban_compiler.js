import { exprToBoolean } from "@web/core/utils/booleans";
import { createElement } from "@web/core/utils/xml";
import { toInterpolatedStringExpression, ViewCompiler } from "@web/views/view_compiler";
import { toStringExpression } from "@web/views/utils";

const ACTION_TYPES = ["action", "object"];
const SPECIAL_TYPES = ["edit", "open", "delete", "set_cover", "archive", "unarchive"];
/** What a click on it means is known, so that it means nothing for the card. */
const ACTION_CLASS = "oe_kanban_action";

/** Turns the templates of a kanban arch into Owl templates. */
export class KanbanCompiler extends ViewCompiler {
    /** Templates are called as those of the card, and are no definitions in it. */
    compileGenericNode(el, params) {
        const compiled = super.compileGenericNode(el, params);
        const called = compiled.getAttribute("t-call");
        compiled.removeAttribute("t-name");
        if (el.tagName === "img" && !el.hasAttribute("loading")) {
            compiled.setAttribute("loading", "lazy");
        }
        if (el.getAttribute("type") === "url") {
            compiled.removeAttribute("type");
            compiled.classList.add(ACTION_CLASS);
        }
        if (called in this.templates) {
            compiled.setAttribute("t-call", `{{__comp__.templates[${toStringExpression(called)}]}}`);
        }
        return compiled;
    }

    compileButton(el, params) {
        const type = el.getAttribute("type");
        if (!SPECIAL_TYPES.includes(type)) {
            return ACTION_TYPES.includes(type) || el.hasAttribute("special")
                ? super.compileButton(el, params)
                : this.compileGenericNode(el, params);
        }
        const compiled = createElement(el.nodeName);
        for (const { name, value } of el.attributes) {
            if (!["type", "invisible", "groups"].includes(name)) {
                compiled.setAttribute(name, value);
            }
        }
        compiled.classList.add(ACTION_CLASS, `${ACTION_CLASS}_${el.nodeName}`);
        const clickParams = { type };
        if (type === "set_cover" && el.hasAttribute("data-field")) {
            clickParams.fieldName = el.getAttribute("data-field");
            clickParams.autoOpen = exprToBoolean(el.getAttribute("auto-open"));
        }
        if (el.nodeName === "a" && !el.hasAttribute("href")) {
            compiled.setAttribute("href", "#");
        }
        compiled.setAttribute(
            "t-on-click.stop.prevent",
            `() => __comp__.triggerAction(${JSON.stringify(clickParams)})`
        );
        this.compileChildren(el, compiled, params);
        return compiled;
    }

    compileField(el, params) {
        const widget = el.getAttribute("widget");
        if (widget) {
            return super.compileField(el, params);
        }
        const fieldId = el.getAttribute("field_id");
        const compiled = createElement("span", {
            "t-out": `__comp__.getFormattedValue(${toStringExpression(fieldId)})`,
        });
        const bold = el.getAttribute("bold") || "";
        const display = el.getAttribute("display");
        const classes = [
            el.getAttribute("class"),
            display === "full" ? "o_text_block" : "",
            /^(1|true)$/i.test(bold) ? "o_text_bold" : "",
        ]
            .filter(Boolean)
            .join(" ");
        if (classes) {
            compiled.setAttribute("class", classes);
        }
        for (const { name, value } of el.attributes) {
            if (["t-if", "t-elif", "t-else", "t-att-class", "style"].includes(name)) {
                compiled.setAttribute(name, value);
            } else if (name === "t-attf-class") {
                compiled.setAttribute("t-att-class", toInterpolatedStringExpression(value));
            }
        }
        return compiled;
    }
}
