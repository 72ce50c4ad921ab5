/** Which optional columns of a list are shown; the browser keeps it. */
import { browser } from "@web/core/browser/browser";

const PARTS = ["model", "viewMode", "viewId", "relationalField", "subViewType"];

/**
 * Name of a list in what the browser keeps.
 *
 * @param {Object} place `model`, `viewMode`, `viewId`, and for lines of a form `relationalField` and `subViewType`
 * @param {string[]} names of the fields
 * @returns {string}
 */
export function viewKey(place, names) {
    const parts = PARTS.map((part) => place[part]).filter(Boolean);
    return [...parts, ...[...names].sort()].join(",");
}

/**
 * @param {Object[]} columns of the arch
 * @param {string} key
 * @returns {Object<string, boolean>} whether columns are shown, by name
 */
export function storedColumns(columns, key) {
    const stored = browser.localStorage.getItem(key);
    const chosen = stored === null ? null : stored.split(",").filter(Boolean);
    const optional = columns.filter((column) => column.optional);
    const active = optional.map(({ name, optional: wanted }) => [
        name,
        chosen ? chosen.includes(name) : wanted === "show",
    ]);
    // columns of properties are known once records are
    const properties = (chosen || []).filter((name) => name.includes(".")).map((name) => [name, true]);
    return Object.fromEntries([...active, ...properties]);
}

/** @param {string} key @param {Object<string, boolean>} active whether columns are shown, by name */
export function storeColumns(key, active) {
    const chosen = Object.keys(active).filter((name) => active[name]);
    browser.localStorage.setItem(key, chosen.join(","));
}

/**
 * Columns for a menu: those of the arch first, then those of properties by the record that defines them.
 *
 * @param {Object[]} columns
 * @returns {{id: any, name: string, columns: Object[]}[]}
 */
export function columnGroups(columns) {
    const groups = new Map();
    for (const column of columns) {
        const { id = false, name = "" } = column.definedBy || {};
        groups.set(id, groups.get(id) || { id, name, columns: [] });
        groups.get(id).columns.push(column);
    }
    return [...groups.values()].sort((first, second) => Number(first.id !== false) - Number(second.id !== false));
}
