import { exprToBoolean } from "@web/core/utils/booleans";
import { registry } from "@web/core/registry";
import { append, createElement, getTag } from "@web/core/utils/xml";
import { toStringExpression } from "@web/views/utils";
import { applyInvisible, copyAttributes, getModifier, ViewCompiler } from "@web/views/view_compiler";

const compilersRegistry = registry.category("form_compilers");
const RECORD = "__comp__.props.record";

/** What forms have besides fields, buttons and widgets, and the method that compiles it. */
const ELEMENTS = {
    form: "compileForm",
    header: "compileHeader",
    sheet: "compileSheet",
    group: "compileGroup",
    notebook: "compileNotebook",
    label: "compileLabel",
    separator: "compileSeparator",
    setting: "compileSetting",
    "div[name='button_box']": "compileButtonBox",
    header_items: "compileHeaderItems",
};
const COPIED_BY_THEMSELVES = ["form", "label"];

/** An object of expressions as one expression, for attributes of templates. @param {Object<string, string>} expressions */
export function objectToString(expressions) {
    const members = Object.entries(expressions).map(([name, expression]) => `${JSON.stringify(name)}: ${expression}`);
    return `{ ${members.join(", ")} }`;
}

function isAlways(value) {
    return value === "True" || value === "1";
}

/** Whether a node of the header stands at its end: fields do, unless they look like buttons. */
function isStatus(node) {
    return node.nodeType === Node.ELEMENT_NODE && getTag(node, true) === "field" && !node.classList.contains("btn");
}

/** Turns the arch of a form into an Owl template. */
export class FormCompiler extends ViewCompiler {
    setup() {
        /** What labels need to know of the fields that came before them, by name and by the `id` of the node. */
        this.encounteredFields = {};
        /** Labels that came before their fields, by what they are for. */
        this.labels = {};
        this.noteBookId = 0;
        const own = Object.entries(ELEMENTS).map(([selector, method]) => ({
            selector,
            fn: this[method],
            doNotCopyAttributes: COPIED_BY_THEMSELVES.includes(selector),
        }));
        this.compilers.push(...compilersRegistry.getAll(), ...own, { selector: "chatter", fn: () => undefined });
    }

    compile(key, params = {}) {
        const compiled = super.compile(key, params);
        if (compiled.children[0]?.tagName === "div") {
            compiled.children[0].setAttribute("t-ref", "compiled_view_root");
        }
        return compiled;
    }

    compileForm(el, params) {
        const sheet = [...el.children].find((child) => child.tagName === "sheet");
        const stateClasses = {
            o_form_readonly: `!${RECORD}.isInEdition`,
            o_form_editable: `${RECORD}.isInEdition`,
            o_form_saved: `!${RECORD}.isNew`,
            o_form_dirty: `${RECORD}.dirty`,
        };
        const form = createElement("div", {
            class: `o_form_renderer ${sheet ? "o_form_with_sheet" : "o_form_nosheet"}`,
            "t-att-class": objectToString(stateClasses),
            "t-attf-class": "{{ __comp__.props.class || '' }}",
            "t-att-data-res-id": `${RECORD}.resId`,
        });
        if (!sheet) {
            this.compileChildren(el, form, params);
            return form;
        }
        for (const child of el.childNodes) {
            if (child.nodeType === Node.TEXT_NODE) {
                continue;
            }
            const compiled = this.compileNode(child, params);
            if (compiled) {
                form.append(compiled);
            }
        }
        return form;
    }

    compileSheet(el, params) {
        const background = createElement("div", { class: "o_form_sheet_bg" });
        const foreground = createElement("div", { class: "o_form_sheet position-relative" });
        background.append(foreground);
        this.compileChildren(el, foreground, params);
        return background;
    }

    compileHeader(el, params) {
        // an empty header is a place for the buttons of other addons: without any it takes no room
        const layout = el.children.length ? "d-flex justify-content-between" : "d-none";
        const statusBar = createElement("div", { class: `o_form_statusbar position-relative ${layout}` });
        const buttons = createElement("StatusBarButtons");
        const others = [];
        for (const child of el.childNodes) {
            if (!isStatus(child)) {
                this.addItem(buttons, child, params);
                continue;
            }
            const compiled = this.compileNode(child, params, false);
            const shown = compiled && applyInvisible(getModifier(child, "invisible"), compiled, params);
            if (shown) {
                others.push(shown);
            }
        }
        statusBar.append(buttons, ...others);
        return statusBar;
    }

