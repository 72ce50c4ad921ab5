import { visitXML } from "@web/core/utils/xml";
import { Field } from "@web/views/fields/field";
import { getActiveActions } from "@web/views/utils";
import { Widget } from "@web/views/widgets/widget";

/** Pictures of records are asked for anew when the record was changed. */
const WRITTEN = { attrs: {}, name: "write_date", options: {}, type: "datetime" };

/** Whether a node shows the picture of a record. */
function showsPicture(node) {
    return node.tagName === "img" && /\bactivity_image\b/.test(node.getAttribute("t-att-src") || "");
}

/** Reads the arch of a view of activities. */
export class ActivityArchParser {
    /** @returns {Object} templates, fields and title */
    parse(xmlDoc, models, modelName) {
        const found = { counts: {}, fieldNodes: {}, templateDocs: {}, widgetNodes: {} };
        const jsClass = xmlDoc.getAttribute("js_class");
        visitXML(xmlDoc, (node) => {
            const name = node.getAttribute("t-name");
            if (name) {
                found.templateDocs[name] = node;
            }
            if (node.tagName === "field") {
                this.readField(node, Field.parseFieldNode(node, models, modelName, "activity", jsClass), found);
                return false;
            }
            if (node.tagName === "widget") {
                const widgetId = `widget_${Object.keys(found.widgetNodes).length + 1}`;
                node.setAttribute("widget_id", widgetId);
                found.widgetNodes[widgetId] = Widget.parseWidgetNode(node);
            }
            if (showsPicture(node) && models[modelName].fields.write_date) {
                found.fieldNodes.write_date_0 ??= WRITTEN;
            }
            return undefined;
        });
        const { fieldNodes, templateDocs, widgetNodes } = found;
        return {
            activeActions: getActiveActions(xmlDoc),
            fieldNodes,
            templateDocs,
            title: xmlDoc.getAttribute("string"),
            widgetNodes,
        };
    }

    /** Keep a field under an id that its node has from now on, too. */
    readField(node, info, { counts, fieldNodes }) {
        counts[info.name] = (counts[info.name] ?? -1) + 1;
        const fieldId = `${info.name}_${counts[info.name]}`;
        node.setAttribute("field_id", fieldId);
        fieldNodes[fieldId] = info;
    }
}
