import { useEnv } from "@odoo/owl";

/** Key in the environment by which a menu knows the one that it is in. */
export const DROPDOWN_NESTING = "dropdownControl";

/**
 * Component hook of a dropdown: what it knows of the menus around it.
 *
 * @returns {{hasParent: boolean, closeAllParents: () => void}}
 */
export function useDropdownNesting() {
    const parent = useEnv()[DROPDOWN_NESTING];
    return { hasParent: Boolean(parent), closeAllParents: () => parent?.closeAll() };
}
