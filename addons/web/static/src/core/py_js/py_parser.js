import { TOKEN, tokenize } from "@web/core/py_js/py_tokenizer";

/** Raised on tokens that do not form an expression. */
export class ParserError extends Error {}

/** Kinds of nodes of the syntax tree. */
export const AST = {
    number: 0,
    string: 1,
    boolean: 2,
    none: 3,
    list: 4,
    name: 5,
    unary: 6,
    binary: 7,
    call: 8,
    assignment: 9,
    tuple: 10,
    dictionary: 11,
    lookup: 12,
    conditional: 13,
    booleanOperator: 14,
    attribute: 15,
    set: 16,
};

const COMPARE = new Set(["in", "not in", "is", "is not", "<", "<=", ">", ">=", "<>", "!=", "=="]);
const LEVELS = [["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*", "/", "//", "%"]];

class Parser {
    constructor(tokens) {
        this.tokens = tokens;
        this.position = 0;
    }

    peek(...values) {
        const token = this.tokens[this.position];
        return token?.type === TOKEN.symbol && values.includes(token.value);
    }

    accept(...values) {
        return this.peek(...values) ? this.tokens[this.position++].value : undefined;
    }

    expect(value) {
        if (!this.accept(value)) {
            const found = this.tokens[this.position];
            throw new ParserError(`Expected "${value}", found ${found ? `"${found.value}"` : "the end"}`);
        }
    }

    expression() {
        const value = this.or();
        if (!this.accept("if")) {
            return value;
        }
        const condition = this.or();
        this.expect("else");
        return { type: AST.conditional, condition, ifTrue: value, ifFalse: this.expression() };
    }

    or() {
        let left = this.and();
        while (this.accept("or")) {
            left = { type: AST.booleanOperator, op: "or", left, right: this.and() };
        }
        return left;
    }

    and() {
        let left = this.not();
        while (this.accept("and")) {
            left = { type: AST.booleanOperator, op: "and", left, right: this.not() };
        }
        return left;
    }

    not() {
        if (this.accept("not")) {
            return { type: AST.unary, op: "not", right: this.not() };
        }
        return this.comparison();
    }

    comparison() {
        let left = this.arithmetic(0);
        let chain = null;
        for (let op = this.accept(...COMPARE); op; op = this.accept(...COMPARE)) {
            const right = this.arithmetic(0);
            const link = { type: AST.binary, op, left, right };
            chain = chain ? { type: AST.booleanOperator, op: "and", left: chain, right: link } : link;
            left = right;
        }
        return chain || left;
    }

    arithmetic(level) {
        if (level === LEVELS.length) {
            return this.unary();
        }
        let left = this.arithmetic(level + 1);
        for (let op = this.accept(...LEVELS[level]); op; op = this.accept(...LEVELS[level])) {
            left = { type: AST.binary, op, left, right: this.arithmetic(level + 1) };
        }
        return left;
    }

    unary() {
        const op = this.accept("-", "+", "~");
        if (op) {
            return { type: AST.unary, op, right: this.unary() };
        }
        const left = this.postfix();
        return this.accept("**") ? { type: AST.binary, op: "**", left, right: this.unary() } : left;
    }

    postfix() {
        let node = this.atom();
        for (;;) {
            if (this.accept(".")) {
                const token = this.tokens[this.position++];
                if (token?.type !== TOKEN.name) {
                    throw new ParserError("Expected a name after the dot");
                }
                node = { type: AST.attribute, obj: node, key: token.value };
            } else if (this.accept("(")) {
                node = this.call(node);
            } else if (this.accept("[")) {
                const key = this.expression();
                this.expect("]");
                node = { type: AST.lookup, target: node, key };
            } else {
                return node;
            }
        }
    }