    /** What the header has besides fields, for the menu of a small screen. */
    compileHeaderItems(el, params) {
        const items = createElement("StatusBarDropdownItems");
        [...el.childNodes].forEach((child) => this.addItem(items, child, params));
        return items;
    }

    /** Compile a node into a slot of a component, which shows it or not. */
    addItem(component, child, params) {
        const isElement = child.nodeType === Node.ELEMENT_NODE;
        const invisible = isElement ? getModifier(child, "invisible") : null;
        const compiled = isElement && !isAlways(invisible) ? this.compileNode(child, params, false) : undefined;
        if (!compiled) {
            return;
        }
        const slot = createElement("t", {
            "t-set-slot": `item_${component.children.length}`,
            isVisible: invisible
                ? `!__comp__.evaluateBooleanExpr(${toStringExpression(invisible)}, ${RECORD}.evalContextWithVirtualIds)`
                : "true",
            displayInReadOnly: "true",
        });
        slot.append(compiled);
        component.append(slot);
    }

    compileButtonBox(el, params) {
        const box = createElement("ButtonBox");
        for (const child of el.children) {
            if (["a", "button"].includes(getTag(child, true))) {
                child.classList.add("oe_stat_button");
            }
            this.addItem(box, child, params);
        }
        return box;
    }

    compileField(el, params) {
        const field = super.compileField(el, params);
        const fieldName = el.getAttribute("name");
        const fieldId = el.getAttribute("field_id") || fieldName;
        const labelTarget = el.getAttribute("id") || fieldName;
        field.setAttribute("id", toStringExpression(el.getAttribute("id") || fieldId));
        this.encounteredFields[labelTarget] = { fieldId, id: el.getAttribute("id") || fieldId, name: fieldName };
        if (!this.encounteredFields[fieldName]) {
            this.encounteredFields[fieldName] = { fieldId, id: el.getAttribute("id") || fieldId, name: fieldName };
        }
        for (const label of this.labels[labelTarget] || []) {
            this.completeLabel(label, labelTarget);
        }
        delete this.labels[labelTarget];
        return field;
    }

    /**
     * @param {string} fieldId
     * @param {string} fieldName
     * @param {string} id of the input
     * @param {{string?: string, className?: string}} [options]
     * @returns {Element}
     */
    makeLabel(fieldId, fieldName, id, { string, className } = {}) {
        const label = createElement("FormLabel", {
            id: toStringExpression(id),
            fieldName: toStringExpression(fieldName),
            record: RECORD,
            fieldInfo: `__comp__.props.archInfo.fieldNodes[${toStringExpression(fieldId)}]`,
        });
        // an empty text is one too
        if (string || string === "") {
            label.setAttribute("string", toStringExpression(string));
        }
        if (className) {
            label.setAttribute("className", toStringExpression(className));
        }
        return label;
    }

    completeLabel(label, target) {
        const { fieldId, id, name } = this.encounteredFields[target];
        label.setAttribute("id", toStringExpression(id));
        label.setAttribute("fieldName", toStringExpression(name));
        label.setAttribute("fieldInfo", `__comp__.props.archInfo.fieldNodes[${toStringExpression(fieldId)}]`);
    }

    compileLabel(el, params) {
        const target = el.getAttribute("for");
        const invisible = getModifier(el, "invisible");
        if (!target) {
            return applyInvisible(invisible, this.compileGenericNode(el, params), params);
        }
        const label = this.makeLabel(target, target, target, {
            string: el.getAttribute("string"),
            className: el.getAttribute("class"),
        });
        if (this.encounteredFields[target]) {
            this.completeLabel(label, target);
        } else {
            (this.labels[target] ??= []).push(label);
        }
        return applyInvisible(invisible, label, params);
    }

    compileSeparator(el) {
        const separator = createElement("div", { class: "o_horizontal_separator" });
        copyAttributes(el, separator);
        separator.textContent = el.getAttribute("string") || "";
        return separator;
    }

