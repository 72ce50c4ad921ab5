import { _t } from "@web/core/l10n/translation";
import { cartesian, sections, symmetricalDifference, unique } from "@web/core/utils/arrays";
import { KeepLast, Race } from "@web/core/utils/concurrency";
import { Model } from "@web/model/model";
import { DEFAULT_INTERVAL } from "@web/search/utils/dates";
import { exportTable } from "@web/views/pivot/pivot_export";
import { PivotTable } from "@web/views/pivot/pivot_table";
import { addGroup, depth, findTree, keyOf, leaves, makeTree, prune, sortTree } from "@web/views/pivot/pivot_tree";
import { computeReportMeasures, processMeasure } from "@web/views/utils";

const DATES = ["date", "datetime"];

/** Names that settings of a row or of a column have. */
const AXES = {
    row: { tree: "rowGroupTree", groupBys: "rowGroupBys", expanded: "expandedRowGroupBys", place: 0 },
    col: { tree: "colGroupTree", groupBys: "colGroupBys", expanded: "expandedColGroupBys", place: 1 },
};

function makeData() {
    return {
        rowGroupTree: makeTree(),
        colGroupTree: makeTree(),
        // all by the key of their row and column, in lists with one value for each origin
        measurements: {},
        counts: {},
        groupDomains: {},
        numbering: {},
    };
}

/**
 * What a pivot table shows.
 *
 * `metaData` are its settings; `data` are the groups of rows and columns as trees, and what was measured for each pair of
 * them. A group is named by `[rowValues, colValues]`, the values from the outermost group inwards.
 */
export class PivotModel extends Model {
    static hasSampleData = true;

    setup({ data, metaData }) {
        this.keepLast = new KeepLast();
        this.race = new Race();
        this.metaData = {
            ...{ expandedRowGroupBys: [], expandedColGroupBys: [], sortedColumn: null },
            ...metaData,
            customGroupBys: new Map(metaData.customGroupBys || []),
        };
        this.data = data || makeData();
        this.isRestored = Boolean(data);
        this.isLoaded = this.isRestored;
        this.searchParams = null;
        /** Measures as they will be when what is asked is there. @type {string[]|null} */
        this.nextActiveMeasures = null;
    }

    // ------------------------------------------------------------------ settings

    get fullRowGroupBys() {
        return [...this.metaData.rowGroupBys, ...this.metaData.expandedRowGroupBys];
    }

    get fullColGroupBys() {
        return [...this.metaData.colGroupBys, ...this.metaData.expandedColGroupBys];
    }

    get isLoading() {
        return Boolean(this.race.getCurrentProm());
    }

    /** @returns {boolean} */
    hasData() {
        return (this.data.counts[keyOf([], [])] || []).some((count) => count > 0);
    }

    /** Settings as the search and the context have them. */
    _buildMetaData() {
        const { comparison, context, domain } = this.searchParams;
        const metaData = { ...this.metaData, context };
        // older ones come first
        metaData.domains = comparison ? [...comparison.domains].reverse() : [{ arrayRepr: domain, description: null }];
        metaData.origins = metaData.domains.map(({ description }) => description);
        metaData.activeMeasures = context.pivot_measures || metaData.activeMeasures;
        metaData.colGroupBys = context.pivot_column_groupby || metaData.colGroupBys;
        metaData.rowGroupBys = this.rowGroupBysOf(metaData);
        this.forgetExpanded(metaData);
        this._normalize(metaData);
        const { fieldAttrs, fields, activeMeasures } = metaData;
        metaData.measures = computeReportMeasures(fields, fieldAttrs, activeMeasures);
        return metaData;
    }

    /** An action or favorite says how rows are grouped first; later the user's search does. */
    rowGroupBysOf({ rowGroupBys }) {
        const { context, groupBy } = this.searchParams;
        const ofContext = context.pivot_row_groupby;
        const [first, second] = this.isLoaded ? [groupBy, ofContext] : [ofContext, groupBy];
        return [first, second].find((names) => names?.length) || rowGroupBys;
    }

