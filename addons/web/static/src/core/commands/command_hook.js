import { registrationHook } from "@web/core/utils/hooks";

/**
 * Command that lives as long as the component.
 *
 * @type {(name: string, action: Function, options?: Object) => void}
 */
export const useCommand = registrationHook("command");
