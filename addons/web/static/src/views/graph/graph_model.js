import { _t } from "@web/core/l10n/translation";
import { Domain } from "@web/core/domain";
import { sortBy, groupBy as groupItems } from "@web/core/utils/arrays";
import { KeepLast, Race } from "@web/core/utils/concurrency";
import { pick } from "@web/core/utils/objects";
import { Model } from "@web/model/model";
import { cumulatedStarts } from "@web/views/graph/graph_cumulated_start";
import { prepareData } from "@web/views/graph/graph_data";
import { rankInterval } from "@web/search/utils/dates";
import { getGroupBy } from "@web/search/utils/group_by";
import { GROUPABLE_TYPES } from "@web/search/utils/misc";
import { computeReportMeasures, processMeasure } from "@web/views/utils";

/** Between the parts of a label. */
export const SEP = " / ";
/** Types of fields whose values follow each other. */
export const SEQUENTIAL_TYPES = ["date", "datetime"];

/** Names that settings of a graph have in the context of actions and favorites. */
const CONTEXT_KEYS = {
    measure: "graph_measure",
    mode: "graph_mode",
    order: "graph_order",
    stacked: "graph_stacked",
    cumulated: "graph_cumulated",
};

/**
 * What a graph shows.
 *
 * `metaData` are its settings, `dataPoints` the groups that the server found, `data` what is drawn of them:
 * `{datasets, labels}`; `lineOverlayDataset` is drawn over bars that are piled up.
 */
export class GraphModel extends Model {
    static hasSampleData = true;

    setup(params) {
        this.keepLast = new KeepLast();
        this.race = new Race();
        this.metaData = { ...params };
        /** @type {{datasets: Object[], labels: string[]}|null} */
        this.data = null;
        this.dataPoints = [];
        this.lineOverlayDataset = null;
        this.searchParams = null;
        this.initialGroupBy = null;
        this.contextRead = "";
    }

    // ------------------------------------------------------------------ loading

    /** @param {{comparison?: Object, context: Object, domain: any[], groupBy: string[]}} searchParams */
    async load(searchParams) {
        this.searchParams = searchParams;
        this.initialGroupBy ||= searchParams.context.graph_groupbys || this.metaData.groupBy;
        await this.fetch(this._buildMetaData());
    }

    /** @returns {boolean} */
    hasData() {
        return this.dataPoints.length > 0;
    }

    /**
     * Change settings; another measure is asked of the server.
     *
     * @param {{measure?: string, mode?: string, order?: string|null, stacked?: boolean, cumulated?: boolean}} params
     */
    async updateMetaData(params) {
        if ("measure" in params) {
            await this.fetch(this._buildMetaData(params));
        } else {
            await this.race.getCurrentProm();
            this.metaData = this._buildMetaData(params);
            this._prepareData();
        }
        this.notify();
    }

    /** Ask for the points of settings; only the last answer counts. */
    async fetch(metaData) {
        await this.race.add(this._fetchDataPoints(metaData));
        this.metaData = metaData;
        this._prepareData();
    }

    /** @returns {Promise<void>} when the points that were asked for last are there */
    async _fetchDataPoints(metaData) {
        this.dataPoints = await this.keepLast.add(this._loadDataPoints(metaData));
    }

    /** The settings as the search and the context have them, with changes. */
    _buildMetaData(params) {
        const { comparison, context, domain, groupBy } = this.searchParams;
        const metaData = { ...this.metaData, context };
        metaData.domains = comparison ? comparison.domains : [{ arrayRepr: domain, description: null }];
        metaData.comparisonField = comparison?.fieldName;
        Object.assign(metaData, this.settingsOfContext(context, metaData));
        metaData.groupBy = groupBy.length ? groupBy : this.initialGroupBy;
        Object.assign(metaData, params);
        this._normalize(metaData);
        const { fieldAttrs, fields, measure, viewMeasures = [] } = metaData;
        metaData.measures = computeReportMeasures(fields, fieldAttrs, [...viewMeasures, measure]);
        return metaData;
    }

    /** What the context says, unless it said the same before: what the user chose since then stays. */
    settingsOfContext(context, metaData) {
        const given = Object.entries(CONTEXT_KEYS).filter(([, key]) => key in context);
        const settings = Object.fromEntries(given.map(([name, key]) => [name, context[key]]));
        const text = JSON.stringify(settings);
        const isKnown = text === this.contextRead;
        this.contextRead = text;
        if (isKnown) {
            return {};
        }
        const mode = settings.mode || metaData.mode;
        const names = ["measure", "mode", ...(mode === "pie" ? [] : ["order", "stacked"])];
        return pick(settings, ...names, ...(mode === "line" ? ["cumulated"] : []));
    }

    /** Put settings into their one form. */
    _normalize(metaData) {
        const { fields } = metaData;
        const isGroupable = ({ fieldName }) =>
            fieldName.includes(".") ||
            (!["id", "__count"].includes(fieldName) &&
                fields[fieldName]?.groupable !== false &&
                GROUPABLE_TYPES.includes(fields[fieldName]?.type));
        const groupBy = new Map();
        for (const item of metaData.groupBy) {
            const group = typeof item === "string" ? this.toGroupBy(item, fields) : item;
            const known = group && groupBy.get(group.fieldName);
            if (
                group &&
                isGroupable(group) &&
                (!known || rankInterval(known.interval) < rankInterval(group.interval))
            ) {
                groupBy.set(group.fieldName, group);
            }
        }
        metaData.groupBy = [...groupBy.values()];
        metaData.measure = processMeasure(metaData.measure);
        if (metaData.domains.length > 1) {
            // the same of two spans of time stands side by side
            metaData.stacked = false;
        }
    }