    /** Groups that were opened by hand belong to the groups that were there. */
    forgetExpanded(metaData) {
        for (const { groupBys, expanded } of Object.values(AXES)) {
            if (symmetricalDifference(metaData[groupBys], this.metaData[groupBys]).length) {
                const full = [...this.metaData[groupBys], ...this.metaData[expanded]];
                // a favorite has them among its own
                metaData[expanded] = symmetricalDifference(metaData[groupBys], full).length
                    ? []
                    : metaData[expanded].filter((name) => !metaData[groupBys].includes(name));
            }
        }
    }

    /** Put settings into their one form. */
    _normalize(metaData) {
        const { fields } = metaData;
        const normal = (groupBy) => {
            const [name, interval] = groupBy.split(":");
            return DATES.includes(fields[name]?.type) ? `${name}:${interval || DEFAULT_INTERVAL}` : groupBy;
        };
        for (const { groupBys, expanded } of Object.values(AXES)) {
            metaData[groupBys] = unique(metaData[groupBys].map(normal));
            metaData[expanded] = unique(metaData[expanded].map(normal));
        }
        metaData.activeMeasures = metaData.activeMeasures.map(processMeasure);
    }

    // ------------------------------------------------------------------ loading

    /** @param {{comparison?: Object, context: Object, domain: any[], groupBy: string[]}} searchParams */
    async load(searchParams) {
        this.searchParams = searchParams;
        await this.reload(this._buildMetaData(), { isPruned: this.isLoaded });
        this.isLoaded = true;
    }

    /** Ask for everything that settings show; only the last answer counts. */
    async reload(metaData, { isPruned }) {
        const data = await this.race.add(this.keepLast.add(this._loadData(metaData)));
        const isSame = (name) => !symmetricalDifference(metaData[name], this.metaData[name]).length;
        for (const { expanded, groupBys, tree } of Object.values(AXES)) {
            if (isPruned && this.hasData() && isSame(groupBys) && isSame(expanded)) {
                prune(data[tree], this.data[tree]);
            }
        }
        this.metaData = metaData;
        this.nextActiveMeasures = null;
        this.data = data;
        this._sort();
    }

    /** @returns {Promise<Object>} data of settings */
    async _loadData(metaData) {
        const data = makeData();
        const rows = sections([...metaData.rowGroupBys, ...metaData.expandedRowGroupBys]);
        const cols = sections([...metaData.colGroupBys, ...metaData.expandedColGroupBys]);
        const [total, ...others] = cartesian(rows, cols);
        const answers = await Promise.all(
            metaData.domains.map(async ({ arrayRepr }, originIndex) => {
                const group = { rowValues: [], colValues: [], originIndex, domain: arrayRepr };
                const first = await this._askSubGroups(group, [total], metaData);
                const isEmpty = !first[0].subGroups[0]?.__count;
                return [...first, ...(isEmpty ? [] : await this._askSubGroups(group, others, metaData))];
            })
        );
        // the order of groups is that of the origins, whichever answers first
        answers.forEach((found) => this._prepareData(found, { data, metaData }));
        return data;
    }

    /** Ask for the groups within a group, and keep them. @param {Array<Array<string[]>>} divisors */
    async _subdivideGroup(group, divisors, { data, metaData }) {
        this._prepareData(await this._askSubGroups(group, divisors, metaData), { data, metaData });
    }

    /**
     * Ask for the groups within a group.
     *
     * @param {{rowValues: any[], colValues: any[], originIndex: number, domain: any[]}} group
     * @param {Array<Array<string[]>>} divisors what rows and columns are grouped by, in each of the questions
     * @param {Object} metaData
     * @returns {Promise<{group: Object, rows: string[], cols: string[], subGroups: Object[]}[]>}
     */
    _askSubGroups(group, divisors, metaData) {
        const measures = this._getMeasureSpecs(metaData);
        const { context } = this.searchParams;
        /** @type {Map<string, Promise<Object[]>>} */
        const asked = new Map();
        const ask = (groupBys) => {
            const key = JSON.stringify([...groupBys].sort());
            if (!asked.has(key)) {
                const options = { lazy: false, context };
                asked.set(key, this.orm.readGroup(metaData.resModel, group.domain, measures, groupBys, options));
            }
            return asked.get(key);
        };
        return Promise.all(
            divisors.map(async ([rows, cols]) => {
                const subGroups = await ask(unique([...rows, ...cols]));
                return { group, rows, cols, subGroups };
            })
        );
    }

