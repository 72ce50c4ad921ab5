/** Reading the node of a field in an arch. */
import { evaluateExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { utils } from "@web/core/ui/ui_service";
import { exprToBoolean } from "@web/core/utils/booleans";

const DECORATION = "decoration-";

/**
 * Attributes that every field knows: where their value goes, and how it is read. Others belong to the widget.
 *
 * @type {Map<string, [string, ((text: string) => any)?]>}
 */
const ATTRIBUTES = new Map([
    ["name", ["name"]],
    ["widget", ["widget"]],
    ["string", ["string"]],
    ["help", ["help"]],
    ["invisible", ["invisible"]],
    ["column_invisible", ["column_invisible"]],
    ["readonly", ["readonly"]],
    ["required", ["required"]],
    ["domain", ["domain"]],
    ["context", ["context"]],
    ["options", ["options", evaluateExpr]],
    ["force_save", ["forceSave", exprToBoolean]],
    ["on_change", ["onChange", exprToBoolean]],
]);

/** @throws {Error} that says which attribute of which field is wrong */
function readValue(read, node, name) {
    try {
        return read(node.getAttribute(name));
    } catch (error) {
        const field = node.getAttribute("name");
        throw new Error(`The attribute "${name}" of the field "${field}" cannot be read: ${error.message}`, {
            cause: error,
        });
    }
}

/**
 * What the attributes of a field's node say.
 *
 * @param {Element} node
 * @param {Object} definition of the field in its model, which holds unless the node says otherwise
 * @returns {Object}
 */
export function readAttributes(node, definition) {
    const info = {
        widget: null,
        string: definition.string,
        help: undefined,
        invisible: null,
        column_invisible: null,
        readonly: definition.readonly ? "True" : null,
        required: definition.required ? "True" : null,
        domain: undefined,
        context: "{}",
        options: {},
        forceSave: false,
        onChange: false,
        decorations: {},
        attrs: {},
    };
    for (const { name, value } of node.attributes) {
        const [key, read] = ATTRIBUTES.get(name) || [];
        if (name === "string") {
            // what the node itself says differs from the label of the definition
            info.attrs.string = value;
        }
        if (key) {
            info[key] = read ? readValue(read, node, name) : value;
        } else if (name.startsWith(DECORATION)) {
            info.decorations[name.slice(DECORATION.length)] = value;
        } else {
            info.attrs[name] = value;
        }
    }
    if (info.name === "id") {
        // whatever an arch says, nobody changes it
        info.readonly = "True";
    }
    return info;
}

const viewType = (name) => (name === "tree" ? "list" : name);

/**
 * The views inside the node of a relation to many, and which of them shows the lines on this screen.
 *
 * @param {Element} node
 * @param {string} relation model of the lines
 * @param {Object} models fields of all models that the arch is about
 * @returns {{viewMode: string, views?: Object}}
 */
export function readSubViews(node, relation, models) {
    const views = {};
    for (const child of node.children) {
        const type = viewType(child.tagName);
        const { ArchParser } = registry.category("views").get(type, {});
        if (ArchParser) {
            // parsers take nodes apart
            const archInfo = new ArchParser().parse(child.cloneNode(true), models, relation);
            views[type] = { ...archInfo, fields: models[relation].fields, limit: archInfo.limit || 40 };
        }
    }
    const viewMode = subViewMode(node.getAttribute("mode"), views);
    return Object.keys(views).length ? { viewMode, views } : { viewMode };
}

/** A list where there is room, cards elsewhere, unless only one of them is meant. */
function subViewMode(declared, views) {
    const lineViews = ["list", "kanban"];
    const given = lineViews.filter((type) => type in views);
    const modes = declared ? declared.split(",").map(viewType) : given.length === 1 ? given : lineViews;
    if (modes.length === 1) {
        return modes[0];
    }
    return utils.isSmall() ? "kanban" : "list";
}
