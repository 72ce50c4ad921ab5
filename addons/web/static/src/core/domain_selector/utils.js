import { getDomainDisplayedOperators } from "@web/core/domain_selector/domain_selector_operator_editor";
import { condition, domainFromTree } from "@web/core/tree_editor/condition_tree";
import { getDefaultValue } from "@web/core/tree_editor/tree_editor_value_editors";
import { getDefaultPath } from "@web/core/tree_editor/utils";
import { useService } from "@web/core/utils/hooks";

/** A new rule. @param {Object} fieldDefs of the model */
export function getDefaultCondition(fieldDefs) {
    const path = getDefaultPath(fieldDefs);
    const [operator] = getDomainDisplayedOperators(fieldDefs[path]);
    return condition(path, operator, getDefaultValue(fieldDefs[path], operator));
}

/** Domain of a new rule. @param {Object} fieldDefs of the model @returns {string} */
export function getDefaultDomain(fieldDefs) {
    return domainFromTree(getDefaultCondition(fieldDefs));
}

/** @returns {(resModel: string) => Promise<string>} domain of a new rule about a model */
export function useGetDefaultLeafDomain(fieldService = useService("field")) {
    return async (resModel) => getDefaultDomain(await fieldService.loadFields(resModel));
}
