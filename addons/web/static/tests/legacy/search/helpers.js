/** @odoo-module alias=@web/../tests/search/helpers */

/** The search of tests. The element that these functions are given first is that of the test, which has one search. */

import * as helpers from "../../web_test_helpers";
import { makeTestEnv } from "../helpers/mock_env";

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
export const editPager = inPage(helpers.editPager);
export const editSearch = inPage(helpers.editSearch);
export const getButtons = inPage(helpers.getButtons);
export const getFacetTexts = inPage(helpers.getFacetTexts);
export const getVisibleButtons = inPage(helpers.getVisibleButtons);
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
export { getPagerLimit, getPagerValue, pagerNext, pagerPrevious } from "../../web_test_helpers";
