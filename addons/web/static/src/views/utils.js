import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { unique } from "@web/core/utils/arrays";
import { exprToBoolean } from "@web/core/utils/booleans";
import { visitXML } from "@web/core/utils/xml";

export const X2M_TYPES = ["one2many", "many2many"];
export const BUTTON_CLICK_PARAMS = [
    "name",
    "type",
    "args",
    "block-ui",
    "context",
    "close",
    "cancel-label",
    "confirm",
    "confirm-title",
    "confirm-label",
    "special",
    "effect",
    "help",
    "debounce",
    "noSaveDialog",
];
export const BUTTON_STRING_PROPS = ["string", "size", "title", "icon", "id", "disabled"];
const RELATIONAL_TYPES = ["many2one", ...X2M_TYPES];

export { exprToBoolean };

/** What the root of an arch lets the user do. */
export function getActiveActions(rootNode) {
    const allowed = (name) => exprToBoolean(rootNode.getAttribute(name), true);
    return {
        type: "view",
        edit: allowed("edit"),
        create: allowed("create"),
        delete: allowed("delete"),
        duplicate: allowed("create") && allowed("duplicate"),
    };
}

/** Class of the icon of a button. */
export function iconFromString(iconString) {
    const icon = { tag: "i", class: "" };
    if (iconString.startsWith("fa-")) {
        icon.class = `o_button_icon fa fa-fw ${iconString}`;
    } else if (iconString.startsWith("oi-")) {
        icon.class = `o_button_icon oi oi-fw ${iconString}`;
    } else {
        icon.tag = "img";
        icon.src = iconString;
    }
    return icon;
}

/** `decoration-*` attributes as `{class, condition}`. */
export function getDecoration(rootNode) {
    const decorations = [];
    for (const { name, value } of rootNode.attributes) {
        if (name.startsWith("decoration-")) {
            decorations.push({ class: decorationClass(name.slice("decoration-".length)), condition: value });
        }
    }
    return decorations;
}

function decorationClass(name) {
    return { bf: "fw-bold", it: "fst-italic" }[name] || `text-${name}`;
}

/** Class that a decoration gives. */
export function getClassNameFromDecoration(decoration) {
    return decorationClass(decoration);
}

/** A button of an arch as data. */
export function processButton(node) {
    const withDefault = { close: (val) => exprToBoolean(val, false), context: (val) => val || "{}" };
    const clickParams = {};
    const attrs = {};
    for (const { name, value } of node.attributes) {
        if (BUTTON_CLICK_PARAMS.includes(name)) {
            clickParams[name] = withDefault[name] ? withDefault[name](value) : value;
        } else {
            attrs[name] = value;
        }
    }
    return {
        tag: node.tagName === "a" ? "a" : "button",
        className: node.getAttribute("class") || "",
        disabled: Boolean(node.getAttribute("disabled")),
        icon: node.getAttribute("icon") || false,
        title: node.getAttribute("title") || undefined,
        string: node.getAttribute("string") || undefined,
        options: JSON.parse(node.getAttribute("options") || "{}"),
        display: node.getAttribute("display") || "selection",
        clickParams,
        column_invisible: node.getAttribute("column_invisible"),
        invisible: node.getAttribute("invisible"),
        readonly: node.getAttribute("readonly"),
        required: node.getAttribute("required"),
        attrs,
    };
}

/** Tell whether a field holds several records. */
export function isX2Many(field) {
    return Boolean(field) && X2M_TYPES.includes(field.type);
}

/** Tell whether there is no value at all, as opposed to an empty one. */
export function isNull(value) {
    return value === null || value === undefined;
}

/** Whether a field takes part in relations. */
export function isRelational(field) {
    return RELATIONAL_TYPES.includes(field.type);
}

/** Text "name desc, other" -> `[{name, asc}]`. */
export function stringToOrderBy(string) {
    if (!string) {
        return [];
    }
    return string.split(",").map((part) => {
        const [name, direction] = part.trim().split(/\s+/);
        return { name, asc: direction?.toLowerCase() !== "desc" };
    });
}

/** `js_class` of an arch. */
export function getJsClass(arch) {
    return arch.getAttribute("js_class");
}

/** Names of the fields in an arch, without those of sub-views. */
export function archFieldNames(xmlDoc) {
    const names = [];
    visitXML(xmlDoc, (node) => {
        if (node.tagName === "field") {
            names.push(node.getAttribute("name"));
            return false;
        }
    });
    return unique(names);
}

/** Format a value of the record by its type. */
export function getFormattedValue(record, fieldName, fieldInfo, formatters) {
    const field = record.fields[fieldName];
    const formatter = formatters.get(fieldInfo?.widget, null) || formatters.get(field.type, (val) => val);
    const options = formatter.extractOptions ? formatter.extractOptions(fieldInfo) : {};
    return formatter(record.data[fieldName], {
        ...options,
        data: record.data,
        field,
        isPassword: fieldInfo && "password" in (fieldInfo.attrs || {}),
    });
}

/** Truth of a modifier (Python text or boolean) with the record's values. */
export function evalModifier(modifier, evalContext) {
    if (typeof modifier === "boolean") {
        return modifier;
    }
    return evaluateBooleanExpr(modifier, evalContext);
}

/** Text that is safe inside an Owl expression. */
export function toStringExpression(text) {
    return `\`${String(text).replace(/\\/g, "\\\\").replace(/`/g, "\\`").replace(/\$\{/g, "\\${")}\``;
}
