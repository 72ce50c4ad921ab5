import { Component } from "@odoo/owl";
import { deserializeDate, deserializeDateTime, formatDate, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatFloat, formatInteger, formatMonetary } from "@web/views/fields/formatters";

const FORMATS = {
    boolean: (value) => (value ? _t("Yes") : _t("No")).toString(),
    date: (value) => formatDate(deserializeDate(value)),
    datetime: (value) => formatDateTime(deserializeDateTime(value)),
    float: (value) => formatFloat(value),
    integer: (value) => formatInteger(value),
    monetary: (value, currencyId) => formatMonetary(value, { currencyId }),
};

/** What fields of a document were before, and what they are since. */
export class TrackedValues extends Component {
    static template = "mail.TrackedValues";
    static props = { values: Array };

    /** @param {string} type of the field @param {{value: any, currencyId?: number}} told @returns {string} */
    formatTracking(type, { currencyId, value }) {
        const isNothing = value === false || value === null || value === undefined || value === "";
        if (isNothing && type !== "boolean") {
            return _t("None").toString();
        }
        return FORMATS[type]?.(value, currencyId) ?? String(value);
    }
}
