/** @odoo-module alias=@web/../tests/search/helpers */

/** The search of tests. The element that these functions are given first is that of the test, which has one search. */

import { getFixture } from "@odoo/hoot";
import * as helpers from "../../web_test_helpers";
import { makeTestEnv } from "../helpers/mock_env";
import { click, editInput, findElement } from "../helpers/utils";

/** The client's own services are there. */
export function setupControlPanelServiceRegistry() {}
export function setupControlPanelFavoriteMenuRegistry() {}

/**
 * Show a component with a search around it.
 *
 * @param {{Component: any, componentProps?: Object, serverData?: Object, mockRPC?: Function, config?: Object}
 *  & Object} params also props of the search
 * @returns {Promise<any>} the component
 */
export async function makeWithSearch({ Component, serverData, mockRPC, config, ...searchProps }) {
    await makeTestEnv({ serverData, mockRPC });
    return helpers.mountWithSearch(Component, searchProps, config);
}

/** What there is one of in a test: the element that it is looked for in says nothing. */
const inPage =
    (helper) =>
    (_target, ...args) =>
        helper(...args);

export const deleteFavorite = inPage(helpers.deleteFavorite);
export const editFavoriteName = inPage(helpers.editFavoriteName);
export const editSearch = inPage(helpers.editSearch);
export const getButtons = inPage(() => helpers.getButtons());
export const getFacetTexts = inPage(helpers.getFacetTexts);
export const getVisibleButtons = inPage(() => helpers.getVisibleButtons());
export const isItemSelected = inPage(helpers.isItemSelected);
export const isOptionSelected = inPage(helpers.isOptionSelected);
export const openAddCustomFilterDialog = inPage(helpers.openAddCustomFilterDialog);
export const removeFacet = inPage((facet = 0) => helpers.removeFacet(facet));
export const saveFavorite = inPage(helpers.saveFavorite);
export const selectGroup = inPage(helpers.selectGroup);
export const switchView = inPage(helpers.switchView);
export const toggleActionMenu = inPage(helpers.toggleActionMenu);
export const toggleMenu = inPage(helpers.toggleMenu);
export const toggleMenuItem = inPage(helpers.toggleMenuItem);
export const toggleMenuItemOption = inPage(helpers.toggleMenuItemOption);
export const toggleSaveFavorite = inPage(helpers.toggleSaveFavorite);
export const toggleSearchBarMenu = inPage(helpers.toggleSearchBarMenu);
export const validateSearch = inPage(helpers.validateSearch);

// pagers are in lines, too: here the element counts
const pagerText = (target, part) => findElement(target, `.o_pager ${part}`).textContent;
export const getPagerValue = (target) => pagerText(target, ".o_pager_value").split("-").map(Number);
export const getPagerLimit = (target) => parseInt(pagerText(target, ".o_pager_limit"), 10);
export const pagerNext = (target) => click(target, ".o_pager button.o_pager_next");
export const pagerPrevious = (target) => click(target, ".o_pager button.o_pager_previous");

/** @param {string} value such as "3-4" */
export async function editPager(target, value) {
    await click(target, ".o_pager .o_pager_value");
    await editInput(getFixture(), "input.o_pager_value", value);
}
