/** Truth of an attribute: "false", "0" and "False" are false, absence is the default. */
export function exprToBoolean(str, trueIfEmpty = false) {
    return str ? !/^(false|0)$/i.test(str) : trueIfEmpty;
}
