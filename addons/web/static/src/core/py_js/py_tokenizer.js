/** Raised on text that is no Python token. */
export class TokenizerError extends Error {}

/** Kinds of tokens. */
export const TOKEN = { number: 0, string: 1, symbol: 2, name: 3, constant: 4 };

const CONSTANTS = new Set(["None", "False", "True"]);
const WORD_OPERATORS = new Set(["and", "or", "not", "in", "is", "if", "else", "for"]);
export const comparators = ["in", "not in", "is", "is not", "<", "<=", ">", ">=", "<>", "!=", "=="];
export const binaryOperators = ["or", "and", "|", "^", "&", "<<", ">>", "+", "-", "*", "/", "//", "%", "~", "**", "."];
export const unaryOperators = ["-"];

const PATTERN = new RegExp(
    [
        String.raw`(?<space>\s+)`,
        String.raw`(?<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)`,
        String.raw`(?<string>[uUbBrR]{0,2}(?:"""[^]*?"""|'''[^]*?'''|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'))`,
        String.raw`(?<name>[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)`,
        String.raw`(?<symbol>\*\*|//|<<|>>|<=|>=|==|!=|<>|[-+*/%<>=(),:.\[\]{}|&^~])`,
    ].join("|"),
    "y"
);
const ESCAPES = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", a: "\x07", 0: "\0", "\n": "" };

function stringValue(source) {
    const prefix = /^[a-z]*/i.exec(source)[0];
    const body = source.slice(prefix.length);
    const quotes = /^("""|''')/.test(body) ? 3 : 1;
    const text = body.slice(quotes, -quotes);
    if (/r/i.test(prefix)) {
        return text;
    }
    return text.replace(/\\(u[0-9a-f]{4}|x[0-9a-f]{2}|[^])/gi, (match, code) => {
        if (code.length > 1) {
            return String.fromCharCode(parseInt(code.slice(1), 16));
        }
        return code in ESCAPES ? ESCAPES[code] : "\"'\\".includes(code) ? code : match;
    });
}

function wordToken(word) {
    if (CONSTANTS.has(word)) {
        return { type: TOKEN.constant, value: word };
    }
    return { type: WORD_OPERATORS.has(word) ? TOKEN.symbol : TOKEN.name, value: word };
}

function mergeWordOperators(tokens) {
    const merged = [];
    for (const token of tokens) {
        const last = merged.at(-1);
        const isSymbol = token.type === TOKEN.symbol && last?.type === TOKEN.symbol;
        if (isSymbol && last.value === "not" && token.value === "in") {
            last.value = "not in";
        } else if (isSymbol && last.value === "is" && token.value === "not") {
            last.value = "is not";
        } else {
            merged.push(token);
        }
    }
    return merged;
}

/**
 * @param {string} text Python expression
 * @returns {{type: number, value: any}[]}
 * @throws {TokenizerError}
 */
export function tokenize(text) {
    const tokens = [];
    let position = 0;
    while (position < text.length) {
        PATTERN.lastIndex = position;
        const match = PATTERN.exec(text);
        if (!match) {
            throw new TokenizerError(
                `Unexpected ${JSON.stringify(text[position])} at position ${position} of: ${text}`
            );
        }
        position = PATTERN.lastIndex;
        const { number, string, name, symbol } = match.groups;
        if (number !== undefined) {
            tokens.push({ type: TOKEN.number, value: parseFloat(number) });
        } else if (string !== undefined) {
            tokens.push({ type: TOKEN.string, value: stringValue(string) });
        } else if (name !== undefined) {
            tokens.push(wordToken(name));
        } else if (symbol !== undefined) {
            tokens.push({ type: TOKEN.symbol, value: symbol });
        }
    }
    return mergeWordOperators(tokens);
}
