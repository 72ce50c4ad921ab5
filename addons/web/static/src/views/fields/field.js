import { Component, xml } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { evaluateExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { utils } from "@web/core/ui/ui_service";
import { exprToBoolean } from "@web/core/utils/booleans";
import { getFieldContext } from "@web/model/relational_model/utils";
import { evalModifier, getClassNameFromDecoration, X2M_TYPES } from "@web/views/utils";
import { getTooltipInfo } from "@web/views/fields/field_tooltip";

const viewRegistry = registry.category("views");
const fieldRegistry = registry.category("fields");

fieldRegistry.addValidation({
    component: Function,
    supportedTypes: { type: Array, element: String, optional: true },
    extractProps: { type: Function, optional: true },
    isEmpty: { type: Function, optional: true },
    "*": true,
});

class DefaultField extends Component {
    static template = xml`<span t-esc="props.record.data[props.name]"/>`;
    static props = ["*"];
}

/**
 * Component description of a field: by js class or view type prefix, then widget, then type.
 *
 * @returns {{component: typeof Component}}
 */
export function getFieldFromRegistry(fieldType, widget, viewType, jsClass) {
    const prefixes = [jsClass, viewType, ""].filter((prefix) => prefix !== undefined && prefix !== null);
    const find = (name) => {
        for (const prefix of prefixes) {
            const key = prefix ? `${prefix}.${name}` : name;
            if (fieldRegistry.contains(key)) {
                return fieldRegistry.get(key);
            }
        }
    };
    return (widget && find(widget)) || find(fieldType) || { component: DefaultField };
}

/** Set invalid, empty, readonly and required of a field for its classes and its label. */
export function fieldVisualFeedback(field, record, fieldName, fieldInfo) {
    const readonly = evalModifier(fieldInfo.readonly, record.evalContextWithVirtualIds);
    const required = evalModifier(fieldInfo.required, record.evalContextWithVirtualIds);
    const inEdit = record.isInEdition;
    let empty = !record.isNew;
    if ("isEmpty" in field) {
        empty = empty && field.isEmpty(record, fieldName);
    } else {
        const value = record.data[fieldName];
        const { type } = record.fields[fieldName];
        empty = empty && !value && value !== 0 && type !== "boolean";
    }
    empty = inEdit ? empty && readonly : empty;
    return { readonly, required, invalid: record.isFieldInvalid(fieldName), empty };
}

/** Read the children views of an x2many node. */
function parseSubViews(node, fieldInfo, models, field) {
    const views = {};
    let viewMode = node.getAttribute("mode")?.replace("tree", "list");
    for (const child of node.children) {
        const viewType = child.tagName === "tree" ? "list" : child.tagName;
        const { ArchParser } = viewRegistry.get(viewType, {});
        if (!ArchParser) {
            continue;
        }
        const childCopy = child.cloneNode(true);
        const archInfo = new ArchParser().parse(childCopy, models, field.relation);
        views[viewType] = { ...archInfo, limit: archInfo.limit || 40, fields: models[field.relation].fields };
    }
    if (!viewMode) {
        if (views.list && !views.kanban) {
            viewMode = "list";
        } else if (!views.list && views.kanban) {
            viewMode = "kanban";
        } else {
            viewMode = "list,kanban";
        }
    }
    if (viewMode.includes(",")) {
        viewMode = utils.isSmall() ? "kanban" : "list";
    }
    fieldInfo.viewMode = viewMode;
    if (Object.keys(views).length) {
        fieldInfo.views = views;
    }
}

/** A field of a record with its widget. */
export class Field extends Component {
    static template = "web.Field";
    static props = ["fieldInfo?", "*"];

    static parseFieldNode(node, models, modelName, viewType, jsClass) {
        const name = node.getAttribute("name");
        const widget = node.getAttribute("widget");
        const { fields } = models[modelName];
        if (!fields[name]) {
            throw new Error(`"${modelName}"."${name}" field is undefined.`);
        }
        const field = getFieldFromRegistry(fields[name].type, widget, viewType, jsClass);
        const fieldInfo = {
            name,
            type: fields[name].type,
            viewType,
            widget,
            field,
            context: "{}",
            string: fields[name].string,
            help: undefined,
            onChange: false,
            forceSave: false,
            options: {},
            decorations: {},
            attrs: {},
            domain: undefined,
        };
        for (const attr of ["invisible", "column_invisible", "readonly", "required"]) {
            fieldInfo[attr] = node.getAttribute(attr);
        }
        // what the model says holds unless the arch says otherwise
        if (fieldInfo.readonly === null && fields[name].readonly) {
            fieldInfo.readonly = "True";
        }
        if (fieldInfo.required === null && fields[name].required) {
            fieldInfo.required = "True";
        }
        for (const { name: attr, value } of node.attributes) {
            if (attr === "context") {
                fieldInfo.context = value;
            } else if (attr === "on_change") {
                fieldInfo.onChange = exprToBoolean(value);
            } else if (attr === "options") {
                fieldInfo.options = evaluateExpr(value);
            } else if (attr === "force_save") {
                fieldInfo.forceSave = exprToBoolean(value);
            } else if (attr === "domain") {
                fieldInfo.domain = value;
            } else if (attr === "string" || attr === "help") {
                fieldInfo[attr] = value;
            } else if (attr.startsWith("decoration-")) {
                fieldInfo.decorations[attr.slice("decoration-".length)] = value;
            } else if (!["invisible", "column_invisible", "readonly", "required", "name", "widget"].includes(attr)) {
                fieldInfo.attrs[attr] = value;
            }
        }
        if (widget === "handle") {
            fieldInfo.isHandle = true;
        }
        if (X2M_TYPES.includes(fields[name].type)) {
            parseSubViews(node, fieldInfo, models, fields[name]);
        }
        fieldInfo.fieldDependencies = callOrValue(field.fieldDependencies, { ...fieldInfo, field: fields[name] }) || [];
        const related = callOrValue(field.relatedFields, fieldInfo);
        if (related) {
            fieldInfo.relatedFields = related;
        }
        return fieldInfo;
    }

    get field() {
        if (this.props.fieldInfo) {
            return this.props.fieldInfo.field;
        }
        const type = this.props.type || this.props.record.fields[this.props.name].type;
        return getFieldFromRegistry(this.props.record.fields[this.props.name]?.type, type);
    }

    get classNames() {
        const { class: _class, fieldInfo, name, record, type } = this.props;
        const { readonly, required, invalid, empty } = fieldVisualFeedback(this.field, record, name, fieldInfo || {});
        const widget = fieldInfo?.widget || type || record.fields[name].type;
        const classNames = {
            o_field_widget: true,
            o_readonly_modifier: readonly,
            o_required_modifier: required,
            o_field_invalid: invalid,
            o_field_empty: empty,
            [`o_field_${widget}`]: true,
            [_class]: Boolean(_class),
        };
        for (const extra of this.field.additionalClasses || []) {
            classNames[extra] = true;
        }
        for (const [decoration, expression] of Object.entries(fieldInfo?.decorations || {})) {
            const key = getClassNameFromDecoration(decoration);
            classNames[key] = evalModifier(expression, record.evalContextWithVirtualIds);
        }
        return classNames;
    }

    get fieldComponentProps() {
        const { record, fieldInfo } = this.props;
        const readonlyFromModifiers = evalModifier(fieldInfo?.readonly, record.evalContextWithVirtualIds) || false;
        let propsFromNode = {};
        if (fieldInfo && this.field.extractProps) {
            const readonly = readonlyFromModifiers;
            const dynamicInfo = {
                get context() {
                    return getFieldContext(record, fieldInfo.name, fieldInfo.context);
                },
                domain() {
                    const { evalContext } = record;
                    if (fieldInfo.domain) {
                        return new Domain(evaluateExpr(fieldInfo.domain, evalContext)).toList();
                    }
                },
                required: evalModifier(fieldInfo.required, record.evalContextWithVirtualIds),
                readonly,
            };
            propsFromNode = this.field.extractProps(fieldInfo, dynamicInfo);
        }
        const props = { ...this.props };
        for (const key of ["style", "class", "showTooltip", "fieldInfo", "attrs", "type", "readonly"]) {
            delete props[key];
        }
        return {
            readonly: !record.isInEdition || readonlyFromModifiers,
            ...propsFromNode,
            ...props,
            ...(this.props.readonly !== undefined ? { readonly: this.props.readonly } : {}),
        };
    }

    get tooltip() {
        if (this.props.showTooltip) {
            return getTooltipInfo({
                field: this.props.record.fields[this.props.name],
                fieldInfo: this.props.fieldInfo,
            });
        }
        return false;
    }
}

function callOrValue(value, ...args) {
    return typeof value === "function" ? value(...args) : value;
}
