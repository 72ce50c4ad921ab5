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

/** Truth of a Python expression; "", "True", "1", "False" and "0" need no evaluation. */
export function evaluateBooleanExpr(expr, context = {}) {
    if (!expr || expr === "False" || expr === "0") {
        return false;
    }
    if (expr === "True" || expr === "1") {
        return true;
    }
    return isTrue(evaluateExpr(`bool(${expr})`, context));
}
