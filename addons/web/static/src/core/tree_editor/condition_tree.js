/** Trees of conditions: what editors of domains and expressions work on. */
export {
    cloneTree,
    complexCondition,
    condition,
    connector,
    Expression,
    expression,
    formatValue,
    isTree,
    normalizeValue,
    TERM_OPERATORS_NEGATION,
    toValue,
} from "@web/core/tree_editor/tree_nodes";
export { domainFromTree, treeFromDomain } from "@web/core/tree_editor/tree_domain";
export {
    domainFromExpression,
    expressionFromDomain,
    expressionFromTree,
    treeFromExpression,
} from "@web/core/tree_editor/tree_expression";
export {
    createVirtualOperators,
    removeBetweenOperators,
    removeVirtualOperators,
    removeWithinOperators,
} from "@web/core/tree_editor/virtual_operators";
