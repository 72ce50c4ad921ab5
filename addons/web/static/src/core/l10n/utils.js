/** `fr_BE` -> `fr-BE`; keeps what the browser understands. */
export function pyToJsLocale(locale) {
    if (!locale) {
        return "";
    }
    const [base, script] = locale.split("@");
    const jsLocale = base.replace("_", "-");
    if (!script) {
        return jsLocale;
    }
    const [language, ...rest] = jsLocale.split("-");
    const scriptCode = { latin: "Latn", Cyrl: "Cyrl" }[script];
    return [language, scriptCode, ...rest].filter(Boolean).join("-");
}

/** `fr-BE` -> `fr_BE`. */
export function jsToPyLocale(locale) {
    return (locale || "").replace("-", "_");
}

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
