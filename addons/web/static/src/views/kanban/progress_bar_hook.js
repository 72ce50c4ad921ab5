import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Part of a bar with the values that have no colour. */
export const OTHER_BAR = "__false";
const OTHER_COLOR = "200";

/** How the server writes the value of a group in the counts of bars. */
function countKey({ rawGroup, list, groupByField }, counts, groupBy) {
    const raw = rawGroup[groupBy];
    if (groupByField.type === "boolean" || raw === false) {
        return raw ? "True" : "False";
    }
    const keys = [].concat(raw).map(String);
    return keys.find((key) => key in counts) ?? keys[0] ?? list.id;
}

/** The bars of the columns: what they count, which part of which is chosen, and what the records shown sum up to. */
export class ProgressBarState {
    /**
     * @param {{fieldName: string, colors: Object, help?: string}} progressAttributes what the arch says
     * @param {Object} model
     * @param {Object[]} aggregateFields fields that are summed up beside the bar
     * @param {Object<string, string>} activeBars parts that are chosen, by value of the group
     * @param {{call: Function}} orm
     */
    constructor(progressAttributes, model, aggregateFields, activeBars, orm) {
        this.progressAttributes = progressAttributes;
        this.model = model;
        this.aggregateFields = aggregateFields;
        this.activeBars = activeBars;
        this.orm = orm;
        /** Numbers of records by value, by group. */
        this.counts = {};
        /** Sums of what a chosen part shows, by value of the group. */
        this.aggregates = {};
        this.searched = null;
    }

    // ------------------------------------------------------------------ what is shown

    /** @returns {{activeBar: string|undefined, bars: {count: number, value: string, string: string, color: string}[]}} */
    getGroupInfo(group) {
        const { colors, fieldName } = this.progressAttributes;
        const counts = this.countsOf(group);
        const names = new Map(group.fields[fieldName]?.selection || []);
        const bars = Object.entries(colors).map(([value, color]) => ({
            count: counts[value] || 0,
            value,
            string: names.get(value) || value,
            color,
        }));
        const coloured = bars.reduce((total, { count }) => total + count, 0);
        const others = Math.max(group.count - coloured, 0);
        const other = { count: others, value: OTHER_BAR, string: _t("Other").toString(), color: OTHER_COLOR };
        return { activeBar: this.activeBars[group.serverValue], bars: [...bars, other] };
    }

    /** @param {{data: Object}} record @returns {string|undefined} color of the part of the bar that counts it */
    colorOf({ data }) {
        const { colors, fieldName } = this.progressAttributes;
        return colors[data[fieldName]];
    }

    countsOf(group) {
        const [groupBy] = group.model.root.groupBy;
        return this.counts[countKey(group, this.counts, groupBy)] || {};
    }

    /** The number beside the bar. @returns {{title: string, value: number, currency?: number|false}} */
    getAggregateValue(group, aggregateField) {
        if (!aggregateField) {
            return { title: _t("Count").toString(), value: group.config.hasFilter ? group.list.count : group.count };
        }
        const { currency_field: currencyField, name, string } = aggregateField;
        const chosen = group.config.hasFilter && this.aggregates[group.serverValue];
        const values = chosen || group.aggregates;
        const currency = currencyField ? [].concat(group.aggregates[currencyField])[0] : false;
        return { title: string, value: values[name] || 0, currency: Number.isInteger(currency) && currency };
    }

    // ------------------------------------------------------------------ loading

    /** @param {{context: Object, domain: any[], groupBy: string[], resModel: string}} searched */
    async loadProgressBar({ context, domain, groupBy, resModel }) {
        this.searched = { context, domain, groupBy, resModel };
        const { colors, fieldName: field, help } = this.progressAttributes;
        const progress_bar = { field, colors, help };
        this.counts = await this.orm.call(resModel, "read_progress_bar", [], {
            domain,
            group_by: groupBy[0],
            progress_bar,
            context,
        });
    }

    /** Count anew, after something was created or deleted; a part that is empty now is not chosen any more. */
    async refresh(group) {
        if (!this.searched) {
            return;
        }
        await this.loadProgressBar(this.searched);
        const { activeBar, bars } = this.getGroupInfo(group);
        if (activeBar && !bars.find(({ value }) => value === activeBar)?.count) {
            await this.choose(group, null);
        } else if (activeBar) {
            await this.loadSums(group);
        }
        this.model.notify();
    }

    /** What the records of a chosen part sum up to. */
    async loadSums(group) {
        const { context, resModel } = group;
        const names = this.aggregateFields.map(({ name, aggregator }) => `${name}:${aggregator || "sum"}`);
        if (names.length) {
            const { groups } = await this.orm.call(resModel, "web_read_group", [], {
                domain: group.list.domain,
                fields: names,
                groupby: group.model.root.groupBy,
                context,
            });
            this.aggregates[group.serverValue] = groups[0] || {};
        }
    }

    // ------------------------------------------------------------------ choosing

    /**
     * Show only the cards of a part of a column's bar, or all of them again.
     *
     * @param {string} groupId
     * @param {{value: string}} bar
     */
    async selectBar(groupId, { value }) {
        const group = this.model.root.groups.find(({ id }) => id === groupId);
        await this.choose(group, this.activeBars[group.serverValue] === value ? null : value);
        this.model.notify();
    }

    /** Choose again what was chosen before the columns were read. */
    async restore({ groups }) {
        const chosen = groups.filter(({ serverValue }) => serverValue in this.activeBars);
        await Promise.all(chosen.map((group) => this.choose(group, this.activeBars[group.serverValue])));
        if (chosen.length) {
            this.model.notify();
        }
    }

    async choose(group, value) {
        const key = group.serverValue;
        if (value === null) {
            delete this.activeBars[key];
            delete this.aggregates[key];
            await group.applyFilter(null);
            return;
        }
        this.activeBars[key] = value;
        await group.applyFilter(this.filterOf(value));
        await this.loadSums(group);
    }

    filterOf(value) {
        const { colors, fieldName } = this.progressAttributes;
        const isOther = value === OTHER_BAR;
        const leaf = isOther ? [fieldName, "not in", Object.keys(colors)] : [fieldName, "=", value];
        return new Domain([leaf]).toList();
    }
}

/**
 * The bars of a kanban: they are counted whenever its columns are read, at the same time.
 *
 * @param {Object} progressAttributes
 * @param {Object} model
 * @param {Object[]} aggregateFields
 * @param {Object<string, string>} [activeBars] parts that were chosen before
 * @returns {ProgressBarState}
 */
export function useProgressBar(progressAttributes, model, aggregateFields, activeBars = {}) {
    const state = new ProgressBarState(progressAttributes, model, aggregateFields, activeBars, useService("orm"));
    const { onRootLoaded, onWillLoadRoot } = model.hooks;
    let counting = null;
    model.hooks.onWillLoadRoot = async (config) => {
        await onWillLoadRoot?.(config);
        counting = config.groupBy?.length ? state.loadProgressBar(config) : null;
        // whoever waits for it hears what went wrong
        counting?.catch(() => {});
    };
    model.hooks.onRootLoaded = async (root) => {
        await onRootLoaded?.(root);
        await counting;
        state.aggregates = {};
        if (root.isGrouped) {
            // not waited for: whoever reads the columns may hold what changes them
            state.restore(root);
        }
    };
    return state;
}
