import { exprToBoolean } from "@web/core/utils/booleans";
import { visitXML } from "@web/core/utils/xml";
import { Field } from "@web/views/fields/field";
import { getActiveActions, getDecoration, getOpenAction, processButton, stringToOrderBy } from "@web/views/utils";
import { Widget } from "@web/views/widgets/widget";

/** Reads the arch of a list. */
export class ListArchParser {
    /** @returns {Object} */
    parseFieldNode(node, models, modelName) {
        return Field.parseFieldNode(node, models, modelName, "list");
    }

    parseWidgetNode(node) {
        return Widget.parseWidgetNode(node);
    }

    processButton(node) {
        return { ...processButton(node), type: "button" };
    }

    /** @returns {Object} columns, fields, buttons and options of the list */
    parse(xmlDoc, models, modelName) {
        const activeActions = {
            ...getActiveActions(xmlDoc),
            exportXlsx: exprToBoolean(xmlDoc.getAttribute("export_xlsx"), true),
        };
        const archInfo = {
            xmlDoc,
            activeActions,
            className: xmlDoc.getAttribute("class") || null,
            columns: [],
            controls: [],
            decorations: getDecoration(xmlDoc),
            defaultOrder: stringToOrderBy(xmlDoc.getAttribute("default_order")),
            editable: xmlDoc.getAttribute("editable") || "",
            fieldNodes: {},
            widgetNodes: {},
            groupBy: { buttons: {}, fields: {} },
            headerButtons: [],
            multiEdit: activeActions.edit && exprToBoolean(xmlDoc.getAttribute("multi_edit")),
            noOpen: exprToBoolean(xmlDoc.getAttribute("no_open")),
            openAction: getOpenAction(xmlDoc),
            openFormView: exprToBoolean(xmlDoc.getAttribute("open_form_view")),
            rawExpand: xmlDoc.getAttribute("expand"),
            limit: Number(xmlDoc.getAttribute("limit")) || undefined,
            countLimit: Number(xmlDoc.getAttribute("count_limit")) || undefined,
            groupsLimit: Number(xmlDoc.getAttribute("groups_limit")) || undefined,
            defaultGroupBy: xmlDoc.getAttribute("default_group_by")?.split(",") || null,
        };
        this.state = { nextId: 0, buttonGroup: null, fieldNextIds: {} };
        visitXML(xmlDoc, (node) => this.visit(node, archInfo, models, modelName));
        archInfo.handleField = archInfo.columns.find((column) => column.widget === "handle")?.name || null;
        if (!archInfo.defaultOrder.length && archInfo.handleField) {
            archInfo.defaultOrder = stringToOrderBy(`${archInfo.handleField}, id`);
        }
        return archInfo;
    }

    visit(node, archInfo, models, modelName) {
        const { tagName } = node;
        if (tagName !== "button") {
            this.state.buttonGroup = null;
        }
        if (tagName === "button") {
            this.visitButton(node, archInfo);
        } else if (tagName === "field") {
            this.visitField(node, archInfo, models, modelName);
            return false;
        } else if (tagName === "widget") {
            this.visitWidget(node, archInfo);
        } else if (tagName === "groupby") {
            return false;
        } else if (tagName === "header") {
            archInfo.headerButtons = [...node.children]
                .filter((child) => child.tagName === "button")
                .map((child) => ({ ...this.processButton(child), id: this.state.nextId++ }))
                .filter((button) => button.invisible !== "True" && button.invisible !== "1");
            return false;
        } else if (tagName === "control") {
            for (const child of node.children) {
                archInfo.controls.push(this.control(child));
            }
            return false;
        }
        return undefined;
    }

    control(node) {
        if (node.tagName === "button") {
            return { type: "button", ...this.processButton(node) };
        }
        const { context, string } = { context: node.getAttribute("context"), string: node.getAttribute("string") };
        return { type: "create", context, string, invisible: node.getAttribute("invisible") };
    }

    visitButton(node, archInfo) {
        const button = { ...this.processButton(node), defaultRank: "btn-link", id: this.state.nextId++ };
        const { buttonGroup } = this.state;
        const width = button.attrs.width;
        if (buttonGroup && buttonGroup.column_invisible === button.column_invisible && !button.attrs.width) {
            buttonGroup.buttons.push(button);
            return;
        }
        this.state.buttonGroup = {
            id: `column_${this.state.nextId++}`,
            type: "button_group",
            buttons: [button],
            hasLabel: false,
            column_invisible: button.column_invisible,
            attrs: { width },
        };
        archInfo.columns.push(this.state.buttonGroup);
    }

    visitField(node, archInfo, models, modelName) {
        const fieldInfo = this.parseFieldNode(node, models, modelName);
        const { name } = fieldInfo;
        this.state.fieldNextIds[name] ??= 0;
        const fieldId = `${name}_${this.state.fieldNextIds[name]++}`;
        archInfo.fieldNodes[fieldId] = fieldInfo;
        node.setAttribute("field_id", fieldId);
        const { field, widget } = fieldInfo;
        archInfo.columns.push({
            ...fieldInfo,
            type: "field",
            id: `column_${this.state.nextId++}`,
            fieldId,
            fieldType: fieldInfo.type,
            className: node.getAttribute("class"),
            hasLabel: !field.noLabel && !exprToBoolean(fieldInfo.attrs.nolabel),
            label: (widget && field.label?.toString()) || fieldInfo.string,
            optional: node.getAttribute("optional") || false,
        });
    }

    visitWidget(node, archInfo) {
        const widgetInfo = this.parseWidgetNode(node);
        const widgetId = `widget_${this.state.nextId++}`;
        archInfo.widgetNodes[widgetId] = widgetInfo;
        node.setAttribute("widget_id", widgetId);
        archInfo.columns.push({
            ...widgetInfo,
            props: { hasLabel: Boolean(widgetInfo.attrs.string) },
            id: `column_${this.state.nextId++}`,
            widgetId,
            type: "widget",
            hasLabel: false,
            optional: node.getAttribute("optional") || false,
        });
    }
}
