/** What is chosen in a search, by the groups of its items. */
import { rankInterval } from "@web/search/utils/dates";

/** Where an active item keeps what elements of the query say besides it. */
const DETAILS = { generatorId: "generatorIds", intervalId: "intervalIds", autocompleteValue: "autocompletValues" };

/**
 * @typedef {{searchItemId: number, generatorIds?: string[], intervalIds?: string[], autocompletValues?: Object[]}}
 *   ActiveItem
 * @typedef {{id: number, activeItems: ActiveItem[]}} QueryGroup
 */

/**
 * @param {Object[]} query
 * @param {Object<number, {groupId: number}>} searchItems
 * @returns {QueryGroup[]} in the order in which they were chosen
 */
export function groupsOfQuery(query, searchItems) {
    /** @type {Map<number, Map<number, ActiveItem>>} */
    const groups = new Map();
    for (const { searchItemId, ...details } of query) {
        const { groupId } = searchItems[searchItemId];
        const items = groups.get(groupId) || new Map();
        const item = items.get(searchItemId) || { searchItemId };
        for (const [name, plural] of Object.entries(DETAILS).filter(([key]) => key in details)) {
            item[plural] = [...(item[plural] || []), details[name]];
        }
        item.intervalIds?.sort((first, second) => rankInterval(first) - rankInterval(second));
        groups.set(groupId, items.set(searchItemId, item));
    }
    return [...groups].map(([id, items]) => ({ id, activeItems: [...items.values()] }));
}

/** The elements of the query that are in a group. @param {QueryGroup} group @returns {Object[]} */
export function elementsOf({ activeItems }) {
    return activeItems.flatMap(({ searchItemId, ...details }) => {
        const [name, plural] = Object.entries(DETAILS).find(([, key]) => key in details) || [];
        return plural ? details[plural].map((value) => ({ searchItemId, [name]: value })) : [{ searchItemId }];
    });
}
