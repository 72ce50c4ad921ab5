import { OWL_SETUP_HOOKS } from "@web/core/utils/draggable_hook_builder_owl";
import { useSortable as useAnySortable } from "@web/core/utils/sortable";

/** Component hook: sort elements by dragging, see `@web/core/utils/sortable`. */
export function useSortable(params) {
    return useAnySortable({ ...params, setupHooks: OWL_SETUP_HOOKS });
}
