/**
 * Whether an item of a registry wants to be shown now; one that does not say does.
 *
 * @param {{isDisplayed?: (env: Object) => boolean|Promise<boolean>}} item
 * @param {Object} env
 * @returns {boolean|Promise<boolean>}
 */
export function isShown(item, env) {
    return !item.isDisplayed || item.isDisplayed(env);
}

/** What a menu needs to show a component that is registered for it. */
export function menuItem({ Component, groupNumber }) {
    return { Component, groupNumber, key: Component.name };
}
