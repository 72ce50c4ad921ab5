import { Component, xml } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { evaluateExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { omit } from "@web/core/utils/objects";
import { getFieldContext } from "@web/model/relational_model/utils";
import { evalModifier, getClassNameFromDecoration, X2M_TYPES } from "@web/views/utils";
import { usePartErrors } from "@web/views/part_errors";
import { readAttributes, readSubViews } from "@web/views/fields/field_node";
import { getTooltipInfo } from "@web/views/fields/field_tooltip";
import { optional } from "@web/views/fields/standard_field_props";

const fieldRegistry = registry.category("fields");

fieldRegistry.addValidation({
    component: Function,
    ...optional({ extractProps: Function, isEmpty: Function }),
    supportedTypes: { type: Array, element: String, optional: true },
    "*": true,
});

class DefaultField extends Component {
    static template = xml`<span t-esc="props.record.data[props.name]"/>`;
    static props = ["*"];
}

/** Props of the field around its widget; the widget gets the others. */
const OWN_PROPS = ["style", "class", "showTooltip", "fieldInfo", "attrs", "type", "readonly"];

/**
 * Description of the widget for a field: the one that is asked for, else the one of the type; of each, the one for the
 * kind of view or its class, where there is such a one.
 *
 * @param {string} fieldType
 * @param {string} [widget]
 * @param {string} [viewType]
 * @param {string} [jsClass]
 * @returns {{component: typeof Component}}
 */
export function getFieldFromRegistry(fieldType, widget, viewType, jsClass) {
    const prefixes = [jsClass, viewType].filter(Boolean).map((prefix) => `${prefix}.`);
    const names = [widget, fieldType].filter(Boolean);
    const key = names
        .flatMap((name) => [...prefixes, ""].map((prefix) => prefix + name))
        .find((candidate) => fieldRegistry.contains(candidate));
    if (widget && !fieldRegistry.contains(widget) && !prefixes.some((prefix) => key === prefix + widget)) {
        console.warn(`There is no widget "${widget}": fields of the type "${fieldType}" are shown as usual`);
    }
    return key ? fieldRegistry.get(key) : { component: DefaultField };
}

/** Widgets of properties that are not those of their types. */
const PROPERTY_WIDGETS = { many2many: "many2many_tags", many2one: "many2one", tags: "property_tags" };

/**
 * What the node of a property would say if it were a field.
 *
 * @param {{name: string, string: string, type: string, readonly?: boolean, required?: boolean}} propertyField
 * @returns {Object} `fieldInfo`
 */
export function getPropertyFieldInfo(propertyField) {
    const { name, readonly, required, string, type } = propertyField;
    const widget = PROPERTY_WIDGETS[type] || type;
    const text = (flag) => (flag ? "True" : "False");
    return {
        name,
        string,
        type,
        widget,
        field: getFieldFromRegistry(type, widget),
        attrs: {},
        column_invisible: "False",
        context: "{}",
        decorations: {},
        domain: undefined,
        fieldDependencies: [],
        forceSave: false,
        help: undefined,
        invisible: "False",
        onChange: false,
        options: {},
        readonly: text(readonly),
        required: text(required),
    };
}

function callOrValue(value, ...args) {
    return typeof value === "function" ? value(...args) : value;
}

/** Whether there is nothing to show; false and 0 are something where they are values. */
function hasNoValue(field, record, fieldName) {
    if (field.isEmpty) {
        return field.isEmpty(record, fieldName);
    }
    const value = record.data[fieldName];
    return !value && value !== 0 && record.fields[fieldName].type !== "boolean";
}

/**
 * How a field and its label look now.
 *
 * @param {{isEmpty?: Function}} field description of the widget
 * @param {Object} record
 * @param {string} fieldName
 * @param {{readonly?: string, required?: string}} fieldInfo
 * @returns {{readonly: boolean, required: boolean, invalid: boolean, empty: boolean}}
 */
export function fieldVisualFeedback(field, record, fieldName, fieldInfo) {
    const holds = (modifier) => evalModifier(fieldInfo[modifier], record.evalContextWithVirtualIds);
    const readonly = holds("readonly");
    const canBeFilled = record.isNew || (record.isInEdition && !readonly);
    return {
        readonly,
        required: holds("required"),
        invalid: record.isFieldInvalid(fieldName),
        empty: !canBeFilled && hasNoValue(field, record, fieldName),
    };
}

/** What holds for a record now, for widgets; the context and the domain are evaluated when they are asked for. */
function makeDynamicInfo(record, fieldInfo, readonly) {
    return {
        readonly,
        required: evalModifier(fieldInfo.required, record.evalContextWithVirtualIds),
        get context() {
            return getFieldContext(record, fieldInfo.name, fieldInfo.context);
        },
        domain: () =>
            fieldInfo.domain ? new Domain(evaluateExpr(fieldInfo.domain, record.evalContext)).toList() : undefined,
    };
}

/** A field of a record with its widget. */
export class Field extends Component {
    static template = "web.Field";
    static props = ["fieldInfo?", "*"];

    /**
     * Read the node of a field.
     *
     * @param {Element} node
     * @param {Object} models fields of all models that the arch is about
     * @param {string} modelName
     * @param {string} viewType
     * @param {string} [jsClass]
     * @returns {Object} `fieldInfo` of the field
     * @throws {Error} the model has no such field
     */
    static parseFieldNode(node, models, modelName, viewType, jsClass) {
        const name = node.getAttribute("name");
        const definition = models[modelName].fields[name];
        if (!definition) {
            throw new Error(`"${modelName}"."${name}" field is undefined.`);
        }
        const { type } = definition;
        const info = { type, viewType, ...readAttributes(node, definition) };
        info.field = getFieldFromRegistry(type, info.widget, viewType, jsClass);
        if (info.widget === "handle") {
            info.isHandle = true;
        }
        if (X2M_TYPES.includes(type)) {
            Object.assign(info, readSubViews(node, definition.relation, models));
        }
        const { fieldDependencies, relatedFields } = info.field;
        info.fieldDependencies = callOrValue(fieldDependencies, { ...info, field: definition }) || [];
        const related = callOrValue(relatedFields, info);
        return related ? { ...info, relatedFields: related } : info;
    }

    setup() {
        this.failure = usePartErrors(({ fieldInfo, name, record }) => ({
            node: fieldInfo,
            description: _t('The field "%(label)s" (%(name)s of %(model)s)', {
                label: fieldInfo?.string || record.fields[name]?.string || name,
                model: record.resModel,
                name,
            }).toString(),
        }));
    }

    get failedLabel() {
        return _t("Cannot be shown: %s", this.failure.error.message).toString();
    }

    get field() {
        const { fieldInfo, name, record, type } = this.props;
        return fieldInfo ? fieldInfo.field : getFieldFromRegistry(record.fields[name]?.type, type);
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

    /** Props of the widget: what the node says, then what whoever shows this field says. */
    get fieldComponentProps() {
        const { record, fieldInfo } = this.props;
        const isBlocked = evalModifier(fieldInfo?.readonly, record.evalContextWithVirtualIds) || false;
        const props = { readonly: isBlocked || !record.isInEdition };
        if (fieldInfo && this.field.extractProps) {
            const dynamicInfo = makeDynamicInfo(record, fieldInfo, isBlocked);
            Object.assign(props, this.field.extractProps(fieldInfo, dynamicInfo));
        }
        Object.assign(props, omit(this.props, ...OWN_PROPS));
        if (this.props.readonly !== undefined) {
            props.readonly = this.props.readonly;
        }
        return props;
    }

    get tooltip() {
        const { fieldInfo, name, record, showTooltip } = this.props;
        return showTooltip ? getTooltipInfo({ field: record.fields[name], fieldInfo }) : false;
    }
}
