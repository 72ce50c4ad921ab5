import { Domain } from "@web/core/domain";
import { AST } from "@web/core/py_js/py_parser";
import { formatAST, parseExpr } from "@web/core/py_js/py";
import {
    complexCondition,
    condition,
    connector,
    isTree,
    TERM_OPERATORS_NEGATION,
    toAST,
    toValue,
} from "@web/core/tree_editor/tree_nodes";
import { createVirtualOperators, removeVirtualOperators } from "@web/core/tree_editor/virtual_operators";

/**
 * Domains as trees and trees as domains.
 *
 * @typedef {import("@web/core/tree_editor/tree_nodes").Tree} Tree
 * @typedef {{distributeNot?: boolean, getFieldDef?: (path: any) => Object|null}} Options
 */

const SUBDOMAIN_OPERATORS = ["any", "not any"];
const OTHER_CONNECTOR = { "&": "|", "|": "&" };

// ------------------------------------------------------------------ domain -> tree

/** Reads the nodes of a domain in their order. */
class DomainReader {
    constructor(nodes, options) {
        this.nodes = nodes;
        this.position = 0;
        this.options = options;
    }

    /** @param {boolean} negate whether the contrary is meant @returns {Tree} */
    next(negate = false) {
        const node = this.nodes[this.position++];
        if (node.type !== AST.string) {
            return this.leaf(node.value, negate);
        }
        if (node.value === "!") {
            return this.next(!negate);
        }
        const isPushed = negate && this.options.distributeNot;
        const value = isPushed ? OTHER_CONNECTOR[node.value] : node.value;
        const children = [this.next(isPushed), this.next(isPushed)];
        return flat(connector(value, children, negate && !isPushed));
    }

    leaf(parts, negate) {
        const [path, operator, written] = parts.map(toValue);
        const complex = complexOf(parts, operator);
        if (complex) {
            return complexCondition(negate ? `not (${complex})` : complex);
        }
        const value = SUBDOMAIN_OPERATORS.includes(operator) ? this.subtree(parts[2], written) : written;
        const opposite = TERM_OPERATORS_NEGATION[operator];
        if (negate && this.options.distributeNot && typeof operator === "string" && opposite) {
            return condition(path, opposite, value);
        }
        return condition(path, operator, value, negate);
    }

    /** Tree of a domain that is a value; the value where it is none. */
    subtree(ast, value) {
        try {
            return treeOf(new Domain(formatAST(ast)), this.options);
        } catch {
            // a name or a call: what it gives is not known here
            return value;
        }
    }
}

/** Source of an expression that stands in a domain as `(bool(expression), "=", 1)`. */
function complexOf([path, , value], operator) {
    const isCall = path.type === AST.call && path.fn.type === AST.name && path.fn.value === "bool";
    const isTrue = value.type === AST.number && value.value === 1;
    return isCall && path.args.length === 1 && operator === "=" && isTrue ? formatAST(path.args[0]) : null;
}

/** The connector with the children of those of its kind as its own. */
function flat(node) {
    const children = node.children.flatMap((child) => {
        const isSame = child.type === "connector" && child.value === node.value && !child.negate;
        return isSame ? child.children : [child];
    });
    return { ...node, children };
}

function treeOf(domain, options) {
    const nodes = domain.ast.value;
    return nodes.length ? new DomainReader(nodes, options).next() : connector("&");
}

/**
 * Tree of a domain, with the operators that users see.
 *
 * @param {string|Array|Domain} domain
 * @param {Options} [options] `distributeNot`: "not" is told by operators and connectors where that is possible
 * @returns {Tree}
 * @throws {InvalidDomainError}
 */
export function treeFromDomain(domain, options = {}) {
    return createVirtualOperators(treeOf(new Domain(domain), options), options);
}

// ------------------------------------------------------------------ tree -> domain

const TRUE_LEAF = [1, "=", 1];

function symbol(value) {
    return { type: AST.string, value };
}

function leafOf(parts) {
    return { type: AST.tuple, value: parts.map((part) => (isTree(part) ? listOf(part) : toAST(part))) };
}

function nodesOf(tree) {
    const negation = tree.negate ? [symbol("!")] : [];
    if (tree.type === "condition") {
        return [...negation, leafOf([tree.path, tree.operator, tree.value])];
    }
    if (tree.type === "complex_condition") {
        const source = toAST(complexSource(tree.value));
        return [{ type: AST.tuple, value: [source, symbol("="), toAST(1)] }];
    }
    if (!tree.children.length) {
        return tree.negate ? [...negation, leafOf(TRUE_LEAF)] : [];
    }
    const parts = tree.children.map(nodesOf).filter((nodes) => nodes.length);
    const symbols = Array.from({ length: Math.max(parts.length - 1, 0) }, () => symbol(tree.value));
    return [...(parts.length ? negation : []), ...symbols, ...parts.flat()];
}

function complexSource(source) {
    return toValue({ type: AST.call, fn: { type: AST.name, value: "bool" }, args: [parseExpr(source)], kwargs: {} });
}

function listOf(tree) {
    return { type: AST.list, value: nodesOf(tree) };
}

/**
 * Domain of a tree.
 *
 * @param {Tree} tree
 * @returns {string} Python source
 */
export function domainFromTree(tree) {
    return formatAST(listOf(removeVirtualOperators(tree)));
}
