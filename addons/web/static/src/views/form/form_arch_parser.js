import { exprToBoolean } from "@web/core/utils/booleans";
import { visitXML } from "@web/core/utils/xml";
import { Field } from "@web/views/fields/field";
import { getActiveActions } from "@web/views/utils";
import { Widget } from "@web/views/widgets/widget";

/** Reads the arch of a form. */
export class FormArchParser {
    parseFieldNode(node, models, modelName, jsClass) {
        return Field.parseFieldNode(node, models, modelName, "form", jsClass);
    }

    parseWidgetNode(node) {
        return Widget.parseWidgetNode(node);
    }

    /** @returns {{activeActions: Object, autofocusFieldId: string|undefined, autofocusFieldIds: string[], disableAutofocus: boolean, fieldNodes: Object, widgetNodes: Object, xmlDoc: Element}} */
    parse(xmlDoc, models, modelName) {
        const jsClass = xmlDoc.getAttribute("js_class");
        const disableAutofocus = exprToBoolean(xmlDoc.getAttribute("disable_autofocus") || "");
        const fieldNodes = {};
        const widgetNodes = {};
        const autofocusFieldIds = [];
        const nextIds = {};
        let nextWidgetId = 0;
        visitXML(xmlDoc, (node) => {
            if (node.tagName === "field") {
                const fieldInfo = this.parseFieldNode(node, models, modelName, jsClass);
                const { name } = fieldInfo;
                nextIds[name] ??= 0;
                const fieldId = `${name}_${nextIds[name]++}`;
                fieldNodes[fieldId] = fieldInfo;
                node.setAttribute("field_id", fieldId);
                if (exprToBoolean(node.getAttribute("default_focus") || "")) {
                    autofocusFieldIds.push(node.getAttribute("id") || fieldId);
                }
                return false;
            }
            if (node.tagName === "widget") {
                const widgetId = `widget_${++nextWidgetId}`;
                widgetNodes[widgetId] = this.parseWidgetNode(node);
                node.setAttribute("widget_id", widgetId);
            }
            return undefined;
        });
        const { fields } = models[modelName] || {};
        const hasProperties = Object.values(fieldNodes).some(({ name }) => fields?.[name]?.type === "properties");
        return {
            activeActions: { ...getActiveActions(xmlDoc), addPropertyFieldValue: hasProperties },
            autofocusFieldId: autofocusFieldIds[0],
            autofocusFieldIds,
            disableAutofocus,
            fieldNodes,
            widgetNodes,
            xmlDoc,
        };
    }
}
