import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { deserializeDate, deserializeDateTime, serializeDate, serializeDateTime, today } from "@web/core/l10n/dates";
import { DateTime } from "luxon";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { connector, domainFromTree, formatValue, isTree } from "@web/core/tree_editor/condition_tree";
import { unitLabel } from "@web/core/tree_editor/descriptions";
import { Input, List, Range, Select, Within } from "@web/core/tree_editor/tree_editor_components";
import {
    DomainSelectorAutocomplete,
    DomainSelectorSingleAutocomplete,
} from "@web/core/tree_editor/tree_editor_autocomplete";
import { getResModel } from "@web/core/tree_editor/utils";
import { disambiguate, isId, valueText } from "@web/core/tree_editor/values";

/**
 * Editors of the values of conditions, by type of field and operator.
 *
 * @typedef {Object} EditorInfo
 * @property {Function|null} component null: there is nothing to enter
 * @property {(params: {value: any, update: (value: any) => any, startEmpty?: boolean}) => Object} [extractProps]
 * @property {(value: any) => boolean} isSupported
 * @property {() => any} defaultValue
 * @property {(value: any, isQuoted?: boolean) => string} [stringify]
 * @property {any} [message] said of a value that is not supported
 */

const NUMBERS = ["integer", "float", "monetary"];
const MOMENTS = ["date", "datetime"];
const RELATIONS = ["many2one", "many2many", "one2many"];
const TEXT_OPERATORS = ["like", "not like", "ilike", "not ilike", "=like", "=ilike", "starts_with", "ends_with"];
const UNITS = ["days", "weeks", "months", "years"];

function text() {
    return {
        component: Input,
        extractProps: ({ value, update, startEmpty }) => ({ value, update, startEmpty }),
        isSupported: (value) => typeof value === "string",
        defaultValue: () => "",
    };
}

function number(type, fallback = 1) {
    return {
        component: Input,
        extractProps: ({ value, update, startEmpty }) => ({
            inputmode: "decimal",
            parse: (typed) => registry.category("parsers").get(type)(typed),
            startEmpty,
            update,
            value,
        }),
        isSupported: (value) => typeof value === "number",
        defaultValue: () => fallback,
    };
}

const MOMENT_FORMS = {
    date: { read: deserializeDate, write: serializeDate, now: () => today() },
    datetime: { read: deserializeDateTime, write: serializeDateTime, now: () => DateTime.now().startOf("minute") },
};

function moment(type, params) {
    const { read, write, now } = MOMENT_FORMS[type];
    return {
        component: DateTimeInput,
        extractProps: ({ value, update, startEmpty }) => ({
            type,
            value: startEmpty || value === false ? false : read(value),
            onChange: (chosen) => {
                if (!startEmpty || chosen) {
                    update(chosen ? write(chosen) : false);
                }
            },
            ariaLabel: _t("Value").toString(),
        }),
        isSupported: (value) => value === false || (typeof value === "string" && read(value).isValid),
        defaultValue: () => write(now()),
        ...params,
    };
}

/** @param {[any, string][]} options values with their labels */
function choice(options) {
    return {
        component: Select,
        extractProps: ({ value, update, startEmpty }) => ({ value, update, options, addBlankOption: startEmpty }),
        isSupported: (value) => options.some(([key]) => key === value),
        defaultValue: () => options[0]?.[0] ?? false,
    };
}

function oneRecord(fieldDef) {
    const resModel = getResModel(fieldDef);
    return {
        component: DomainSelectorSingleAutocomplete,
        extractProps: ({ value, update }) => ({ resModel, fieldString: fieldDef.string, update, resId: value }),
        isSupported: (value) => value === false || isId(value),
        defaultValue: () => false,
    };
}

function manyRecords(fieldDef) {
    const resModel = getResModel(fieldDef);
    return {
        component: DomainSelectorAutocomplete,
        extractProps: ({ value, update }) => ({ resModel, fieldString: fieldDef.string, update, resIds: value }),
        isSupported: Array.isArray,
        defaultValue: () => [],
    };
}

