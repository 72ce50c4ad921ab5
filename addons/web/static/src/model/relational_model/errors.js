import { _t } from "@web/core/l10n/translation";
import { originalError } from "@web/core/errors/error_utils";
import { registry } from "@web/core/registry";

/** Raised when the server has no record of that id. */
export class FetchRecordError extends Error {
    /** @param {number[]} resIds those that are missing, or that the user may not read */
    constructor(resIds) {
        const ids = resIds.join(", ");
        super(_t("There is no record with the number %s any more, or you may not read it.", ids).toString());
        this.resIds = resIds;
    }
}

/** A record that is not there is said in the corner of the page, with what is shown left as it is. */
export function fetchRecordErrorHandler(env, _uncaught, original) {
    const error = originalError(original);
    if (!(error instanceof FetchRecordError)) {
        return false;
    }
    env.services.notification.add(error.message, { sticky: true, type: "danger" });
    return true;
}
registry.category("error_handlers").add("fetchRecordErrorHandler", fetchRecordErrorHandler);
