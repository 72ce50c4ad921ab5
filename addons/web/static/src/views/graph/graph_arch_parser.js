import { exprToBoolean } from "@web/core/utils/booleans";
import { visitXML } from "@web/core/utils/xml";
import { GROUPABLE_TYPES } from "@web/search/utils/misc";

const MODES = ["bar", "line", "pie"];
const ORDERS = ["ASC", "DESC"];

/** What the root of a graph says; what it does not mention is left out. */
function readRoot(node, archInfo) {
    const [mode, order, title] = ["type", "order", "string"].map((name) => node.getAttribute(name));
    if (MODES.includes(mode)) {
        archInfo.mode = mode;
    }
    if (ORDERS.includes(order?.toUpperCase())) {
        archInfo.order = order.toUpperCase();
    }
    if (title) {
        archInfo.title = title;
    }
    const flags = { stacked: "stacked", cumulated: "cumulated", cumulatedStart: "cumulated_start" };
    for (const [key, name] of Object.entries({ ...flags, disableLinking: "disable_linking" })) {
        if (node.hasAttribute(name)) {
            archInfo[key] = exprToBoolean(node.getAttribute(name));
        }
    }
}

/** What a field of a graph says of its looks. */
function readAttrs(node) {
    const attrs = {};
    for (const name of ["string", "widget"]) {
        if (node.hasAttribute(name)) {
            attrs[name] = node.getAttribute(name);
        }
    }
    if (["1", "True", "true"].includes(node.getAttribute("invisible"))) {
        attrs.isInvisible = true;
    }
    return attrs;
}

/** Reads the arch of graphs. */
export class GraphArchParser {
    /**
     * @param {Element} arch
     * @param {Object} fields
     * @returns {{fields: Object, fieldAttrs: Object, groupBy: string[], measures: string[], measure?: string,
     *   mode?: string, order?: string, stacked?: boolean, cumulated?: boolean, cumulatedStart?: boolean,
     *   disableLinking?: boolean, title?: string}}
     */
    parse(arch, fields = {}) {
        const archInfo = { fields, fieldAttrs: {}, groupBy: [], measures: [] };
        visitXML(arch, (node) => {
            if (node.tagName === "graph") {
                readRoot(node, archInfo);
            } else if (node.tagName === "field") {
                this.visitField(node, archInfo);
            }
        });
        return archInfo;
    }

    /** Take a field as a measure, or as something to group by. */
    visitField(node, archInfo) {
        const name = node.getAttribute("name");
        if (name === "id") {
            return;
        }
        const attrs = readAttrs(node);
        if (Object.keys(attrs).length) {
            archInfo.fieldAttrs[name] = attrs;
        }
        if (node.getAttribute("type") === "measure") {
            archInfo.measures.push(name);
            archInfo.measure = name;
        } else if (GROUPABLE_TYPES.includes(archInfo.fields[name]?.type)) {
            const interval = node.getAttribute("interval");
            archInfo.groupBy.push(interval ? `${name}:${interval}` : name);
        }
    }
}
