/** The search of tests: its bar and menus, the pager and the switch of views. */

import { press, queryAll, queryAllTexts, queryFirst, queryText } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { contains } from "./dom_test_helpers";

const MENU = ".o_search_bar_menu";

/** An entry of the menus of the search by its text, or by its position. */
function menuItem(item, base = ".o_menu_item:not(.o_add_custom_filter)") {
    if (typeof item === "number") {
        return queryAll(base)[item];
    }
    const same = (el) => queryText(el).replace(/\s+/g, " ").trim().toLowerCase() === item.toLowerCase();
    const found = queryAll(base).find(same);
    if (!found) {
        throw new Error(`There is no entry "${item}": ${queryAllTexts(base).join(", ")}`);
    }
    return found;
}

/** The part that an entry with choices opens by. */
function togglerOf(item) {
    const element = menuItem(item, ".o_menu_item, .o_accordion_toggle");
    return element;
}

export const toggleSearchBarMenu = () => contains(".o_searchview_dropdown_toggler").click();

/** @param {string} menuText text of a button that opens a menu */
export const toggleMenu = (menuText) =>
    contains(
        `.o_control_panel button.o-dropdown:contains(${menuText}), .o_cp_action_menus button:contains(${menuText})`
    ).click();

/** Click on an entry of an open menu. @param {string|number} itemText */
export async function toggleMenuItem(itemText) {
    const item = typeof itemText === "number" ? menuItem(itemText) : await findLater(() => togglerOf(itemText));
    await contains(item).click();
}

async function findLater(find) {
    try {
        return find();
    } catch {
        await animationFrame();
        return find();
    }
}

/** Click on a choice of an entry; the entry is open. */
export async function toggleMenuItemOption(itemText, optionText) {
    await contains(optionOf(itemText, optionText)).click();
}

function optionOf(itemText, optionText) {
    const accordion = togglerOf(itemText).closest(".o_accordion");
    const options = queryAll(".o_item_option", accordion ? { root: accordion } : {});
    if (typeof optionText === "number") {
        return options[optionText];
    }
    const found = options.find((el) => queryText(el).trim().toLowerCase() === optionText.toLowerCase());
    if (!found) {
        throw new Error(`There is no choice "${optionText}": ${options.map((el) => queryText(el)).join(", ")}`);
    }
    return found;
}

export const isItemSelected = (itemText) => togglerOf(itemText).classList.contains("selected");
export const isOptionSelected = (itemText, optionText) => optionOf(itemText, optionText).classList.contains("selected");
export const getMenuItemTexts = () => queryAllTexts(".dropdown-menu .o_menu_item");

const openMenu = async () => {
    if (!queryFirst(MENU)) {
        await toggleSearchBarMenu();
    }
};
export const toggleFilterMenu = openMenu;
export const toggleGroupByMenu = openMenu;
export const toggleFavoriteMenu = openMenu;
export const toggleComparisonMenu = openMenu;

export const openAddCustomFilterDialog = () => contains(".o_filter_menu .o_menu_item.o_add_custom_filter").click();

/** Group by a field that the menu offers. @param {string} fieldName */
export async function selectGroup(fieldName) {
    await contains(".o_add_custom_group_menu").select(fieldName);
}

export const toggleSaveFavorite = () => contains(".o_favorite_menu .o_add_favorite").click();
export const editFavoriteName = (name) =>
    contains(".o_favorite_menu .o_add_favorite ~ * input[type=text], .o_favorite_menu input[type=text]").edit(name, {
        confirm: false,
    });
export const saveFavorite = () => contains(".o_favorite_menu .o_save_favorite").click();
export async function deleteFavorite(index = 0) {
    await contains(queryAll(`${MENU} .o_favorite_menu i.fa-trash-o`)[index]).click();
}

/** @returns {string[]} what the search says that it looks for */
export function getFacetTexts() {
    return queryAllTexts(".o_searchview_facet").map((text) => text.replace(/\n+/g, "\n"));
}

/** @param {string} label text of a facet, or its position */
export async function removeFacet(label) {
    const facets = queryAll(".o_searchview_facet");
    const facet = typeof label === "number" ? facets[label] : facets.find((el) => queryText(el).includes(label));
    await contains(queryFirst(".o_facet_remove", { root: facet })).click();
}

export const editSearch = (value) => contains(".o_searchview input").edit(value, { confirm: false });
export async function validateSearch() {
    await press("Enter");
    await animationFrame();
}

/** @param {string} viewType */
export const switchView = (viewType) => contains(`button.o_switch_view.o_${viewType}`).click();

/** @returns {number[]} first and last of the records that are shown */
export function getPagerValue(root) {
    return queryText(".o_pager .o_pager_value", root && { root })
        .split("-")
        .map(Number);
}

export const getPagerLimit = (root) => parseInt(queryText(".o_pager .o_pager_limit", root && { root }), 10);
export const pagerNext = (root) => contains(".o_pager button.o_pager_next", root && { root }).click();
export const pagerPrevious = (root) => contains(".o_pager button.o_pager_previous", root && { root }).click();
export async function editPager(value) {
    await contains(".o_pager .o_pager_value").click();
    await contains("input.o_pager_value").edit(value);
}

export const toggleActionMenu = () =>
    contains(".o_cp_action_menus button.o-dropdown, .o_cp_action_menus .dropdown-toggle").click();

/** @returns {HTMLElement[]} buttons of the control panel */
export const getButtons = (root) =>
    queryAll(".o_control_panel_breadcrumbs button, .o_control_panel_main_buttons button", root && { root });
export const getVisibleButtons = (root) => getButtons(root).filter((button) => button.getClientRects().length > 0);
