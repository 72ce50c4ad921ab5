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