    /** @returns {Object|null} what records are grouped by; null when the model has no such field */
    toGroupBy(descr, fields) {
        const [name] = descr.split(/[:.]/);
        return name in fields ? getGroupBy(descr, fields) : null;
    }

    // ------------------------------------------------------------------ points

    /** How the server is asked for the measure. @throws {Error} it cannot be summed up */
    measureSpec({ fields, measure }) {
        if (measure === "__count") {
            return [];
        }
        const { aggregator, type } = fields[measure] || {};
        const how = type === "many2one" ? "count_distinct" : aggregator;
        if (!how) {
            throw new Error(`The field "${measure}" cannot be measured: it has no aggregator`);
        }
        return [`${measure}:${how}`];
    }

    /** @returns {Promise<Object[]>} points of the groups of all domains */
    async _loadDataPoints(metaData) {
        const { domains, groupBy, resModel } = metaData;
        const fields = ["__count", ...this.measureSpec(metaData)];
        const specs = groupBy.map(({ spec }) => spec);
        const context = { fill_temporal: true, ...this.searchParams.context };
        const answers = await Promise.all(
            domains.map(({ arrayRepr }) =>
                this.orm.webReadGroup(resModel, arrayRepr, fields, specs, { lazy: false, context })
            )
        );
        const starts = await cumulatedStarts(this.orm, metaData, fields, context);
        const numbering = {};
        return answers.flatMap(({ groups }, originIndex) =>
            groups.map((group) => this.toPoint(group, originIndex, metaData, numbering, starts[originIndex]))
        );
    }

    toPoint(group, originIndex, { fields, groupBy, measure }, numbering, starts) {
        const raw = groupBy.map(({ spec }) => group[spec]);
        const value = group[measure];
        const rest = JSON.stringify(raw.slice(1));
        return {
            count: group.__count,
            domain: group.__domain,
            value: Array.isArray(value) ? 1 : value || 0,
            labels: groupBy.map((item, index) => this.labelOf(item, fields, raw[index], numbering)),
            originIndex,
            identifier: JSON.stringify(raw),
            cumulatedStart: starts?.get(rest) || 0,
        };
    }

    /** Text of a value that records are grouped by; records of the same name get a number. */
    labelOf(groupBy, fields, value, numbering) {
        const { selection, type } = fields[groupBy.fieldName] || {};
        if (type === "boolean") {
            return String(Boolean(value));
        }
        if (!value && value !== 0) {
            return this._getDefaultFilterLabel(groupBy);
        }
        if (Array.isArray(value)) {
            const [id, name] = value;
            const ids = ((numbering[groupBy.fieldName] ||= {})[name] ||= []);
            if (!ids.includes(id)) {
                ids.push(id);
            }
            const place = ids.indexOf(id);
            return place ? `${name} (${place + 1})` : name;
        }
        return type === "selection" ? selection.find(([key]) => key === value)?.[1] || value : String(value);
    }

    /** Text for records that have no value to group by. @param {Object} _groupBy */
    _getDefaultFilterLabel(_groupBy) {
        return _t("None").toString();
    }

    /** The points that are drawn, in their order. */
    _getProcessedDataPoints() {
        const { domains, groupBy, mode, order } = this.metaData;
        const points = this.dataPoints.filter((point) => this.isShown(point));
        if (!order || mode === "pie" || domains.length > 1 || !groupBy.length) {
            return points;
        }
        const byLabel = Object.values(groupItems(points, ({ labels }) => labels[0]));
        const sorted = sortBy(
            byLabel,
            (group) => group.reduce((sum, { value }) => sum + value, 0),
            order.toLowerCase()
        );
        return sorted.flat();
    }

    isShown({ count, labels, value }) {
        const { groupBy, mode } = this.metaData;
        if (mode === "line") {
            return !groupBy.length || labels[0] !== this._getDefaultFilterLabel(groupBy[0]);
        }
        return count !== 0 && (mode !== "pie" || value > 0);
    }

    // ------------------------------------------------------------------ what is drawn

    _prepareData() {
        const points = this._getProcessedDataPoints();
        this.data = this._getData(points);
        this.lineOverlayDataset = null;
        const { domains, mode, stacked } = this.metaData;
        if (mode === "bar" && stacked && domains.length === 1 && this.data.datasets.length > 1) {
            this.lineOverlayDataset = this._getLineOverlayDataset();
        }
    }

    /** @returns {{datasets: Object[], labels: string[]}} */
    _getData(points) {
        return prepareData(points, this.metaData, (point) => this._getDatasetLabel(point));
    }

    /** Name of the series that a point belongs to. */
    _getDatasetLabel({ labels, originIndex }) {
        const { domains, groupBy, measure, measures, mode } = this.metaData;
        const rest = mode === "pie" ? "" : labels.slice(1).join(SEP);
        if (domains.length > 1) {
            const { description } = domains[originIndex];
            return rest ? `${description}${SEP}${rest}` : description;
        }
        return mode !== "pie" && groupBy.length > 1 ? rest : measures[measure].string;
    }

    /** A line over piles of bars: their sums. */
    _getLineOverlayDataset() {
        const { datasets, labels } = this.data;
        const sums = labels.map((label, index) => datasets.reduce((sum, { data }) => sum + (data[index] || 0), 0));
        const [{ description }] = this.metaData.domains;
        return {
            label: description ? _t("Sum (%s)", description).toString() : _t("Sum").toString(),
            data: sums,
            trueLabels: labels,
        };
    }

    /** @returns {any[]} domain of everything that is shown */
    get domain() {
        return Domain.or(this.metaData.domains.map(({ arrayRepr }) => arrayRepr)).toList({});
    }
}
