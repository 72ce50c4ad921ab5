import { evaluateExpr } from "@web/core/py_js/py";
import { exprToBoolean } from "@web/core/utils/booleans";
import { visitXML } from "@web/core/utils/xml";
import { Field } from "@web/views/fields/field";
import { getActiveActions, getOpenAction, processButton, stringToOrderBy } from "@web/views/utils";
import { Widget } from "@web/views/widgets/widget";

/** Names of the templates that an arch may hold. */
export const KANBAN_CARD_ATTRIBUTE = "card";
export const KANBAN_MENU_ATTRIBUTE = "menu";
export const LEGACY_KANBAN_BOX_ATTRIBUTE = "kanban-box";
export const LEGACY_KANBAN_MENU_ATTRIBUTE = "kanban-menu";

const NAMES_OF_TODAY = {
    [LEGACY_KANBAN_BOX_ATTRIBUTE]: KANBAN_CARD_ATTRIBUTE,
    [LEGACY_KANBAN_MENU_ATTRIBUTE]: KANBAN_MENU_ATTRIBUTE,
};

/** Reads the arch of a kanban. */
export class KanbanArchParser {
    /** @returns {Object} card templates, fields and options */
    parse(xmlDoc, models, modelName) {
        const jsClass = xmlDoc.getAttribute("js_class");
        const fieldNodes = {};
        const widgetNodes = {};
        const nextIds = {};
        let nextWidgetId = 0;
        /** @type {{progressAttributes: Object|false, controls: Object[], headerButtons: Object[]}} */
        const state = { progressAttributes: false, controls: [], headerButtons: [] };
        visitXML(xmlDoc, (node) => {
            if (node.tagName === "field") {
                const { type } = models[modelName].fields[node.getAttribute("name")] || {};
                if (type === "many2many" && !node.hasAttribute("widget")) {
                    node.setAttribute("widget", "many2many_tags");
                }
                const fieldInfo = Field.parseFieldNode(node, models, modelName, "kanban", jsClass);
                const { name } = fieldInfo;
                nextIds[name] ??= 0;
                const fieldId = `${name}_${nextIds[name]++}`;
                fieldNodes[fieldId] = fieldInfo;
                node.setAttribute("field_id", fieldId);
                return false;
            }
            if (node.tagName === "widget") {
                const widgetId = `widget_${++nextWidgetId}`;
                widgetNodes[widgetId] = Widget.parseWidgetNode(node);
                node.setAttribute("widget_id", widgetId);
            } else if (node.tagName === "progressbar") {
                state.progressAttributes = this.parseProgressBar(node, models[modelName].fields);
            } else if (node.tagName === "header") {
                state.headerButtons = [...node.children]
                    .filter((child) => child.tagName === "button")
                    .map((child, id) => ({ ...processButton(child), type: "button", id }));
                return false;
            } else if (node.tagName === "control") {
                for (const child of node.children) {
                    state.controls.push({
                        type: child.tagName === "button" ? "button" : "create",
                        context: child.getAttribute("context"),
                        string: child.getAttribute("string"),
                    });
                }
                return false;
            }
            return undefined;
        });
        return {
            ...this.parseAttributes(xmlDoc),
            ...state,
            creates: state.controls,
            fieldNodes,
            widgetNodes,
            templateDocs: this.templatesOf(xmlDoc),
            xmlDoc,
        };
    }

    parseAttributes(xmlDoc) {
        const flag = (name, fallback) => exprToBoolean(xmlDoc.getAttribute(name) || "", fallback);
        const handle = [...xmlDoc.querySelectorAll("field[widget='handle']")][0]?.getAttribute("name") || null;
        const defaultOrder = stringToOrderBy(xmlDoc.getAttribute("default_order") || (handle && `${handle}, id`));
        const activeActions = {
            ...getActiveActions(xmlDoc),
            archiveGroup: flag("archivable", true),
            createGroup: flag("group_create", true),
            deleteGroup: flag("group_delete", true),
            editGroup: flag("group_edit", true),
            quickCreate: flag("quick_create", flag("create", true)),
        };
        return {
            activeActions,
            canOpenRecords: flag("can_open", true),
            canArchiveGroups: activeActions.archiveGroup,
            className: xmlDoc.getAttribute("class") || null,
            cardClassName: "",
            cardColorField: xmlDoc.getAttribute("highlight_color") || null,
            defaultGroupBy: xmlDoc.getAttribute("default_group_by")?.split(",") || null,
            defaultOrder,
            examples: xmlDoc.getAttribute("examples"),
            groupsDraggable: flag("groups_draggable", true),
            handleField: handle,
            limit: Number(xmlDoc.getAttribute("limit")) || undefined,
            countLimit: Number(xmlDoc.getAttribute("count_limit")) || undefined,
            onCreate: xmlDoc.getAttribute("on_create") || null,
            openAction: getOpenAction(xmlDoc),
            quickCreateView: xmlDoc.getAttribute("quick_create_view") || null,
            recordsDraggable: flag("records_draggable", true),
        };
    }

    templatesOf(xmlDoc) {
        const docs = {};
        const legacy = [LEGACY_KANBAN_BOX_ATTRIBUTE, LEGACY_KANBAN_MENU_ATTRIBUTE];
        for (const template of xmlDoc.querySelectorAll("templates > [t-name]")) {
            const name = template.getAttribute("t-name");
            docs[name] = template;
            if (legacy.includes(name)) {
                console.warn(`The template "${name}" of a kanban is called "${NAMES_OF_TODAY[name]}" today.`);
            }
        }
        docs.card ??= docs[LEGACY_KANBAN_BOX_ATTRIBUTE];
        if (!docs.card) {
            throw new Error(`Missing '${KANBAN_CARD_ATTRIBUTE}' template.`);
        }
        delete docs[LEGACY_KANBAN_BOX_ATTRIBUTE];
        docs.menu ??= docs[LEGACY_KANBAN_MENU_ATTRIBUTE];
        if (!docs.menu) {
            delete docs.menu;
        }
        delete docs[LEGACY_KANBAN_MENU_ATTRIBUTE];
        return docs;
    }

    parseProgressBar(node, fields) {
        const sumName = node.getAttribute("sum_field");
        const colors = node.getAttribute("colors");
        return {
            fieldName: node.getAttribute("field"),
            colors: colors ? evaluateExpr(colors) : {},
            sumField: fields[sumName] || false,
            help: node.getAttribute("help"),
        };
    }
}