    /** Keep what the server answered. */
    _prepareData(answers, config) {
        for (const { cols, group, rows, subGroups } of answers) {
            subGroups.forEach((subGroup) => this.keepSubGroup(group, subGroup, { rows, cols }, config));
        }
    }

    /** Keep what the server says of a group within a group. */
    keepSubGroup({ colValues, originIndex, rowValues }, subGroup, { cols, rows }, { data, metaData }) {
        const names = { data, metaData };
        const allRows = [...rowValues, ...this._getGroupValues(subGroup, rows)];
        const allCols = [...colValues, ...this._getGroupValues(subGroup, cols)];
        if (subGroup.__count) {
            const above = (tree, values) => findTree(data[tree], values)?.root.labels || [];
            if (!cols.length) {
                const labels = [...above("rowGroupTree", rowValues), ...this._getGroupLabels(subGroup, rows, names)];
                addGroup(data.rowGroupTree, labels, allRows);
            }
            if (!rows.length) {
                const labels = [...above("colGroupTree", colValues), ...this._getGroupLabels(subGroup, cols, names)];
                addGroup(data.colGroupTree, labels, allCols);
            }
        }
        const key = keyOf(allRows, allCols);
        const put = (map, value) => {
            map[key] ||= metaData.domains.map(() => undefined);
            map[key][originIndex] = value;
        };
        put(data.measurements, this._getMeasurements(subGroup, metaData));
        put(data.counts, subGroup.__count);
        put(data.groupDomains, subGroup.__domain);
    }

    /** How the server is asked for the measures. @throws {Error} one of them cannot be summed up */
    _getMeasureSpecs({ activeMeasures, fields } = this.metaData) {
        return activeMeasures.map((name) => {
            if (name === "__count") {
                return name;
            }
            const { aggregator, type } = fields[name] || {};
            const how = type === "many2one" ? "count_distinct" : aggregator;
            if (!how) {
                throw new Error(`The field "${name}" cannot be measured: it has no aggregator`);
            }
            return `${name}:${how}`;
        });
    }

    /** What was measured for a group, by measure. */
    _getMeasurements(group, { activeMeasures }) {
        const read = (value) => (Array.isArray(value) ? 1 : typeof value === "boolean" ? Number(value) : value);
        return Object.fromEntries(activeMeasures.map((name) => [name, read(group[name])]));
    }

    _getGroupValues(group, groupBys) {
        return groupBys.map((groupBy) => this._sanitizeValue(group[groupBy]));
    }

    /** What tells a group from others. */
    _sanitizeValue(value) {
        return Array.isArray(value) ? value[0] : value;
    }

    _getGroupLabels(group, groupBys, config) {
        return groupBys.map((groupBy) => this._sanitizeLabel(group[groupBy], groupBy, config));
    }

    /** Text of a value; records of the same name get a number. */
    _sanitizeLabel(value, groupBy, { data, metaData } = { data: this.data, metaData: this.metaData }) {
        const [fieldName] = groupBy.split(":");
        const { selection, type } = metaData.fields[fieldName] || {};
        if (type === "boolean") {
            return this.booleanLabel(value, fieldName);
        }
        if (value === false || value === undefined || value === null) {
            return this._getEmptyGroupLabel(fieldName);
        }
        if (Array.isArray(value)) {
            return this.numberedLabel(value, fieldName, data.numbering);
        }
        return type === "selection" ? selection.find(([key]) => key === value)?.[1] || value : String(value);
    }

    booleanLabel(value, fieldName) {
        if (value === undefined) {
            return this._getEmptyGroupLabel(fieldName);
        }
        return value ? _t("Yes").toString() : _t("No").toString();
    }

    numberedLabel(value, fieldName, numbering) {
        const [id, name] = value;
        const ids = ((numbering[fieldName] ||= {})[name] ||= []);
        if (!ids.includes(id)) {
            ids.push(id);
        }
        const place = ids.indexOf(id);
        return place ? `${name}  (${place + 1})` : name;
    }