    compileSetting(el, params) {
        const compiled = createElement("Setting", {
            title: toStringExpression(el.getAttribute("title") || ""),
            help: toStringExpression(el.getAttribute("help") || ""),
            record: RECORD,
        });
        for (const name of ["id", "string", "documentation", "class"]) {
            if (el.hasAttribute(name)) {
                compiled.setAttribute(name, toStringExpression(el.getAttribute(name)));
            }
        }
        if (exprToBoolean(el.getAttribute("company_dependent") || "")) {
            compiled.setAttribute("companyDependent", "true");
        }
        let seenField = false;
        const content = createElement("t", { "t-set-slot": "default" });
        for (const child of el.childNodes) {
            const node = /** @type {Element} */ (this.compileNode(child, params));
            if (!node) {
                continue;
            }
            if (!seenField && getTag(child, true) === "field") {
                seenField = true;
                compiled.setAttribute("fieldInfo", node.getAttribute("fieldInfo"));
                compiled.setAttribute("fieldName", toStringExpression(child.getAttribute("name")));
                compiled.setAttribute("fieldId", toStringExpression(child.getAttribute("field_id")));
                const slot = createElement("t", { "t-set-slot": "fieldSlot" });
                slot.append(node);
                compiled.append(slot);
            } else {
                content.append(node);
            }
        }
        compiled.append(content);
        return compiled;
    }

    compileNotebook(el, params) {
        const notebook = createElement("Notebook", {
            defaultPage: `${RECORD}.isNew ? undefined : __comp__.props.activeNotebookPages?.[${this.noteBookId}]`,
            onPageUpdate: `(page) => __comp__.props.onNotebookPageChange?.(${this.noteBookId++}, page)`,
        });
        if (el.hasAttribute("class")) {
            notebook.setAttribute("className", toStringExpression(el.getAttribute("class")));
        }
        for (const child of el.children) {
            if (getTag(child, true) !== "page") {
                continue;
            }
            const page = this.compilePage(child, params);
            if (page) {
                notebook.append(page);
            }
        }
        return notebook;
    }

    compilePage(child, params) {
        const invisible = getModifier(child, "invisible");
        if (isAlways(invisible)) {
            return undefined;
        }
        const id = `page_${this.id++}`;
        const page = createElement("t", {
            "t-set-slot": id,
            title: toStringExpression(child.getAttribute("string") || child.getAttribute("name") || ""),
            name: toStringExpression(child.getAttribute("name") || ""),
            anchors: JSON.stringify([...child.querySelectorAll("[id]")].map((target) => target.id)),
            isVisible: invisible
                ? `!__comp__.evaluateBooleanExpr(${toStringExpression(invisible)}, ${RECORD}.evalContextWithVirtualIds)`
                : "true",
        });
        if (child.hasAttribute("autofocus")) {
            page.setAttribute("autofocus", "true");
        }
        if (child.getAttribute("class")) {
            page.setAttribute("className", toStringExpression(child.getAttribute("class")));
        }
        this.compileChildren(child, page, params);
        return page;
    }

    // ------------------------------------------------------------------ groups

    compileGroup(el, params) {
        const isOuter = [...el.children].some((child) => getTag(child, true) === "group");
        return isOuter ? this.compileOuterGroup(el, params) : this.compileInnerGroup(el, params);
    }

    groupRoot(el, className) {
        const group = createElement("div", { class: className });
        copyAttributes(el, group);
        const name = el.getAttribute("name");
        if (name) {
            group.setAttribute("name", name);
        }
        const string = el.getAttribute("string");
        if (string) {
            const title = createElement("div", { class: "o_horizontal_separator o_group_title" });
            title.textContent = string;
            group.append(title);
        }
        return group;
    }

    compileOuterGroup(el, params) {
        const columns = Number(el.getAttribute("col")) || 2;
        const group = this.groupRoot(el, `o_group o_group_col_${columns}`);
        group.setAttribute("style", `--o-columns: ${columns}`);
        for (const child of el.childNodes) {
            if (child.nodeType === Node.TEXT_NODE && !child.textContent.trim()) {
                continue;
            }
            if (getTag(child, true) === "newline") {
                group.append(createElement("div", { class: "o_group_break" }));
                continue;
            }
            const compiled = this.compileNode(child, params);
            if (!compiled) {
                continue;
            }
            const isGroup = getTag(child, true) === "group";
            const span = Math.min(Number(child.getAttribute?.("colspan")) || (isGroup ? 1 : columns), columns);
            group.append(this.cell(compiled, span, "o_group_cell"));
        }
        return group;
    }

