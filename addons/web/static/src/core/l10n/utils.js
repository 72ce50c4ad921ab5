export { formatList } from "@web/core/l10n/utils/format_list";
export { jsToPyLocale, pyToJsLocale } from "@web/core/l10n/utils/locales";

const STRFTIME = {
    a: "ccc",
    A: "cccc",
    b: "LLL",
    B: "LLLL",
    c: "ff",
    d: "dd",
    D: "MM/dd/yy",
    e: "d",
    H: "HH",
    I: "hh",
    j: "ooo",
    m: "MM",
    M: "mm",
    p: "a",
    S: "ss",
    U: "WW",
    w: "c",
    W: "WW",
    x: "MM/dd/yyyy",
    X: "HH:mm:ss",
    y: "yy",
    Y: "yyyy",
    "%": "%",
};

/** strftime format -> luxon format. */
export function strftimeToLuxonFormat(format) {
    let result = "";
    let literal = "";
    const flush = () => {
        if (literal) {
            result += /[a-zA-Z]/.test(literal) ? `'${literal}'` : literal;
            literal = "";
        }
    };
    for (let index = 0; index < format.length; index++) {
        if (format[index] === "%") {
            index += format[index + 1] === "-" ? 2 : 1;
            flush();
            result += STRFTIME[format[index]] ?? format[index];
        } else {
            literal += format[index];
        }
    }
    flush();
    return result;
}
