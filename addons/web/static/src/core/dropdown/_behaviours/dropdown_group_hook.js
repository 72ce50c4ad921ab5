import { useComponent } from "@odoo/owl";
import { DROPDOWN_GROUP } from "@web/core/dropdown/dropdown_group";
import { useWhileMounted } from "@web/core/utils/hooks";

/**
 * Component hook of a dropdown: belong to the group around it.
 *
 * @returns {{isInGroup: boolean, isOpen: boolean}} whether there is one, and whether one of its dropdowns is open
 */
export function useDropdownGroup() {
    const dropdown = useComponent();
    const members = dropdown.env[DROPDOWN_GROUP];
    useWhileMounted(() => {
        members?.add(dropdown);
        return () => members?.delete(dropdown);
    });
    return {
        get isInGroup() {
            return Boolean(members);
        },
        get isOpen() {
            return [...(members || [])].some((other) => other.state.isOpen);
        },
    };
}
