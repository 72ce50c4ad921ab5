import { evaluate } from "@web/core/py_js/py_interpreter";
import { isTrue } from "@web/core/py_js/py_builtin";
import { parse } from "@web/core/py_js/py_parser";
import { tokenize } from "@web/core/py_js/py_tokenizer";

export { evaluate } from "@web/core/py_js/py_interpreter";
export { parse } from "@web/core/py_js/py_parser";
export { tokenize } from "@web/core/py_js/py_tokenizer";
export { formatAST } from "@web/core/py_js/py_utils";

const trees = new Map();

/** Text of a Python expression -> syntax tree (remembered). */
export function parseExpr(expr) {
    let tree = trees.get(expr);
    if (!tree) {
        tree = parse(tokenize(expr));
        trees.set(expr, tree);
    }
    return tree;
}

/**
 * Value of a Python expression.
 *
 * @param {string} expr
 * @param {Object} [context] names the expression may use
 * @throws {Error} with the expression in its message
 */
export function evaluateExpr(expr, context = {}) {
    try {
        return evaluate(parseExpr(expr), context);
    } catch (error) {
        throw new Error(`Cannot evaluate the expression (${expr}): ${error.message}`, { cause: error });
    }
}

/** What most modifiers of views are. */
const CONSTANTS = { False: false, 0: false, True: true, 1: true };

/** Truth of a Python expression; no expression is false. */
export function evaluateBooleanExpr(expr, context = {}) {
    if (!expr) {
        return false;
    }
    return Object.hasOwn(CONSTANTS, expr) ? CONSTANTS[expr] : isTrue(evaluateExpr(expr, context));
}