function several(editorInfo, fieldDef) {
    const stringify = (value, isQuoted) => valueText(value, { fieldDef, isQuoted });
    return {
        component: List,
        extractProps: ({ value, update }) => ({ value, update, editorInfo: { stringify, ...editorInfo } }),
        isSupported: Array.isArray,
        defaultValue: () => [],
    };
}

/** @param {EditorInfo} bound editor of each of the two */
function range(bound) {
    const isPair = (value) => Array.isArray(value) && value.length === 2;
    return {
        component: Range,
        defaultValue: () => [bound.defaultValue(), bound.defaultValue()],
        extractProps: (params) => ({ ...params, editorInfo: bound }),
        isSupported: (value) => isPair(value) && value.every((item) => bound.isSupported(item)),
    };
}

function distance(type) {
    const amountEditorInfo = number("integer", -1);
    const optionEditorInfo = choice(UNITS.map((unit) => [unit, unitLabel(unit)]));
    return {
        component: Within,
        extractProps: ({ value, update }) => ({ value, update, amountEditorInfo, optionEditorInfo }),
        isSupported: (value) =>
            Array.isArray(value) && value.length === 3 && Number.isInteger(value[0]) && UNITS.includes(value[1]),
        defaultValue: () => [-1, "months", type],
    };
}

const NOTHING = {
    component: null,
    extractProps: null,
    isSupported: (value) => value === false,
    defaultValue: () => false,
};
const SUBTREE = { component: null, extractProps: null, isSupported: isTree, defaultValue: () => connector("&") };

/** Editor of one value of a type. */
function single(fieldDef, operator, options) {
    const type = fieldDef?.type;
    if (NUMBERS.includes(type)) {
        return number(type);
    }
    if (MOMENTS.includes(type)) {
        return moment(type);
    }
    if (type === "boolean") {
        return choice([
            [true, _t("yes").toString()],
            [false, _t("no").toString()],
        ]);
    }
    if (type === "selection" || type === "tags") {
        return choice(fieldDef.selection || (fieldDef.tags || []).map(([key, label]) => [key, label]));
    }
    if (
        RELATIONS.includes(type) &&
        getResModel(fieldDef) &&
        (type === "many2one" || options.isRecord || operator !== "in")
    ) {
        return oneRecord(fieldDef);
    }
    return text();
}

function editorOf(fieldDef, operator, options) {
    const type = fieldDef?.type;
    if (["set", "not_set"].includes(operator)) {
        return NOTHING;
    }
    if (["any", "not any"].includes(operator)) {
        return SUBTREE;
    }
    if (TEXT_OPERATORS.includes(operator)) {
        return text();
    }
    if (operator === "between") {
        return range(single(fieldDef, operator, options));
    }
    if (operator === "within") {
        return distance(type);
    }
    if (["in", "not in"].includes(operator)) {
        return RELATIONS.includes(type) && getResModel(fieldDef)
            ? manyRecords(fieldDef)
            : several(single(fieldDef, operator, options), fieldDef);
    }
    return single(fieldDef, operator, options);
}

/**
 * @param {Object|null} fieldDef
 * @param {any} operator as users see it
 * @param {Object} [options]
 * @returns {EditorInfo}
 */
export function getValueEditorInfo(fieldDef, operator, options = {}) {
    return {
        message: _t("Value not supported"),
        stringify: (value, isQuoted) => {
            if (isTree(value)) {
                return domainFromTree(value);
            }
            const isTold = isQuoted ?? disambiguate(value);
            return Array.isArray(value) ? formatValue(value) : valueText(value, { fieldDef, isQuoted: isTold });
        },
        ...editorOf(fieldDef, operator, options),
    };
}

/** The value if the editor of the operator can show it, its default if not. */
export function getDefaultValue(fieldDef, operator, value = null) {
    const { defaultValue, isSupported } = getValueEditorInfo(fieldDef, operator);
    return isSupported(value) ? value : defaultValue();
}