    call(fn) {
        const args = [];
        const kwargs = {};
        while (!this.accept(")")) {
            const [name, equal] = this.tokens.slice(this.position, this.position + 2);
            if (name?.type === TOKEN.name && equal?.type === TOKEN.symbol && equal.value === "=") {
                this.position += 2;
                kwargs[name.value] = this.expression();
            } else {
                args.push(this.expression());
            }
            if (!this.peek(")")) {
                this.expect(",");
            }
        }
        return { type: AST.call, fn, args, kwargs };
    }

    atom() {
        const token = this.tokens[this.position++];
        if (!token) {
            throw new ParserError("The expression ends too early");
        }
        switch (token.type) {
            case TOKEN.number:
                return { type: AST.number, value: token.value };
            case TOKEN.string:
                return this.strings(token.value);
            case TOKEN.name:
                return { type: AST.name, value: token.value };
            case TOKEN.constant:
                return token.value === "None"
                    ? { type: AST.none }
                    : { type: AST.boolean, value: token.value === "True" };
        }
        if (token.value === "(") {
            return this.parenthesis();
        }
        if (token.value === "[") {
            return { type: AST.list, value: this.items("]") };
        }
        if (token.value === "{") {
            return this.braces();
        }
        throw new ParserError(`Unexpected "${token.value}"`);
    }

    strings(value) {
        while (this.tokens[this.position]?.type === TOKEN.string) {
            value += this.tokens[this.position++].value;
        }
        return { type: AST.string, value };
    }

    items(end) {
        const items = [];
        while (!this.accept(end)) {
            items.push(this.expression());
            if (!this.peek(end)) {
                this.expect(",");
            }
        }
        return items;
    }

    parenthesis() {
        const start = this.position;
        const value = this.items(")");
        const last = this.tokens[this.position - 2];
        const trailingComma = last?.type === TOKEN.symbol && last.value === ",";
        return value.length === 1 && !trailingComma && this.position - start > 1
            ? value[0]
            : { type: AST.tuple, value };
    }

    braces() {
        const dictionary = {};
        const items = [];
        while (!this.accept("}")) {
            const key = this.expression();
            if (this.accept(":")) {
                dictionary[key.value] = this.expression();
            } else {
                items.push(key);
            }
            if (!this.peek("}")) {
                this.expect(",");
            }
        }
        return items.length ? { type: AST.set, value: items } : { type: AST.dictionary, value: dictionary };
    }

    end(node) {
        if (this.position < this.tokens.length) {
            throw new ParserError(`Unexpected "${this.tokens[this.position].value}" after the expression`);
        }
        return node;
    }
}

/**
 * Build the syntax tree of tokens.
 *
 * @throws {ParserError}
 */
export function parse(tokens) {
    const parser = new Parser(tokens);
    const node = parser.expression();
    if (parser.peek(",")) {
        const value = [node];
        while (parser.accept(",") && parser.position < tokens.length) {
            value.push(parser.expression());
        }
        return parser.end({ type: AST.tuple, value });
    }
    return parser.end(node);
}

/** Positional and named values of a call, by parameter names. */
export function parseArgs(args, spec) {
    const last = args.at(-1);
    const named = last && typeof last === "object" && last.isKwargs ? args.pop() : {};
    const unnamed = Object.fromEntries(args.slice(0, spec.length).map((value, index) => [spec[index], value]));
    return { ...named, ...unnamed };
}

export { tokenize };

/** How tightly a symbol binds what is left of it; 0 for what binds nothing. */
const BINDING_POWERS = {
    or: 30,
    and: 40,
    not: 50,
    ...Object.fromEntries([...COMPARE].map((operator) => [operator, 60])),
    ...Object.fromEntries(
        LEVELS.flatMap((operators, index) => operators.map((operator) => [operator, 70 + 10 * index]))
    ),
    "**": 140,
    ".": 150,
    "(": 150,
    "[": 150,
    if: 20,
    "=": 10,
};

/** @param {string} symbol @returns {number} how tightly an operator binds */
export function bp(symbol) {
    return BINDING_POWERS[symbol] || 0;
}
