/** Named arguments of calls to the mock server. */

const KWARGS = Symbol("kwargs");

/** Mark an object as the named arguments of a call; it comes last. */
export function makeKwArgs(kwargs) {
    return Object.defineProperty(kwargs, KWARGS, { value: true, configurable: true });
}

/** Take the mark of {@link makeKwArgs} away. */
export function unmakeKwArgs(kwargs) {
    return { ...kwargs };
}

/** Whether an argument holds the named ones. */
export function isKwArgs(value) {
    return Boolean(value?.[KWARGS]);
}

/**
 * @param {Iterable<any>} allArgs arguments of a call
 * @param {...string} names of the positional ones
 * @returns {Object<string, any>} all arguments by name
 */
export function getKwArgs(allArgs, ...names) {
    const args = [...allArgs];
    const named = isKwArgs(args.at(-1)) ? args.pop() : {};
    if (args.length > names.length) {
        throw new Error(`There are ${args.length} arguments for ${names.length} names: ${names.join(", ")}`);
    }
    return makeKwArgs({ ...Object.fromEntries(args.map((value, index) => [names[index], value])), ...named });
}

/** Arguments of a call in the order of the names, the named ones where they belong. */
export function positional(args, names) {
    if (!isKwArgs(args.at(-1))) {
        return args;
    }
    const named = args.at(-1);
    const given = args.slice(0, -1);
    const result = names.map((name, index) => (index < given.length ? given[index] : named[name]));
    return result;
}
