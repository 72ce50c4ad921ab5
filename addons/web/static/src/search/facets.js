/** What the search bar shows of a search: a facet for each group of items of which some are active. */
import { _t } from "@web/core/l10n/translation";
import { elementsOf } from "@web/search/query_groups";
import { constructDateDomain, INTERVAL_OPTIONS } from "@web/search/utils/dates";
import { FACET_COLORS, FACET_ICONS, FACET_TITLES } from "@web/search/utils/misc";

/** Kind of a facet by the type of its items, where they differ. */
const KINDS = { dateFilter: "filter", dateGroupBy: "groupBy", field_property: "field" };
/** Kinds that restrict nothing by themselves. */
const WITHOUT_DOMAIN = ["groupBy", "comparison"];

/** How the active values of an item are called. @type {Object<string, Function>} */
const VALUES = {
    field: (_search, _item, elements) => elements.map(({ autocompleteValue }) => autocompleteValue.label),
    field_property: (...args) => VALUES.field(...args),
    dateFilter: (search, item, elements) => {
        const periods = elements.map(({ generatorId }) => generatorId);
        return [`${item.description}: ${constructDateDomain(search.referenceMoment, item, periods).description}`];
    },
    dateGroupBy: (search, item) =>
        search.intervalsOf(item).map((interval) => `${item.description}: ${INTERVAL_OPTIONS[interval].description}`),
};

/** @param {Object} search the model of the search @returns {Object[]} facets in the order of what was chosen */
export function facetsOf(search) {
    const groups = search.groups.map((group) => [group.id, elementsOf(group)]);
    const typeOf = ([{ searchItemId }]) => search.searchItems[searchItemId].type;
    return (
        groups
            // a view that does not compare shows one period
            .filter(([, elements]) => typeOf(elements) !== "comparison" || search.compared.item)
            .map(([groupId, elements]) => facetOf(search, groupId, elements))
    );
}

function facetOf(search, groupId, elements) {
    const first = search.searchItems[elements[0].searchItemId];
    const type = KINDS[first.type] ?? first.type;
    const isGroup = type === "groupBy";
    const icon = isGroup && search.orderByCount ? `groupBy${search.orderByCount}` : type;
    // in the order in which they were chosen
    const ids = [...new Set(elements.map(({ searchItemId }) => searchItemId))];
    const values = ids.flatMap((id) => {
        const item = search.searchItems[id];
        const own = elements.filter(({ searchItemId }) => searchItemId === id);
        return VALUES[item.type]?.(search, item, own) ?? [item.description];
    });
    return {
        groupId,
        type,
        values,
        separator: isGroup ? ">" : _t("or").toString(),
        color: FACET_COLORS[type],
        ...(type === "field"
            ? { title: first.description }
            : { icon: FACET_ICONS[icon], title: FACET_TITLES[type]?.toString() }),
        ...(!WITHOUT_DOMAIN.includes(type) && { domain: search.groupDomain(elements).toString() }),
    };
}
