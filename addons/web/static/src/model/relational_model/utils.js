import { markRaw, markup, onWillDestroy, onWillStart, onWillUpdateProps, useComponent } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { evalPartialContext, makeContext } from "@web/core/context";
import { Domain } from "@web/core/domain";
import { deserializeDate, deserializeDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { x2ManyCommands } from "@web/core/orm_service";
import { evaluateBooleanExpr, evaluateExpr } from "@web/core/py_js/py";
import { user } from "@web/core/user";
import { uniqueId } from "@web/core/utils/functions";
import { pick } from "@web/core/utils/objects";
import { effect } from "@web/core/utils/reactive";
import { batched } from "@web/core/utils/timing";
import { isTrue } from "@web/core/py_js/py_builtin";

export { FetchRecordError } from "@web/model/relational_model/errors";
export { extractInfoFromGroupData, getGroupServerValue } from "@web/model/relational_model/group_values";
export { resequence } from "@web/model/relational_model/resequence";

export const AGGREGATABLE_FIELD_TYPES = ["float", "integer", "monetary"];

/** Unique name of a datapoint, or of a line that the server does not know yet. */
export function getId(prefix = "datapoint") {
    return uniqueId(`${prefix}_`);
}

export function isX2Many(field) {
    return field && ["one2many", "many2many"].includes(field.type);
}

export function isRelational(field) {
    return field && ["one2many", "many2many", "many2one"].includes(field.type);
}

const ACTIVE_FIELD = {
    context: "{}",
    invisible: false,
    readonly: false,
    required: false,
    onChange: false,
    forceSave: false,
    isHandle: false,
};

/** How a view uses a field. @param {Object} [values] @returns {Object} */
export function makeActiveField(values = {}) {
    return { ...ACTIVE_FIELD, ...values };
}

/** Modifier true where both are. */
export function combineModifiers(first, second, operator) {
    const isAlways = (mod) => mod === true || mod === "True" || mod === "1";
    const isNever = (mod) => !mod || mod === "False" || mod === "0";
    if (operator === "AND") {
        if (isNever(first) || isNever(second)) {
            return "False";
        }
        if (isAlways(first)) {
            return second;
        }
        return isAlways(second) ? first : `(${first}) and (${second})`;
    }
    if (isAlways(first) || isAlways(second)) {
        return "True";
    }
    if (isNever(first)) {
        return second;
    }
    return isNever(second) ? first : `(${first}) or (${second})`;
}

/** Merge the use of a field at another place of the view into `active`. */
export function patchActiveFields(active, patch) {
    active.invisible = combineModifiers(active.invisible, patch.invisible, "AND");
    active.readonly = combineModifiers(active.readonly, patch.readonly, "AND");
    active.required = combineModifiers(active.required, patch.required, "OR");
    active.onChange = active.onChange || patch.onChange;
    active.forceSave = active.forceSave || patch.forceSave;
    active.isHandle = active.isHandle || patch.isHandle;
    if (patch.related) {
        active.related ??= { fields: {}, activeFields: {} };
        Object.assign(active.related.fields, { ...patch.related.fields, ...active.related.fields });
        for (const [name, value] of Object.entries(patch.related.activeFields)) {
            if (name in active.related.activeFields) {
                patchActiveFields(active.related.activeFields[name], value);
            } else {
                active.related.activeFields[name] = { ...value };
            }
        }
    }
    for (const key of ["limit", "defaultOrderBy"]) {
        if (key in patch) {
            active[key] ??= patch[key];
        }
    }
}

/**
 * Read and know more fields than the view shows, as another view of the same records needs them. How the fields that
 * are there are used stays; the added ones are invisible here.
 *
 * @param {Object} activeFields they are added to
 * @param {Object} extraActiveFields
 */
export function completeActiveFields(activeFields, extraActiveFields) {
    for (const [name, extra] of Object.entries(extraActiveFields)) {
        const known = activeFields[name];
        if (!known) {
            activeFields[name] = { ...extra, invisible: "True" };
        } else if (extra.related) {
            known.related ??= { activeFields: {}, fields: {} };
            known.related.fields = { ...extra.related.fields, ...known.related.fields };
            completeActiveFields(known.related.activeFields, extra.related.activeFields);
        }
    }
}

/** How a property is used by a view that shows it like a field. @param {Object} property @returns {Object} */
export function createPropertyActiveField({ type }) {
    const names = { many2one: ["id", "display_name"], many2many: ["id", "display_name"], tags: ["id", "color"] }[type];
    if (!names) {
        return makeActiveField();
    }
    const types = { color: "integer", display_name: "char", id: "integer" };
    const related = {
        activeFields: Object.fromEntries(names.map((name) => [name, makeActiveField({ readonly: true })])),
        fields: Object.fromEntries(names.map((name) => [name, { name, type: types[name], readonly: true }])),
    };
    return makeActiveField({ related });
}

/** Make sure the fields a widget depends on are read. */
export function addFieldDependencies(activeFields, fields, dependencies = []) {
    for (const field of dependencies) {
        const { name } = field;
        if (name in activeFields) {
            patchActiveFields(activeFields[name], makeActiveField(field));
        } else {
            activeFields[name] = makeActiveField({ ...field, readonly: field.readonly ?? true });
            if (isX2Many(field) || field.type === "many2one") {
                activeFields[name].related ??= { activeFields: {}, fields: {} };
            }
        }
        fields[name] ??= { ...field };
    }
}

/** Fields used by an arch and how. @returns {{activeFields, fields}} */
export function extractFieldsFromArchInfo({ fieldNodes, widgetNodes = {} }, fields) {
    const activeFields = {};
    for (const node of Object.values(fieldNodes)) {
        const use = useOfNode(node);
        const known = activeFields[node.name];
        if (known) {
            patchActiveFields(known, use);
        } else {
            activeFields[node.name] = use;
        }
        addFieldDependencies(activeFields, fields, node.fieldDependencies);
    }
    Object.values(widgetNodes).forEach(({ fieldDependencies }) =>
        addFieldDependencies(activeFields, fields, fieldDependencies)
    );
    return { activeFields, fields };
}

/** How one node of an arch uses its field. */
function useOfNode(node) {
    const use = makeActiveField(pick(node, ...Object.keys(ACTIVE_FIELD)));
    use.invisible = combineModifiers(node.invisible, node.column_invisible, "OR");
    if (node.views) {
        const shown = node.views[node.viewMode];
        Object.assign(use, { related: relatedOfViews(node), limit: shown?.limit, defaultOrderBy: shown?.defaultOrder });
    }
    if (node.relatedFields) {
        use.related ??= { activeFields: {}, fields: {} };
        addFieldDependencies(use.related.activeFields, use.related.fields, node.relatedFields);
    }
    return use;
}

function relatedOfViews({ viewMode, views }) {
    const shown = views[viewMode];
    return shown ? extractFieldsFromArchInfo(shown, shown.fields) : { activeFields: {}, fields: {} };
}

/** Context of a field's node, with its record's values. */
export function getFieldContext(record, fieldName, rawContext = record.activeFields[fieldName]?.context) {
    const field = record.fields[fieldName];
    const context = {};
    for (const [key, value] of Object.entries(record.context || {})) {
        const inherited =
            !key.startsWith("default_") && !key.startsWith("search_default_") && !key.endsWith("_view_ref");
        if (inherited) {
            context[key] = value;
        }
    }
    return { ...context, ...field?.context, ...makeContext([rawContext], record.evalContext) };
}

/** Domain of a field: the node's, else the field's. @returns {Array} */
export function getFieldDomain(record, fieldName, domain) {
    if (typeof domain === "function") {
        domain = domain();
        domain = typeof domain === "function" ? domain() : domain;
    }
    const source = domain || record.fields[fieldName].domain || [];
    const value = typeof source === "string" ? evaluateExpr(source, record.evalContext) : source;
    return new Domain(value).toList(record.evalContext);
}

/** Names available to the expressions of a view beside the values. */
export function getBasicEvalContext(config) {
    const { uid, allowed_company_ids } = config.context || {};
    return {
        context: config.context || {},
        uid: uid ?? user.userId,
        allowed_company_ids,
        current_company_id: user.activeCompany?.id ?? allowed_company_ids?.[0],
    };
}

/** The context of a field's node as far as its values are known, else that of the field. */
function contextForSpec(active, field, evalContext) {
    let own;
    try {
        own = makeContext([active.context], evalContext);
    } catch {
        // the context reads values that this request does not have; the field's own widget evaluates it later
        own = knownEntries(active.context, evalContext);
    }
    return Object.keys(own).length || typeof field.context !== "object" ? own : field.context;
}

function knownEntries(context, evalContext) {
    try {
        return evalPartialContext(context, evalContext);
    } catch {
        return {};
    }
}

/**
 * Call a method of a model while the page closes.
 *
 * @param {string} model
 * @param {string} method
 * @param {any[]} args
 * @param {Object} kwargs
 * @returns {boolean} whether the browser takes care of it; not when it is too much
 */
export function callByBeacon(model, method, args, kwargs) {
    const request = { jsonrpc: "2.0", method: "call", params: { model, method, args, kwargs } };
    const body = new Blob([JSON.stringify(request)], { type: "application/json" });
    return browser.navigator.sendBeacon(`/web/dataset/call_kw/${model}/${method}`, body);
}

/** What to ask the server to read: see `web_read`. */
export function getFieldsSpec(activeFields, fields, evalContext = {}, { withInvisible = false } = {}) {
    const spec = {};
    for (const [name, active] of Object.entries(activeFields)) {
        const field = fields[name];
        if (!field || name === "id" || field.relatedPropertyField) {
            continue;
        }
        spec[name] ??= {};
        const always = active.invisible === true || active.invisible === "True" || active.invisible === "1";
        if (isX2Many(field)) {
            if (active.related && (withInvisible || !always)) {
                spec[name].fields = getFieldsSpec(active.related.activeFields, active.related.fields, evalContext, {
                    withInvisible,
                });
                spec[name].context = contextForSpec(active, field, evalContext);
                if (active.limit) {
                    spec[name].limit = active.limit;
                }
                if (active.defaultOrderBy?.length) {
                    spec[name].order = orderByToString(active.defaultOrderBy);
                }
            }
        } else if (["many2one", "reference"].includes(field.type) || (field.type === "many2one_reference" && !always)) {
            spec[name].fields ??= {};
            if (!always) {
                const own = field.type === "many2one" && active.related;
                if (own) {
                    const { activeFields: inner, fields: innerFields } = active.related;
                    Object.assign(spec[name].fields, getFieldsSpec(inner, innerFields, evalContext));
                }
                spec[name].fields.display_name = {};
                const context = contextForSpec(active, field, evalContext);
                if (Object.keys(context).length) {
                    spec[name].context = context;
                }
            }
        }
        if (field.type === "properties" && field.definition_record) {
            // the record that defines them is named where they are edited
            const definition = (spec[field.definition_record] ??= {});
            definition.fields = { ...definition.fields, display_name: {} };
        }
        // lines without read fields still need their ids
        if (isX2Many(field) && !spec[name].fields) {
            delete spec[name].fields;
        }
    }
    return spec;
}

/** `[{name, asc}]` -> "name ASC, ...". */
export function orderByToString(orderBy) {
    return orderBy.map(({ name, asc }) => `${name} ${asc !== false ? "ASC" : "DESC"}`).join(", ");
}

/** Value of the server -> value in `record.data` (x2many are made by the record). */
export function parseServerValue(field, value) {
    switch (field.type) {
        case "char":
        case "text":
            return value || "";
        case "html":
            return markup(value || "");
        case "date":
            return value ? markRaw(deserializeDate(value)) : false;
        case "datetime":
            return value ? markRaw(deserializeDateTime(value)) : false;
        case "boolean":
            return Boolean(value);
        case "many2one":
            if (Array.isArray(value)) {
                return value;
            }
            return value ? (Number.isInteger(value) ? [value, ""] : [value.id, value.display_name ?? ""]) : false;
        case "reference":
            return parseReference(value);
        case "many2one_reference":
            if (!value) {
                return false;
            }
            return Number.isInteger(value) ? { resId: value } : { resId: value.id, displayName: value.display_name };
        case "selection":
            if (value === false) {
                return field.selection?.some(([key]) => key === 0) ? 0 : false;
            }
            return value;
        case "properties":
            return eachProperty(value, (property) => parseServerValue(property, property.value ?? false));
    }
    return value;
}

/** Properties with other values; records that they name are `[id, name]` on both sides. */
function eachProperty(properties, change) {
    return (properties || []).map((property) =>
        "value" in property && !RECORDS.includes(property.type)
            ? { ...property, value: change(property) }
            : { ...property }
    );
}

function parseReference(value) {
    if (!value) {
        return false;
    }
    if (typeof value === "string") {
        const [resModel, resId] = value.split(",");
        return { resModel, resId: Number(resId), displayName: "" };
    }
    return { resModel: value.id.model, resId: value.id.id, displayName: value.display_name };
}

/** Value in `record.data` -> value for the server (not for x2many). */
export function toServerValue(field, value) {
    switch (field.type) {
        case "date":
            return value ? serializeDate(value) : false;
        case "datetime":
            return value ? serializeDateTime(value) : false;
        case "char":
        case "text":
            return value !== "" && value !== undefined ? value : false;
        case "html":
            return value && value.toString() !== "" ? value.toString() : false;
        case "many2one":
            return value ? value[0] : false;
        case "many2one_reference":
            return value ? value.resId : 0;
        case "reference":
            return value && value.resModel && value.resId ? `${value.resModel},${value.resId}` : false;
        case "properties":
            return eachProperty(value, (property) => toServerValue(property, property.value));
    }
    return value;
}

/**
 * Values as `web_read` and `onchange` give them, as `create` and `write` take them.
 *
 * @param {Object} values
 * @param {Object} fields
 * @param {Object} activeFields fields that are not there are left as they are
 * @param {{withReadonly?: boolean, context?: Object}} [options] whether values of readonly fields are kept; names that
 *     tell which are
 * @returns {Object}
 */
export function fromUnityToServerValues(values, fields, activeFields, { withReadonly = false, context = {} } = {}) {
    const isKept = (name) =>
        withReadonly ||
        !activeFields[name]?.readonly ||
        !evaluateBooleanExpr(asText(activeFields[name].readonly), context);
    const convert = (name, value) => {
        const field = fields[name];
        if (!isX2Many(field) || !activeFields[name]) {
            return field && value?.id !== undefined ? toServerValue(field, parseServerValue(field, value)) : value;
        }
        const { activeFields: inner = {}, fields: innerFields = {} } = activeFields[name].related || {};
        return value.map((command) =>
            Array.isArray(command) && command[2] && [CREATE, UPDATE].includes(command[0])
                ? [
                      command[0],
                      command[1],
                      fromUnityToServerValues(command[2], innerFields, inner, { withReadonly, context }),
                  ]
                : command
        );
    };
    const kept = Object.entries(values).filter(([name]) => isKept(name));
    return Object.fromEntries(kept.map(([name, value]) => [name, convert(name, value)]));
}

const { CREATE, UPDATE } = x2ManyCommands;
const asText = (modifier) => String(modifier === true ? "True" : modifier);

/** Types of properties whose values name records. */
const RECORDS = ["many2one", "many2many"];

/** Value as expressions of views see it. */
export function toEvalValue(field, value) {
    switch (field.type) {
        case "char":
        case "text":
        case "html":
            return value && value.toString() !== "" ? value.toString() : false;
        case "one2many":
        case "many2many":
            return value ? value.resIds : [];
        case "properties":
            return value;
    }
    return value === undefined ? false : toServerValue(field, value);
}

/** Whether a value is the same for the server. */
export function isSameValue(field, first, second) {
    return (
        isTrue(first) === isTrue(second) &&
        JSON.stringify(toServerValue(field, first)) === JSON.stringify(toServerValue(field, second))
    );
}

/** Component hook: call `callback(record, props)` before the first rendering and when what it read changes. */
export function useRecordObserver(callback) {
    const component = useComponent();
    let alive = true;
    let current;
    /** @returns {Promise<void>} */
    const observe = (record, props) => {
        current = record;
        return new Promise((resolve, reject) => {
            const run = async (tracked) => {
                if (!alive || current !== record) {
                    return;
                }
                try {
                    await callback(tracked, props);
                    resolve();
                } catch (error) {
                    reject(error);
                }
            };
            const later = batched(() => rerun());
            const rerun = () => effectOnce(record, run, later);
            rerun();
        });
    };
    onWillStart(() => observe(component.props.record, component.props));
    onWillUpdateProps((nextProps) =>
        nextProps.record !== component.props.record ? observe(nextProps.record, nextProps) : undefined
    );
    onWillDestroy(() => {
        alive = false;
    });
}

function effectOnce(record, run, later) {
    let done = false;
    effect(
        (tracked) => {
            if (done) {
                later();
            } else {
                done = true;
                run(tracked);
            }
        },
        [record]
    );
}

/**
 * What is asked of groups to know the currency of their amounts: two labels for each field with a currency.
 *
 * @param {{activeFields: Object, fields: Object}} config
 * @returns {string[]}
 */
export function currencySpecs({ activeFields, fields }) {
    const amounts = Object.keys(activeFields).filter((name) => fields[name]?.aggregator);
    const names = amounts.flatMap((name) => {
        const { currency_field: own, type } = fields[name];
        return type === "monetary" || (type === "float" && "currency_id" in activeFields) ? [own || "currency_id"] : [];
    });
    const known = [...new Set(names)].filter((name) => fields[name]?.sortable);
    return known.flatMap((name) => [`${name}_least:min(${name})`, `${name}_greatest:max(${name})`]);
}

/**
 * Currency of the amounts of a group.
 *
 * @param {Object} group
 * @param {string} currencyField
 * @returns {number|false|undefined} false: there are several; undefined: unknown
 */
export function currencyOfGroup({ rawGroup }, currencyField) {
    const least = rawGroup[`${currencyField}_least`];
    return least === rawGroup[`${currencyField}_greatest`] ? least || undefined : false;
}
