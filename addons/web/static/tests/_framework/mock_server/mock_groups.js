/** Groups of records of the mock server. */

import { deserializeDate, deserializeDateTime, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { matches } from "./mock_domain";

const LABELS = {
    hour: "HH:00 dd MMM",
    day: "dd MMM yyyy",
    week: "'W'WW kkkk",
    month: "MMMM yyyy",
    quarter: "'Q'q yyyy",
    year: "yyyy",
};
const DATES = ["date", "datetime"];

const AGGREGATES = {
    sum: (values) => values.reduce((total, value) => total + (value || 0), 0),
    avg: (values) => (values.length ? AGGREGATES.sum(values) / values.length : 0),
    max: (values) => values.reduce((a, b) => (b > a ? b : a), values[0] ?? 0),
    min: (values) => values.reduce((a, b) => (b < a ? b : a), values[0] ?? 0),
    count: (values) => values.length,
    count_distinct: (values) => new Set(values.map((value) => JSON.stringify(value))).size,
    array_agg: (values) => values,
    bool_or: (values) => values.some(Boolean),
    bool_and: (values) => values.every(Boolean),
};

function readDate(field, value) {
    return field.type === "date" ? deserializeDate(value) : deserializeDateTime(value);
}

/** Key, value, range and condition of the group that a value is in. */
function groupOf(model, groupby, value) {
    const [name, interval = "month"] = groupby.split(":");
    const field = model._fields[name];
    if (DATES.includes(field.type) && value) {
        const start = readDate(field, value).startOf(interval);
        const end = start.plus({ [`${interval}s`]: 1 });
        const write = field.type === "date" ? serializeDate : serializeDateTime;
        const [from, to] = [write(start), write(end)];
        const range = { from, to };
        const domain = ["&", [name, ">=", from], [name, "<", to]];
        return { key: from, value: start.setLocale("en").toFormat(LABELS[interval]), range, domain };
    }
    const domain = [[name, "=", value]];
    if (field.relation && value && field.type !== "many2one_reference") {
        return { key: value, value: [value, model.env[field.relation].displayName(value)], domain };
    }
    return { key: value, value, domain, range: DATES.includes(field.type) ? false : undefined };
}

/** Values of a record that it is grouped by: one for each record of an x2many field. */
function groupValues(model, record, groupby) {
    const [name] = groupby.split(":");
    const value = model.valueOf(record, name);
    if (Array.isArray(value)) {
        return value.length ? value : [false];
    }
    return [value];
}

function aggregate(model, records, spec) {
    const [, alias, fn, inner] = /^(\w+)(?::(\w+)(?:\((\w+)\))?)?$/.exec(spec) || [];
    const name = inner || alias;
    const field = model._fields[name];
    const how = fn || field?.aggregator;
    if (!field || !how) {
        return null;
    }
    const values = records.map((record) => model.valueOf(record, name));
    return [alias, AGGREGATES[how](["count", "count_distinct"].includes(how) ? values.filter(Boolean) : values)];
}

/** Groups in the order of their first record, or of the values of the field. */
function sorted(groups, orderby, groupbys) {
    const [clause] = (orderby || "").split(",").filter(Boolean);
    const [name, way = "asc"] = clause ? clause.trim().split(/\s+/) : [groupbys[0]];
    const sign = way.toLowerCase() === "desc" ? -1 : 1;
    const valueOf = (group) => {
        const found = groupbys.find((groupby) => groupby === name || groupby.split(":")[0] === name);
        const value = found ? group.order[found] : group.result[name === "__count" ? "__count" : name.split(":")[0]];
        return value;
    };
    const rank = (value) => (value === false || value === undefined ? 1 : 0);
    return groups.sort((a, b) => {
        const [x, y] = [valueOf(a), valueOf(b)];
        if (rank(x) !== rank(y)) {
            return rank(x) - rank(y);
        }
        return sign * (x > y ? 1 : x < y ? -1 : 0);
    });
}

/** What groups of a field are ordered by: names of records in their order, positions of choices. */
function orderKey(model, groupby, group) {
    const field = model._fields[groupby.split(":")[0]];
    if (field.relation && group.key) {
        return model.env[field.relation].positionOf(group.key);
    }
    if (field.type === "selection" && group.key) {
        return field.selection.findIndex(([value]) => value === group.key);
    }
    return group.key;
}

/** Groups of a field with `group_expand`, also those without records. */
function expanded(model, groupby) {
    const field = model._fields[groupby.split(":")[0]];
    if (!field.group_expand) {
        return [];
    }
    if (field.type === "selection") {
        return field.selection.map(([value]) => value);
    }
    return model.env[field.relation].search([]);
}

/** Records by the values that they are grouped by. @returns {{parts: Object[], records: Object[]}[]} */
function collect(model, domain, groupbys, withEmpty) {
    const found = new Map();
    const add = (parts, record) => {
        const key = JSON.stringify(parts.map((part) => part.key));
        const group = found.get(key) || { parts, records: [] };
        found.set(key, group);
        record && group.records.push(record);
    };
    for (const record of [...model].filter((other) => matches(model, other, domain))) {
        let combinations = [[]];
        for (const name of groupbys) {
            const parts = groupValues(model, record, name).map((value) => groupOf(model, name, value));
            combinations = combinations.flatMap((start) => parts.map((part) => [...start, part]));
        }
        combinations.forEach((parts) => add(parts, record));
    }
    if (groupbys.length === 1 && withEmpty) {
        expanded(model, groupbys[0]).forEach((value) => add([groupOf(model, groupbys[0], value)]));
    }
    if (!groupbys.length && !found.size) {
        add([]);
    }
    return [...found.values()];
}

/** What the server tells of a group. */
function describe(model, { parts, records }, { groupbys, specs, domain, lazy }) {
    const named = groupbys.map((name, index) => [name, parts[index]]);
    const values = specs.filter((spec) => spec !== "__count" && !groupbys.includes(spec));
    const aggregates = values.map((spec) => aggregate(model, records, spec)).filter(Boolean);
    const ranges = named.filter(([, part]) => part.range !== undefined).map(([name, part]) => [name, part.range]);
    const countName = lazy && groupbys.length ? `${groupbys[0].split(":")[0]}_count` : "__count";
    const result = {
        ...Object.fromEntries(named.map(([name, part]) => [name, part.value])),
        ...Object.fromEntries(aggregates),
        [countName]: records.length,
        __count: records.length,
        __domain: [...parts.flatMap((part) => part.domain), ...domain],
        ...(ranges.length && { __range: Object.fromEntries(ranges) }),
    };
    const order = Object.fromEntries(named.map(([name, part]) => [name, orderKey(model, name, part)]));
    return { order, parts, result };
}

/** Whether the record that a group is about says that it is folded; undefined for groups of other things. */
function foldOf(model, { parts }, groupbys) {
    const field = groupbys.length === 1 && model._fields[groupbys[0].split(":")[0]];
    const related = field?.relation && parts[0].key && model.env[field.relation];
    const name = related && related._fold_name;
    return name && related._fields[name] ? Boolean(related.browse([parts[0].key])[0]?.[name]) : undefined;
}

/**
 * Group records.
 *
 * @param {Object} model of the mock server
 * @param {{domain?: Array, fields?: string[], groupby: string|string[], lazy?: boolean, orderby?: string, limit?: number,
 *  offset?: number}} params
 * @returns {Object[]} as `read_group` of the server
 */
export function readGroup(model, { domain, fields, groupby, lazy = true, orderby, limit, offset }) {
    const all = [].concat(groupby || []);
    const groupbys = lazy ? all.slice(0, 1) : all;
    const own = Object.keys(model._fields).filter((name) => model._fields[name].aggregator);
    const params = { groupbys, specs: fields?.length ? fields : own, domain: domain || [], lazy };
    const found = collect(model, params.domain, groupbys, !orderby);
    const groups = found.map((group) => describe(model, group, params));
    const start = offset || 0;
    return sorted(groups, orderby, groupbys)
        .slice(start, limit ? start + limit : undefined)
        .map((group) => {
            const fold = foldOf(model, group, groupbys);
            const context = lazy && all.length > 1 && { __context: { group_by: all.slice(1) } };
            return { ...group.result, ...(fold !== undefined && { __fold: fold }), ...context };
        });
}
