/** What tests of addons import: views, services, a server and actions on the page. */

import { fields, Command } from "./_framework/mock_server/mock_fields";
import { Model, ServerModel } from "./_framework/mock_server/mock_model";
import { webModels } from "./_framework/mock_server/mock_models";

/** Classes of models to extend. */
const models = { Model, ServerModel };

export { Command, fields, models, webModels };
export { asyncStep, waitForSteps } from "./_framework/async_step";
export { findComponent, getDropdownMenu, mountWithCleanup, preloadBundle } from "./_framework/component_test_helpers";
export {
    contains,
    defineStyle,
    editAce,
    preventResizeObserverError,
    setFixtureSize,
    swipeLeft,
    swipeRight,
} from "./_framework/dom_test_helpers";
export { getMockEnv, getService, makeDialogMockEnv, makeMockEnv, mockService } from "./_framework/env_test_helpers";
export {
    clickKanbanLoadMore,
    clickKanbanRecord,
    createKanbanRecord,
    discardKanbanRecord,
    editKanbanColumnName,
    editKanbanRecord,
    editKanbanRecordQuickCreateInput,
    getKanbanColumn,
    getKanbanColumnDropdownMenu,
    getKanbanColumnTooltips,
    getKanbanCounters,
    getKanbanProgressBars,
    getKanbanRecord,
    getKanbanRecordTexts,
    quickCreateKanbanColumn,
    quickCreateKanbanRecord,
    toggleKanbanColumnActions,
    toggleKanbanRecordDropdown,
    validateKanbanColumn,
    validateKanbanRecord,
} from "./_framework/kanban_test_helpers";
export { getKwArgs, makeKwArgs, unmakeKwArgs } from "./_framework/mock_server/mock_kwargs";
export { makeServerError, MockServerError } from "./_framework/mock_server/mock_errors";
export {
    authenticate,
    defineActions,
    defineEmbeddedActions,
    defineMenus,
    defineModels,
    defineParams,
    defineWebModels,
    logout,
    makeMockServer,
    MockServer,
    onRpc,
    stepAllNetworkCalls,
    withUser,
} from "./_framework/mock_server/mock_server";
export { serverState } from "./_framework/mock_server_state";
export { clearRegistry, restoreRegistry } from "./_framework/page_state";
export { patchWithCleanup } from "./_framework/patch_test_helpers";
export {
    deleteFavorite,
    editFavoriteName,
    editPager,
    editSearch,
    getButtons,
    getFacetTexts,
    getMenuItemTexts,
    getPagerLimit,
    getPagerValue,
    getVisibleButtons,
    isItemSelected,
    isOptionSelected,
    openAddCustomFilterDialog,
    pagerNext,
    pagerPrevious,
    removeFacet,
    saveFavorite,
    selectGroup,
    switchView,
    toggleActionMenu,
    toggleComparisonMenu,
    toggleFavoriteMenu,
    toggleFilterMenu,
    toggleGroupByMenu,
    toggleMenu,
    toggleMenuItem,
    toggleMenuItemOption,
    toggleSaveFavorite,
    toggleSearchBarMenu,
    validateSearch,
} from "./_framework/search_test_helpers";
export { allowTranslations, installLanguages, patchTranslations } from "./_framework/translation_test_helpers";
export {
    buildSelector,
    clickButton,
    clickCancel,
    clickFieldDropdown,
    clickFieldDropdownItem,
    clickModalButton,
    clickSave,
    clickViewButton,
    expectMarkup,
    fieldInput,
    hideTab,
    mountView,
    mountViewInDialog,
    mountWebClient,
    mountWithSearch,
    parseViewProps,
    selectFieldDropdownItem,
    useTestClientAction,
} from "./_framework/view_test_helpers";
