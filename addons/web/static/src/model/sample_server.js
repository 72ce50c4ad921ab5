import { DateTime } from "luxon";
import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { ORM } from "@web/core/orm_service";
import { registry } from "@web/core/registry";
import { groupBy as groupItems, unique } from "@web/core/utils/arrays";

const WORDS = ["Amber", "Birch", "Cobalt", "Delta", "Ember", "Fjord", "Grove", "Harbor"];
const MOMENTS = {
    year: (date) => date.toFormat("yyyy"),
    quarter: (date) => `Q${date.quarter} ${date.year}`,
    month: (date) => date.toFormat("MMMM yyyy"),
    week: (date) => `W${date.weekNumber} ${date.weekYear}`,
    day: (date) => date.toFormat("dd MMM yyyy"),
};
/** How values of a group come together. */
const AGGREGATORS = {
    sum: (values) => values.reduce((sum, value) => sum + value, 0),
    avg: (values) => AGGREGATORS.sum(values) / (values.length || 1),
    max: (values) => Math.max(...values),
    min: (values) => Math.min(...values),
    count_distinct: (values) => unique(values.map(String)).length,
};

/** Answers to what views ask where there are no records yet: made up, and the same each time. */
export class SampleServer {
    static MAIN_RECORDSET_SIZE = 16;
    static SUB_RECORDSET_SIZE = 5;
    static SEARCH_READ_LIMIT = 10;

    /** @param {string} modelName @param {Object<string, {type: string, aggregator?: string, selection?: any[]}>} fields */
    constructor(modelName, fields) {
        this.mainModel = modelName;
        this.fields = fields;
        this.mocks = registry.category("sample_server");
        const { MAIN_RECORDSET_SIZE: size } = SampleServer;
        this.records = Array.from({ length: size }, (_item, index) => this.makeRecord(index));
    }

    /** @returns {Object} a record with a value for each field */
    makeRecord(index) {
        const entries = Object.entries(this.fields).map(([name, field], place) => [
            name,
            this.makeValue(field, index * 7 + place * 3),
        ]);
        return { ...Object.fromEntries(entries), id: index + 1, display_name: WORDS[index % WORDS.length] };
    }

    /** @param {{type: string, selection?: any[]}} field @param {number} seed */
    makeValue({ selection, type }, seed) {
        const word = WORDS[seed % WORDS.length];
        const number = (seed * 37) % 90;
        const date = DateTime.local().minus({ days: (seed * 11) % 60 });
        const makers = {
            boolean: () => seed % 2 === 0,
            char: () => word,
            date: () => serializeDate(date),
            datetime: () => serializeDateTime(date),
            float: () => number + 0.5,
            integer: () => number,
            many2many: () => [],
            many2one: () => [
                (seed % SampleServer.SUB_RECORDSET_SIZE) + 1,
                WORDS[seed % SampleServer.SUB_RECORDSET_SIZE],
            ],
            monetary: () => number * 10,
            one2many: () => [],
            selection: () => (selection?.length ? selection[seed % selection.length][0] : false),
            text: () => word,
        };
        return makers[type]?.() ?? false;
    }

    /**
     * Answer a call.
     *
     * @param {{model: string, method: string, args?: any[], kwargs?: Object}} params
     * @returns {any} undefined for what has no sample
     */
    mockRpc({ kwargs = {}, method, model, ...params }) {
        const mock = this.mocks.get(`${model}/${method}`, null) || this.mocks.get(method, null);
        if (mock) {
            return mock.call(this, { kwargs, method, model, ...params });
        }
        const answers = {
            read_group: () => this.readGroup(kwargs),
            web_read_group: () => {
                const groups = this.readGroup(kwargs);
                return { groups, length: groups.length };
            },
            search_count: () => this.records.length,
            search_read: () => this.shownRecords,
            web_search_read: () => {
                const records = this.shownRecords.map((record) => this.specified(record, kwargs.specification));
                return { records, length: records.length };
            },
        };
        return answers[method]?.();
    }

    get shownRecords() {
        return this.records.slice(0, SampleServer.SEARCH_READ_LIMIT);
    }

    /** A record in the form that a specification of its fields asks for: links with the fields of what they link to. */
    specified(record, specification = {}) {
        const links = Object.keys(specification).filter(
            (name) => this.fields[name]?.type === "many2one" && record[name]
        );
        const linked = links.map((name) => [name, { id: record[name][0], display_name: record[name][1] }]);
        return { ...record, ...Object.fromEntries(linked) };
    }

    /** Groups of the records as `read_group` answers, with `lazy` by the first of what is grouped by. */
    readGroup({ fields = [], groupby = [], lazy = true }) {
        const groupBys = lazy ? groupby.slice(0, 1) : groupby;
        const keyOf = (record) => JSON.stringify(groupBys.map((groupBy) => this.groupValue(record, groupBy)));
        return Object.values(groupItems(this.records, keyOf)).map((some) => ({
            ...Object.fromEntries(groupBys.map((groupBy) => [groupBy, this.groupValue(some[0], groupBy)])),
            ...Object.fromEntries(
                fields.filter((spec) => spec !== "__count").map((spec) => this.aggregate(some, spec))
            ),
            __count: some.length,
            [`${groupBys[0]}_count`]: some.length,
            __domain: [],
        }));
    }

    groupValue(record, groupBy) {
        const [name, interval] = groupBy.split(":");
        const { type } = this.fields[name] || {};
        if (!["date", "datetime"].includes(type)) {
            return record[name] ?? false;
        }
        return MOMENTS[interval || "month"](DateTime.fromSQL(record[name]));
    }

    aggregate(records, spec) {
        const [name, aggregator] = spec.split(":");
        const how = AGGREGATORS[aggregator || this.fields[name]?.aggregator] || AGGREGATORS.sum;
        return [name, how(records.map((record) => record[name]))];
    }
}

/**
 * An ORM that a sample server answers.
 *
 * @param {string} resModel
 * @param {Object} fields
 * @returns {ORM & {isSample: true}}
 */
export function buildSampleORM(resModel, fields) {
    const server = new SampleServer(resModel, fields);
    const orm = Object.assign(new ORM(), { isSample: /** @type {true} */ (true) });
    orm.rpc = /** @type {any} */ (async (_route, params) => server.mockRpc(params));
    return orm;
}
