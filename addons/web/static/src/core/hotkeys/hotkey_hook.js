import { registrationHook } from "@web/core/utils/hooks";

/**
 * Shortcut that lives as long as the component.
 *
 * @type {(hotkey: string, callback: Function, options?: Object) => void}
 */
export const useHotkey = registrationHook("hotkey");
