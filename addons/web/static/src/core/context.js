import { evaluateExpr, parseExpr } from "@web/core/py_js/py";
import { AST } from "@web/core/py_js/py_parser";
import { evaluate } from "@web/core/py_js/py_interpreter";

/**
 * Evaluate the text of a context; may be used on a dictionary too.
 *
 * @param {Object|string|undefined} context
 * @param {Object} [initialEvaluationContext] names
 */
export function evalContext(context, initialEvaluationContext = {}) {
    return typeof context === "string" ? evaluateExpr(context, initialEvaluationContext) : context;
}

/**
 * Merge contexts in order; texts are evaluated with what comes before them.
 *
 * @param {(Object|string|undefined)[]} contexts
 * @param {Object} [initialEvaluationContext]
 * @returns {Object}
 */
export function makeContext(contexts, initialEvaluationContext) {
    const evaluationContext = { ...initialEvaluationContext };
    const result = {};
    for (const item of contexts) {
        if (item) {
            const value = evalContext(item, evaluationContext);
            Object.assign(result, value);
            Object.assign(evaluationContext, result);
        }
    }
    return result;
}

/** Entries of a context text that can be evaluated; the others are dropped. */
export function evalPartialContext(text, context) {
    const tree = parseExpr(text);
    const result = {};
    for (const [key, node] of Object.entries(tree.type === AST.dictionary ? tree.value : {})) {
        if (namesIn(node).every((name) => name in context)) {
            result[key] = evaluate(node, context);
        }
    }
    return result;
}

function namesIn(node) {
    if (!node || typeof node !== "object") {
        return [];
    }
    if (node.type === AST.name) {
        return [node.value];
    }
    return Object.values(node).flatMap((child) => (Array.isArray(child) ? child.flatMap(namesIn) : namesIn(child)));
}

export { namesIn as getUsedNames };