    cell(compiled, span, className) {
        const wrapper = createElement("div", { class: className, style: `--o-span: ${span}` });
        if (compiled.nodeType === Node.ELEMENT_NODE && compiled.hasAttribute("t-if")) {
            wrapper.setAttribute("t-if", compiled.getAttribute("t-if"));
            compiled.removeAttribute("t-if");
        }
        wrapper.append(compiled);
        return wrapper;
    }

    compileInnerGroup(el, params) {
        const col = Number(el.getAttribute("col")) || 2;
        const columns = Math.max(1, Math.floor(col / 2));
        const group = this.groupRoot(el, "o_group o_inner_group");
        group.setAttribute("style", `--o-columns: ${columns}`);
        const children = [...el.childNodes].filter(
            (child) =>
                child.nodeType === Node.ELEMENT_NODE || (child.nodeType === Node.TEXT_NODE && child.textContent.trim())
        );
        for (let index = 0; index < children.length; index++) {
            const child = children[index];
            const tag = getTag(child, true);
            if (tag === "newline") {
                group.append(createElement("div", { class: "o_group_break" }));
            } else if (tag === "label" && child.getAttribute("for") && this.isPair(child, children[index + 1])) {
                append(group, this.pairRow(child, children[++index], columns, params));
            } else if (tag === "field") {
                append(group, this.fieldRow(child, columns, params));
            } else {
                append(group, this.otherRow(child, col, columns, params));
            }
        }
        return group;
    }

    isPair(label, next) {
        return (
            Boolean(next) &&
            next.nodeType === Node.ELEMENT_NODE &&
            Number(label.getAttribute("colspan") || 1) < 2 &&
            !["separator", "group", "newline", "notebook"].includes(getTag(next, true))
        );
    }

    pairRow(labelNode, valueNode, columns, params) {
        const label = this.compileNode(labelNode, params);
        const value = this.compileNode(valueNode, params);
        return this.row(label, value, this.spanOf(valueNode, columns));
    }

    fieldRow(node, columns, params) {
        const field = this.compileNode(node, params);
        if (!field) {
            return undefined;
        }
        const noLabel = exprToBoolean(node.getAttribute("nolabel") || "");
        if (noLabel) {
            const wide = Number(node.getAttribute("colspan") || 1) >= 2;
            return this.row(null, field, wide ? columns : this.spanOf(node, columns), true);
        }
        const { fieldId, id, name } = this.encounteredFields[node.getAttribute("id") || node.getAttribute("name")];
        const label = this.makeLabel(fieldId, name, id, { string: node.getAttribute("string") || undefined });
        return this.row(label, field, this.spanOf(node, columns));
    }

    spanOf(node, columns) {
        const colspan = Number(node.getAttribute?.("colspan")) || 1;
        return Math.min(columns, Math.max(1, Math.ceil(colspan / 2)));
    }

    otherRow(node, col, columns, params) {
        const compiled = this.compileNode(node, params);
        if (!compiled) {
            return undefined;
        }
        const wide = ["separator", "notebook", "group"].includes(getTag(node, true));
        return this.row(null, compiled, wide ? columns : this.spanOf(node, columns), true);
    }

    row(label, value, span, isWide = false) {
        if (!value && !label) {
            return undefined;
        }
        const row = createElement("div", { class: "o_wrap_field", style: `--o-span: ${span}` });
        const conditionNode = value || label;
        if (
            conditionNode.nodeType === Node.ELEMENT_NODE &&
            conditionNode.hasAttribute("t-if") &&
            (!label || !value || !label.hasAttribute("t-if"))
        ) {
            row.setAttribute("t-if", conditionNode.getAttribute("t-if"));
            conditionNode.removeAttribute("t-if");
        } else if (
            label &&
            value &&
            label.hasAttribute("t-if") &&
            label.getAttribute("t-if") === value.getAttribute("t-if")
        ) {
            row.setAttribute("t-if", label.getAttribute("t-if"));
            label.removeAttribute("t-if");
            value.removeAttribute("t-if");
        }
        if (label) {
            const cell = createElement("div", { class: "o_cell o_wrap_label" });
            cell.append(label);
            row.append(cell);
        }
        const valueCell = createElement("div", { class: `o_cell o_wrap_input${isWide ? " o_wide" : ""}` });
        if (value) {
            valueCell.append(value);
        }
        row.append(valueCell);
        return row;
    }
}
