import { Domain } from "@web/core/domain";
import { constructDateDomain, getComparisonOptions } from "@web/search/utils/dates";

/**
 * The comparison of the period that a date filter chooses with one before it, part of a search.
 *
 * Each date filter has an item for each kind of comparison; one of all is active at most, while its filter is.
 */
export class SearchComparison {
    /** @param {import("@web/search/search_model").SearchModel} search */
    constructor(search) {
        this.search = search;
    }

    /** Items for the date filters, a group of them all. @param {Object[]} dateFilters @returns {Object[]} */
    static itemsFor(dateFilters) {
        return dateFilters.flatMap(({ description, id: dateFilterId }) =>
            getComparisonOptions().map((option) => ({
                type: "comparison",
                comparisonOptionId: option.id,
                dateFilterId,
                description: `${description}: ${option.description}`,
            }))
        );
    }

    /** Periods that a date filter chooses. @returns {string[]} */
    periodsOf(dateFilterId) {
        const own = this.search.query.filter(({ searchItemId }) => searchItemId === dateFilterId);
        return own.map(({ generatorId }) => generatorId);
    }

    /** Whether a comparison can be chosen: its filter is active, with periods that there is something before. */
    isAvailable({ dateFilterId }) {
        const periods = this.periodsOf(dateFilterId);
        const { periodOptions } = this.search.searchItems[dateFilterId];
        const isCustom = ({ granularity, id }) => periods.includes(id) && !granularity;
        return periods.length > 0 && !periodOptions.some(isCustom);
    }

    /** The item that is active, in views that compare. @returns {Object|undefined} */
    get item() {
        return this.search.searchMenuTypes.has("comparison")
            ? this.search.activeItems.find(({ type }) => type === "comparison")
            : undefined;
    }

    /** Choose a comparison instead of another one, or take it back. */
    toggle({ id }) {
        const { searchItems } = this.search;
        const isActive = this.search.query.some(({ searchItemId }) => searchItemId === id);
        const others = this.search.query.filter(({ searchItemId }) => searchItems[searchItemId].type !== "comparison");
        this.search.query = isActive ? others : [...others, { searchItemId: id }];
    }

    /** Take back what has no filter any longer. */
    tidy() {
        const { query, searchItems } = this.search;
        const stays = ({ searchItemId }) => {
            const item = searchItems[searchItemId];
            return item.type !== "comparison" || this.isAvailable(item);
        };
        this.search.query = query.every(stays) ? query : query.filter(stays);
    }

    /** The filter that says both periods, and is no part of the domain therefore. @returns {number|undefined} */
    get dateFilterId() {
        return this.item?.dateFilterId;
    }

    /** What favorites keep of a comparison. @returns {Object|null} */
    get full() {
        const { item, search } = this;
        if (!item) {
            const isCompared = search.searchMenuTypes.has("comparison");
            const favorite = search.activeItems.find(({ comparison, type }) => type === "favorite" && comparison);
            return isCompared && favorite ? favorite.comparison : null;
        }
        const { comparisonOptionId, dateFilterId } = item;
        const dateFilter = search.searchItems[dateFilterId];
        const periods = this.periodsOf(dateFilterId);
        const own = constructDateDomain(search.referenceMoment, dateFilter, periods);
        const other = constructDateDomain(search.referenceMoment, dateFilter, periods, comparisonOptionId);
        return {
            comparisonId: comparisonOptionId,
            fieldName: dateFilter.fieldName,
            fieldDescription: dateFilter.description,
            range: own.domain.toList({}),
            rangeDescription: own.description,
            comparisonRange: other.domain.toList({}),
            comparisonRangeDescription: other.description,
        };
    }

    /**
     * What views are told.
     *
     * @returns {{domains: {arrayRepr: any[], description: string}[], fieldName: string}|null}
     */
    get value() {
        const { full } = this;
        if (!full) {
            return null;
        }
        const within = (range) => Domain.and([this.search.domain, range]).toList(this.search.domainEvalContext);
        return {
            fieldName: full.fieldName,
            domains: [
                { arrayRepr: within(full.range), description: full.rangeDescription },
                { arrayRepr: within(full.comparisonRange), description: full.comparisonRangeDescription },
            ],
        };
    }
}
