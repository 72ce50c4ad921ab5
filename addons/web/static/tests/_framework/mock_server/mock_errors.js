/** Errors of the mock server, as the server tells them. */

const MODULE = "odoo.exceptions";

/** An error of the server in a test. */
export class MockServerError extends Error {
    name = "MockServerError";
}

/**
 * @param {{args?: any[], code?: number, context?: Object, data?: Object, description?: string, errorName?: string,
 *  message?: string, subType?: string, type?: string}} [params] `type` is the name of the exception's class
 * @returns {MockServerError} to be thrown by a handler of calls
 */
export function makeServerError(params = {}) {
    const { args, code = 200, context, description, errorName, message, subType, type = "UserError" } = params;
    const error = new MockServerError(message || description || "Odoo Server Error");
    const name = errorName || (type.includes(".") ? type : `${MODULE}.${type}`);
    return Object.assign(error, {
        code,
        subType: subType || "server",
        data: {
            name,
            debug: "traceback",
            message: message || description || "",
            arguments: args || [message || description || ""],
            context: context || {},
            subType,
            ...params.data,
        },
    });
}
