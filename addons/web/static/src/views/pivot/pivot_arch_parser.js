import { exprToBoolean } from "@web/core/utils/booleans";
import { visitXML } from "@web/core/utils/xml";

/**
 * How attributes of the root are read: the name in the description, and what becomes of the text.
 *
 * @type {Object<string, [string, (text: string) => any]>}
 */
const ROOT_ATTRIBUTES = {
    default_order: ["defaultOrder", String],
    disable_linking: ["disableLinking", exprToBoolean],
    display_quantity: ["displayQuantity", exprToBoolean],
    string: ["title", String],
};

/** What the root of a pivot table says; what it does not mention is left out. */
function readRoot(root) {
    const given = Object.entries(ROOT_ATTRIBUTES).filter(([attribute]) => root.getAttribute(attribute));
    return Object.fromEntries(given.map(([attribute, [key, read]]) => [key, read(root.getAttribute(attribute))]));
}

/** Reads the arch of pivot tables. */
export class PivotArchParser {
    /**
     * @param {Element} arch
     * @returns {{activeMeasures: string[], colGroupBys: string[], rowGroupBys: string[], defaultOrder: string|null,
     *   fieldAttrs: Object, widgets: Object, disableLinking?: boolean, displayQuantity?: boolean, title?: string}}
     */
    parse(arch) {
        const lists = { activeMeasures: [], colGroupBys: [], rowGroupBys: [] };
        /** @type {any} */
        const archInfo = { ...lists, defaultOrder: null, fieldAttrs: {}, widgets: {} };
        visitXML(arch, (node) => {
            if (node.tagName === "pivot") {
                Object.assign(archInfo, readRoot(node));
            } else if (node.tagName === "field") {
                this.visitField(node, archInfo);
            }
        });
        if (archInfo.displayQuantity) {
            archInfo.activeMeasures.unshift("__count");
        }
        if (!archInfo.activeMeasures.length) {
            archInfo.activeMeasures.push("__count");
        }
        return archInfo;
    }

    /** Take a field as a measure, or as something to group rows or columns by. */
    visitField(node, archInfo) {
        const read = (name) => node.getAttribute(name);
        const [name, interval, kind] = [read("name"), read("interval"), read("type")];
        if (read("string")) {
            archInfo.fieldAttrs[name] = { string: read("string") };
        }
        if (["1", "True", "true"].includes(read("invisible"))) {
            archInfo.fieldAttrs[name] = { ...archInfo.fieldAttrs[name], isInvisible: true };
            return;
        }
        const spec = interval ? `${name}:${interval}` : name;
        if (kind === "measure" || read("operator")) {
            archInfo.activeMeasures.push(name);
            if (read("widget")) {
                archInfo.widgets[name] = read("widget");
            }
        } else if (kind === "col") {
            archInfo.colGroupBys.push(spec);
        } else if (kind === "row") {
            archInfo.rowGroupBys.push(spec);
        }
    }
}
