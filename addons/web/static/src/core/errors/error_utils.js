import { withSourcePlaces } from "@web/core/errors/source_places";

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

/** Stack of an error, its name and message first. */
export function formatTraceback(error) {
    const head = `${getErrorTechnicalName(error)}: ${error.message}`;
    const lines = (error.stack || "").split("\n");
    const first = lines.findIndex((line) => /^\s*at |@/.test(line));
    return [head, ...(first < 0 ? [] : lines.slice(first))].join("\n");
}

/** Name of an error's kind; of its class where it has none of its own. */
export function getErrorTechnicalName(error) {
    const { name, constructor } = error;
    return name !== Error.name || constructor === Error ? name : constructor.name;
}

/** Stack of an error in terms of the modules. @returns {Promise<string>} */
export async function annotateTraceback(error) {
    return withSourcePlaces(formatTraceback(error));
}

/** Like {@link fullTraceback}, each part by {@link annotateTraceback}. @returns {Promise<string>} */
export async function fullAnnotatedTraceback(error) {
    const parts = [];
    for (let part = error; part instanceof Error && parts.length < 10; part = part.cause) {
        parts.push(await annotateTraceback(part));
    }
    return parts.join("\n\nCaused by: ");
}

/**
 * Give an uncaught error its traceback, its place and the error behind it.
 *
 * @param {import("@web/core/errors/error_service").UncaughtError} uncaughtError
 * @param {Error} originalError
 * @param {boolean} [annotated] whether places are those of the sources
 */
export async function completeUncaughtError(uncaughtError, originalError, annotated = false) {
    uncaughtError.name = getErrorTechnicalName(uncaughtError);
    uncaughtError.traceback = annotated ? await fullAnnotatedTraceback(originalError) : fullTraceback(originalError);
    if (originalError.message) {
        uncaughtError.message = `${uncaughtError.message} > ${originalError.message}`;
    }
    uncaughtError.cause = originalError;
}
