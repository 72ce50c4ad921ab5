import { _t } from "@web/core/l10n/translation";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { unique } from "@web/core/utils/arrays";
import { exprToBoolean } from "@web/core/utils/booleans";
import { omit, pick } from "@web/core/utils/objects";
import { visitXML } from "@web/core/utils/xml";
import { getTooltipInfo } from "@web/views/fields/field_tooltip";

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

/**
 * How the icon of a button is shown.
 *
 * @param {string} iconString name in one of the fonts, "fa-..." or "oi-...", or the address of a picture
 * @returns {{tag: string, class: string, src?: string}}
 */
export function iconFromString(iconString) {
    const [font] = iconString.match(/^(fa|oi)(?=-)/) || [];
    return font
        ? { tag: "i", class: `o_button_icon ${font} ${font}-fw ${iconString}` }
        : { tag: "img", class: "", src: iconString };
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

/** How attributes of buttons are read that are no texts; context and modifiers are evaluated with each record. */
const BUTTON_READERS = {
    close: (text) => exprToBoolean(text, false),
    context: (text) => text || "{}",
    options: (text) => JSON.parse(text || "{}"),
};
const MODIFIERS = ["column_invisible", "invisible", "readonly", "required"];

/**
 * A button of an arch as data.
 *
 * @param {Element} node
 * @returns {Object} what the click does in `clickParams`, what is shown, its modifiers, and other attributes in `attrs`
 */
export function processButton(node) {
    const texts = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
    const read = (name, text) => (BUTTON_READERS[name] ? BUTTON_READERS[name](text) : text);
    const given = Object.entries(pick(texts, ...BUTTON_CLICK_PARAMS));
    return {
        attrs: omit(texts, ...BUTTON_CLICK_PARAMS),
        clickParams: Object.fromEntries(given.map(([name, text]) => [name, read(name, text)])),
        options: read("options", texts.options),
        tag: node.matches("a") ? "a" : "button",
        className: texts.class || "",
        display: texts.display || "selection",
        disabled: Boolean(texts.disabled),
        icon: texts.icon || false,
        string: texts.string || undefined,
        title: texts.title || undefined,
        ...Object.fromEntries(MODIFIERS.map((name) => [name, texts[name] ?? null])),
        // in a row of a column that is hidden, there is no button either
        invisible: eitherOf(texts.column_invisible, texts.invisible),
    };
}

/** @returns {string|null} an expression that is true where one of two is; null: never */
function eitherOf(first, second) {
    const given = [first, second].filter((text) => text && !["False", "0"].includes(text));
    const always = given.find((text) => ["True", "1"].includes(text));
    return always || (given.length > 1 ? `(${given[0]}) or (${given[1]})` : (given[0] ?? second ?? null));
}

/** The action that a view names for opening its records, `{action, type}`; null when they open in a form. */
export function getOpenAction(rootNode) {
    const [action, type] = ["action", "type"].map((name) => rootNode.getAttribute(name));
    return action ? { action, type } : null;
}

/**
 * Parameters of `doActionButton` to open a record by the action of its view.
 *
 * @param {{action: string, type: string}} openAction
 * @param {Object} record
 * @returns {Object}
 */
export function openActionParams({ action, type }, record) {
    const onClose = () => record.model.root.load();
    return { name: action, type, onClose, ...pick(record, "resModel", "resId", "resIds", "context") };
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

/**
 * What the label of a field tells in its tooltip.
 *
 * @param {string} viewMode "form" or "list"
 * @param {{fields: Object, resModel: string}} datapoint the record or list that is shown
 * @param {Object} fieldInfo the field's node in the arch
 * @returns {string} for the template of the tooltip
 */
export function fieldTooltip(viewMode, { fields, resModel }, fieldInfo) {
    return getTooltipInfo({ viewMode, resModel, fieldInfo, field: fields[fieldInfo.name] });
}

/** Names of the classes whose condition holds. */
export function classesWhere(conditions) {
    return Object.keys(conditions).filter((name) => conditions[name]);
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

const NUMBERS = ["integer", "float", "monetary"];

/** Whether the values of a field are numbers. @param {{type: string}} field */
export function isNumeric({ type }) {
    return NUMBERS.includes(type);
}

/** Name of a measure; the number of records has had another one. @param {string} measure */
export function processMeasure(measure) {
    return measure === "__count__" ? "__count" : measure;
}

/** A text that nothing else is named by. @returns {string} */
export function uuid() {
    // randomUUID is for pages behind TLS only
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
        ""
    );
}

/**
 * Classes of the root of a view, each once.
 *
 * @param {string} viewType
 * @param {Element} [rootNode] root of the arch, with classes of its own
 * @param {string[]} [additionalClassList] come first
 * @returns {string}
 */
export function computeViewClassName(viewType, rootNode, additionalClassList = []) {
    const subType = rootNode?.getAttribute("js_class");
    const classes = [...additionalClassList, rootNode?.getAttribute("class"), "o_view_controller"];
    classes.push(`o_${viewType}_view`, subType && `o_${subType}_view`);
    return unique(classes.filter(Boolean).join(" ").split(/\s+/)).join(" ");
}

/**
 * What a report may measure: numbers that are stored and can be summed up, and the number of records last.
 *
 * @param {Object} fields
 * @param {Object<string, {string?: string, isInvisible?: boolean}>} fieldAttrs what the arch says of fields
 * @param {string[]} activeMeasures these are there whatever they are
 * @param {{sumAggregatorOnly?: boolean}} [options]
 * @returns {Object<string, Object>} descriptions by name
 */
export function computeReportMeasures(fields, fieldAttrs, activeMeasures, { sumAggregatorOnly = false } = {}) {
    const isMeasure = ([name, { aggregator, store, type }]) =>
        name !== "id" &&
        store &&
        NUMBERS.includes(type) &&
        (sumAggregatorOnly ? aggregator === "sum" : aggregator) &&
        !fieldAttrs[name]?.isInvisible;
    const names = Object.entries(fields)
        .filter(isMeasure)
        .map(([name]) => name);
    names.push(...activeMeasures.filter((name) => name !== "__count" && name in fields));
    const described = unique(names).map((name) => {
        const { string } = fieldAttrs[name] || {};
        return [name, string ? { ...fields[name], string } : fields[name]];
    });
    const label = (entry) => String(entry[1].string).toLowerCase();
    described.sort((first, second) => label(first).localeCompare(label(second)));
    const count = { name: "__count", string: _t("Count").toString(), type: "integer" };
    return Object.fromEntries([...described, ["__count", count]]);
}