    /** Text for records that have no value to group by. @param {string} _fieldName */
    _getEmptyGroupLabel(_fieldName) {
        return _t("None").toString();
    }

    // ------------------------------------------------------------------ groups

    /**
     * Group by something more, below a group.
     *
     * @param {{groupId: [any[], any[]], fieldName: string, type: "row"|"col", interval?: string, custom?: boolean}} params
     */
    async addGroupBy({ custom, fieldName, groupId, interval, type }) {
        if (this.isLoading) {
            return;
        }
        const isDate = DATES.includes(this.metaData.fields[fieldName]?.type);
        const groupBy = isDate ? `${fieldName}:${interval || DEFAULT_INTERVAL}` : fieldName;
        const { expanded } = AXES[type];
        if (custom && !this.metaData.customGroupBys.has(fieldName)) {
            const { string, type: fieldType } = this.metaData.fields[fieldName];
            const item = { id: fieldName, custom: true, description: string, fieldName, fieldType };
            this.metaData.customGroupBys.set(fieldName, item);
        }
        if (![...this.fullRowGroupBys, ...this.fullColGroupBys].includes(groupBy)) {
            this.metaData[expanded] = [...this.metaData[expanded], groupBy];
            await this.expandGroup(groupId, type);
        }
    }

    /** Show the groups below a group. @param {[any[], any[]]} groupId @param {"row"|"col"} type */
    async expandGroup(groupId, type) {
        if (this.isLoading) {
            return;
        }
        const [rowValues, colValues] = groupId;
        const isRow = type === "row";
        const level = groupId[AXES[type].place].length;
        const own = [(isRow ? this.fullRowGroupBys : this.fullColGroupBys)[level]];
        const others = sections(isRow ? this.fullColGroupBys : this.fullRowGroupBys);
        const divisors = others.map((list) => (isRow ? [own, list] : [list, own]));
        const config = { data: this.data, metaData: this.metaData };
        const counts = this.data.counts[keyOf(rowValues, colValues)] || [];
        const asked = this.metaData.domains.map((_domain, originIndex) => {
            const domain = this.getGroupDomain({ rowValues, colValues, originIndex });
            const group = { rowValues, colValues, originIndex, domain };
            return counts[originIndex] ? this._subdivideGroup(group, divisors, config) : undefined;
        });
        await this.race.add(Promise.all(asked));
        this._sort();
        this.notify();
    }

    /** Show no groups below a group any longer. @param {[any[], any[]]} groupId @param {"row"|"col"} type */
    closeGroup(groupId, type) {
        if (this.isLoading) {
            return;
        }
        const { expanded, groupBys, place, tree: name } = AXES[type];
        const tree = this.data[name];
        const values = groupId[place];
        const closed = findTree(tree, values);
        closed.directSubTrees.clear();
        delete closed.sortedKeys;
        this.forgetCells(values, place);
        const height = depth(tree);
        const { [groupBys]: own, [expanded]: opened } = this.metaData;
        this.metaData[expanded] = opened.slice(0, Math.max(0, height - own.length));
        this.metaData[groupBys] = own.slice(0, height);
        this.notify();
    }

    /** Drop what is known of the groups below one. */
    forgetCells(values, place) {
        const { counts, groupDomains, measurements } = this.data;
        for (const key of Object.keys(measurements)) {
            const own = JSON.parse(key)[place];
            const isBelow = own.length > values.length && keyOf(own.slice(0, values.length), []) === keyOf(values, []);
            if (isBelow) {
                [counts, groupDomains, measurements].forEach((map) => delete map[key]);
            }
        }
    }

    /** Show the groups of all levels. */
    async expandAll() {
        await this.reload({ ...this.metaData }, { isPruned: false });
        this.notify();
    }

