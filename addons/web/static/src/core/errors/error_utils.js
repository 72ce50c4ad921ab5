/** Whole text of an error with those that caused it. */
export function fullTraceback(error) {
    let text = error.stack || `${error.name}: ${error.message}`;
    let cause = error.cause;
    while (cause) {
        text += `\n\nCaused by: ${cause instanceof Error ? fullTraceback(cause) : cause}`;
        cause = cause.cause && cause !== cause.cause ? null : undefined;
    }
    return text;
}

/** Error of an `ErrorEvent`-like thing whose own is hidden by Owl. */
export function originalError(error) {
    let current = error;
    while (current?.cause instanceof Error && /OwlError|An error occured/.test(`${current.name} ${current.message}`)) {
        current = current.cause;
    }
    return current;
}
