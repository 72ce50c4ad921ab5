import { DateTime } from "luxon";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { capitalize } from "@web/core/utils/strings";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { DateTimeField, dateField } from "@web/views/fields/datetime/datetime_field";

/** Days to or since a date, with colour. */
export class RemainingDaysField extends DateTimeField {
    static template = "web.RemainingDaysField";
    static props = { ...DateTimeField.props, classes: { type: Object, optional: true } };
    static defaultProps = {
        ...DateTimeField.defaultProps,
        classes: { "fw-bold text-warning": "days == 0", "text-danger": "days < 0" },
    };

    get diffDays() {
        const value = this.props.record.data[this.props.name];
        return value ? Math.round(value.startOf("day").diff(DateTime.local().startOf("day"), "days").days) : null;
    }

    get diffString() {
        if (this.diffDays === null) {
            return "";
        }
        if (Math.abs(this.diffDays) > 99) {
            return formatDate(this.values[0]);
        }
        const texts = { "-1": _t("Yesterday"), 0: _t("Today"), 1: _t("Tomorrow") };
        return (
            texts[this.diffDays] ||
            capitalize(this.diffDays < 0 ? _t("%s days ago", -this.diffDays) : _t("In %s days", this.diffDays))
        );
    }

    get classNames() {
        if (this.diffDays === null) {
            return null;
        }
        const context = { days: this.diffDays, record: this.props.record.evalContext };
        return Object.fromEntries(
            Object.entries(this.props.classes).map(([name, expression]) => [
                name,
                evaluateBooleanExpr(expression, context),
            ])
        );
    }
}

export const remainingDaysField = {
    ...dateField,
    component: RemainingDaysField,
    displayName: _t("Remaining Days"),
    supportedTypes: ["date", "datetime"],
    extractProps: (info, dynamicInfo) => ({
        ...dateField.extractProps(info, dynamicInfo),
        classes: info.options.classes,
    }),
};

registry.category("fields").add("remaining_days", remainingDaysField);
