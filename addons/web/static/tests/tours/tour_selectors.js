/** Selectors of tours: those of CSS, and pseudo-classes about what is seen, written and where in the list it stands. */

const OPENING = { "(": ")", "[": "]", '"': '"', "'": "'" };

/** Visit each character of a selector that is in no brackets and no quotes. */
function* outerCharacters(selector) {
    const closing = [];
    for (let position = 0; position < selector.length; position++) {
        const character = selector[position];
        const quoted = ["'", '"'].includes(closing.at(-1));
        if (character === "\\") {
            position++;
        } else if (character === closing.at(-1)) {
            closing.pop();
        } else if (!quoted && character in OPENING) {
            closing.push(OPENING[character]);
        } else if (!closing.length) {
            yield [position, character];
        }
    }
}

/** @param {string} selector @returns {string[]} its alternatives, which commas part */
export function splitList(selector) {
    const commas = [...outerCharacters(selector)].filter(([, character]) => character === ",");
    const ends = [...commas.map(([position]) => position), selector.length];
    return ends.map((end, index) => selector.slice(index ? ends[index - 1] + 1 : 0, end).trim());
}

/** Split `a > b:visible c` into pairs of a combinator and what follows it. */
function splitSteps(selector) {
    const steps = [];
    let combinator = " ";
    let start = 0;
    const take = (end) => {
        const compound = selector.slice(start, end).trim();
        if (compound) {
            steps.push([combinator, compound]);
            combinator = " ";
        }
        start = end + 1;
    };
    for (const [position, character] of outerCharacters(selector)) {
        if (" \n\t>+~".includes(character)) {
            take(position);
            if (">+~".includes(character)) {
                combinator = character;
            }
        }
    }
    take(selector.length);
    return steps;
}

const FILTERS = {
    contains: (elements, text) => elements.filter((el) => textOf(el).includes(squeeze(text))),
    text: (elements, text) => elements.filter((el) => textOf(el) === squeeze(text)),
    value: (elements, text) => elements.filter((el) => el.value === text),
    visible: (elements) => elements.filter(isVisible),
    hidden: (elements) => elements.filter((el) => !isVisible(el)),
    focus: (elements) => elements.filter((el) => el === el.ownerDocument.activeElement),
    first: (elements) => elements.slice(0, 1),
    last: (elements) => elements.slice(-1),
    eq: (elements, index) => elements.slice(Number(index)).slice(0, 1),
    only: (elements) => (elements.length === 1 ? elements : []),
    count: (elements, number) => (elements.length === Number(number) ? elements : []),
    not: (elements, selector, root) => {
        const refused = new Set(queryAll(selector, root));
        return elements.filter((el) => !refused.has(el));
    },
    has: (elements, selector) => elements.filter((el) => queryAll(selector, el).length),
    iframe: (elements) => elements.map((el) => el.contentDocument?.body).filter(Boolean),
};
const OWN = new RegExp(`:(?:${Object.keys(FILTERS).join("|")})(?![\\w-])`);

function squeeze(text) {
    return text.replace(/\s+/g, " ").trim();
}

function textOf(el) {
    return squeeze(el.textContent);
}

function unquote(text) {
    const inner = text.trim();
    return /^(["']).*\1$/s.test(inner) ? inner.slice(1, -1) : inner;
}

/** Split `button:visible:contains(Save)` into what CSS knows and the filters that follow. */
function splitCompound(compound) {
    const starts = [...outerCharacters(compound)].filter(([, character]) => character === ":").map(([at]) => at);
    const parts = starts.map((start, index) => compound.slice(start, starts[index + 1]));
    let native = compound.slice(0, starts[0]);
    const filters = [];
    for (const part of parts) {
        const [, name, , argument = ""] = /^:+([\w-]+)(\((.*)\))?$/s.exec(part) || [];
        const isOwn = name in FILTERS && !(["not", "has"].includes(name) && !OWN.test(argument));
        if (isOwn) {
            filters.push([name, ["not", "has"].includes(name) ? argument : unquote(argument)]);
        } else {
            native += part;
        }
    }
    return [native || "*", filters];
}

function follow(context, combinator, native) {
    const siblings = [];
    for (let next = context.nextElementSibling; next; next = next.nextElementSibling) {
        siblings.push(next);
    }
    const found = {
        " ": () => [...context.querySelectorAll(native)],
        ">": () => [...context.children].filter((el) => el.matches(native)),
        "+": () => siblings.slice(0, 1).filter((el) => el.matches(native)),
        "~": () => siblings.filter((el) => el.matches(native)),
    };
    return found[combinator]();
}

/** @returns {boolean} whether an element takes room on the page and is not hidden */
export function isVisible(el) {
    if (["BODY", "HTML"].includes(el.tagName)) {
        return true;
    }
    return el.getClientRects().length > 0 && el.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}

/**
 * Return the elements that a selector means, in the order of its parts.
 *
 * @param {string} selector CSS, and `:contains(text)`, `:text(text)`, `:value(text)`, `:visible`, `:hidden`, `:focus`,
 *  `:first`, `:last`, `:eq(number)`, `:only`, `:count(number)`, `:iframe`, which may be in `:not(...)` and `:has(...)`
 * @param {Document|Element} [root]
 * @returns {Element[]}
 */
export function queryAll(selector, root = document) {
    const found = splitList(selector).flatMap((single) => {
        let elements = [root];
        for (const [combinator, compound] of splitSteps(single)) {
            const [native, filters] = splitCompound(compound);
            elements = [...new Set(elements.flatMap((context) => follow(context, combinator, native)))];
            for (const [name, argument] of filters) {
                elements = FILTERS[name](elements, argument, root);
            }
        }
        return elements;
    });
    return [...new Set(found)];
}
