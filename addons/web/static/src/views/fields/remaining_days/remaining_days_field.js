import { DateTime } from "luxon";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { capitalize } from "@web/core/utils/strings";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { archProps, option, propTypes } from "@web/views/fields/arch_props";
import { DATE_PROPS, DateTimeField, dateField } from "@web/views/fields/datetime/datetime_field";
import { getValue } from "@web/views/fields/field_value";
import { getClassNameFromDecoration } from "@web/views/utils";

const ARCH_PROPS = { ...DATE_PROPS, classes: option("classes", Object) };

/** What is archived is nobody's business any more, however late it is. */
function isArchived({ data }) {
    return data.active === false || data.x_active === false;
}

/** Days to or since a date, with colour. */
export class RemainingDaysField extends DateTimeField {
    static template = "web.RemainingDaysField";
    static props = { ...DateTimeField.props, ...propTypes(ARCH_PROPS) };
    static defaultProps = {
        ...DateTimeField.defaultProps,
        classes: { bf: "days <= 0", danger: "days < 0", warning: "days == 0" },
    };

    get diffDays() {
        const value = getValue(this.props);
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
            capitalize(String(this.diffDays < 0 ? _t("%s days ago", -this.diffDays) : _t("In %s days", this.diffDays)))
        );
    }

    get classNames() {
        const { record } = this.props;
        if (this.diffDays === null || isArchived(record)) {
            return null;
        }
        const context = { days: this.diffDays, record: record.evalContext };
        return Object.fromEntries(
            Object.entries(this.props.classes).map(([name, expression]) => [
                getClassNameFromDecoration(name),
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
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("remaining_days", remainingDaysField);
