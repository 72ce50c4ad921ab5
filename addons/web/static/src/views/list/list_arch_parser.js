import { exprToBoolean } from "@web/core/utils/booleans";
import { visitXML } from "@web/core/utils/xml";
import { Field } from "@web/views/fields/field";
import { getActiveActions, getDecoration, getOpenAction, processButton, stringToOrderBy } from "@web/views/utils";
import { Widget } from "@web/views/widgets/widget";

const NEVER = ["True", "1"];

/** Reads what a list shows in the rows of the groups of a many2one: fields and buttons of the records behind them. */
export class GroupListArchParser {
    /**
     * @param {Element} node `<groupby name="...">`
     * @param {Object} models descriptions of models by name
     * @param {string} modelName of the groups' records
     * @param {string} [jsClass]
     * @returns {{buttons: Object[], fieldNodes: Object}}
     */
    parse(node, models, modelName, jsClass) {
        const buttons = [];
        const fieldNodes = {};
        for (const child of node.children) {
            if (child.tagName === "button") {
                buttons.push({ ...processButton(child), type: "button", defaultRank: "btn-link", id: buttons.length });
            } else if (child.tagName === "field") {
                const fieldInfo = Field.parseFieldNode(child, models, modelName, "list", jsClass);
                fieldNodes[fieldInfo.name] = fieldInfo;
                child.setAttribute("field_id", fieldInfo.name);
            }
        }
        return { buttons, fieldNodes };
    }
}

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
            this.visitGroupBy(node, archInfo, models, modelName);
            return false;
        } else if (tagName === "header") {
            archInfo.headerButtons = [...node.children]
                .filter((child) => child.tagName === "button")
                .map((child) => ({ ...this.processButton(child), id: this.state.nextId++ }))
                .filter(({ invisible }) => !NEVER.includes(invisible));
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

    visitGroupBy(node, archInfo, models, modelName) {
        const name = node.getAttribute("name");
        const field = models[modelName].fields[name];
        if (!field) {
            throw new Error(`The list groups by the field "${name}", which is unknown.`);
        }
        if (field.type === "many2one") {
            const parsed = new GroupListArchParser().parse(node, models, field.relation);
            archInfo.groupBy.buttons[name] = parsed.buttons;
            archInfo.groupBy.fields[name] = { fieldNodes: parsed.fieldNodes };
        }
    }

    /** Buttons that follow each other share a column; one with a width has a column of its own. */
    visitButton(node, archInfo) {
        const button = { ...this.processButton(node), defaultRank: "btn-link", id: this.state.nextId++ };
        const { buttonGroup } = this.state;
        const { width } = button.attrs;
        if (buttonGroup && !width) {
            buttonGroup.buttons.push(button);
            buttonGroup.column_invisible = conjunction(buttonGroup.column_invisible, button.column_invisible);
            return;
        }
        const column = {
            id: `column_${this.state.nextId++}`,
            type: "button_group",
            buttons: [button],
            hasLabel: false,
            column_invisible: button.column_invisible,
            attrs: { width },
        };
        this.state.buttonGroup = width ? null : column;
        archInfo.columns.push(column);
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

/** A column is hidden where all that it shows is. @returns {string|null} an expression; null: never hidden */
function conjunction(first, second) {
    if (!first || !second) {
        return null;
    }
    return first === second ? first : `(${first}) and (${second})`;
}