    /** Make rows of the columns, and columns of the rows. */
    async flip() {
        await this.race.getCurrentProm();
        const { colGroupTree, rowGroupTree } = this.data;
        Object.assign(this.data, { colGroupTree: rowGroupTree, rowGroupTree: colGroupTree });
        const { colGroupBys, expandedColGroupBys, expandedRowGroupBys, rowGroupBys } = this.metaData;
        Object.assign(this.metaData, { colGroupBys: rowGroupBys, rowGroupBys: colGroupBys });
        Object.assign(this.metaData, {
            expandedColGroupBys: expandedRowGroupBys,
            expandedRowGroupBys: expandedColGroupBys,
            // columns are others now
            sortedColumn: null,
        });
        for (const name of ["counts", "groupDomains", "measurements"]) {
            const entries = Object.entries(this.data[name]);
            this.data[name] = Object.fromEntries(
                entries.map(([key, value]) => [JSON.stringify(JSON.parse(key).reverse()), value])
            );
        }
        for (const { tree } of Object.values(AXES)) {
            this.forgetOrder(this.data[tree]);
        }
        this.notify();
    }

    forgetOrder(tree) {
        delete tree.sortedKeys;
        tree.directSubTrees.forEach((sub) => this.forgetOrder(sub));
    }

    // ------------------------------------------------------------------ measures and order

    /** Show a measure, or show it no longer. @param {string} fieldName */
    async toggleMeasure(fieldName) {
        const active = this.nextActiveMeasures || this.metaData.activeMeasures;
        const isActive = active.includes(fieldName);
        this.nextActiveMeasures = isActive ? active.filter((name) => name !== fieldName) : [...active, fieldName];
        const wanted = this.nextActiveMeasures;
        if (isActive) {
            await this.race.getCurrentProm();
            this.metaData.activeMeasures = wanted;
            this.nextActiveMeasures = null;
        } else {
            const metaData = { ...this.metaData, activeMeasures: wanted };
            metaData.measures = computeReportMeasures(metaData.fields, metaData.fieldAttrs, wanted);
            await this.reload(metaData, { isPruned: true });
        }
        this.notify();
    }

    /**
     * Order rows by a column.
     *
     * @param {{groupId: [any[], any[]], measure: string, order: "asc"|"desc", originIndexes: number[]}} sortedColumn
     */
    sortRows(sortedColumn) {
        if (this.isLoading) {
            return;
        }
        this.metaData.sortedColumn = sortedColumn;
        this._sort();
        this.notify();
    }

    _sort() {
        const { activeMeasures, sortedColumn } = this.metaData;
        if (!sortedColumn || !activeMeasures.includes(sortedColumn.measure)) {
            return;
        }
        const { groupId, measure, order, originIndexes = [0] } = sortedColumn;
        const valueOf = ({ root }) => this._getCellValue([root.values, groupId[1]], measure, originIndexes) || 0;
        sortTree(this.data.rowGroupTree, valueOf, order);
    }

    // ------------------------------------------------------------------ what is shown

    /**
     * What a cell shows: a value, or by how much the second of two differs from the first.
     *
     * @returns {number|undefined} nothing where no records are
     */
    _getCellValue([rowValues, colValues], measure, originIndexes) {
        const measured = this.data.measurements[keyOf(rowValues, colValues)];
        if (!measured) {
            return undefined;
        }
        const values = originIndexes.map((index) => measured[index]?.[measure]);
        if (values.length === 1) {
            return values[0];
        }
        const [before = 0, after = 0] = values;
        return before ? (after - before) / Math.abs(before) : Math.sign(after);
    }

    /** Domain of the records of a cell. @param {{rowValues: any[], colValues: any[], originIndex: number}} group */
    getGroupDomain({ colValues, originIndex, rowValues }) {
        return this.data.groupDomains[keyOf(rowValues, colValues)]?.[originIndex] || [[0, "=", 1]];
    }

    /** @returns {{headers: Object[][], rows: Object[]}} */
    getTable() {
        return new PivotTable(this).make();
    }

    /** How many columns of numbers the table has. */
    getTableWidth() {
        const { activeMeasures, domains } = this.metaData;
        const columns = leaves(this.data.colGroupTree).length;
        const groups = columns > 1 ? columns + 1 : columns;
        return groups * activeMeasures.length * (2 * domains.length - 1);
    }

    /** What a spreadsheet is made of, see `exportTable`. */
    exportData() {
        return exportTable(this.getTable(), this.metaData);
    }
}
