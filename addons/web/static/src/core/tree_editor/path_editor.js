import { ModelFieldSelector } from "@web/core/model_field_selector/model_field_selector";

/**
 * Editor of the path of a condition.
 *
 * @param {Object} selectorProps of the field selector, but for path and what it does with it
 * @param {Object} info
 * @param {any} info.defaultPath
 * @param {(path: any) => boolean} info.isKnown whether a path can be shown
 * @param {any} info.message said of one that cannot
 */
export function makePathEditorInfo(selectorProps, { defaultPath, isKnown, message }) {
    return {
        component: ModelFieldSelector,
        defaultValue: () => defaultPath,
        extractProps: ({ value, update }) => ({ ...selectorProps, path: value, readonly: false, update }),
        // sides of a condition that always holds or never, which are no fields
        isSupported: (path) => path === 0 || path === 1 || isKnown(path),
        message,
        stringify: String,
    };
}
