import { Component, xml } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { localization } from "@web/core/l10n/localization";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Fields of the days, Sunday first. */
const WEEK_DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** A box for each day of the week, in the order of the language. */
export class WeekDays extends Component {
    static template = xml`
        <div class="o_recurrent_weekdays d-flex flex-wrap gap-2">
            <div t-foreach="weekdays" t-as="day" t-key="day" class="text-center">
                <CheckBox
                    name="day"
                    value="!!props.record.data[day]"
                    disabled="props.readonly"
                    onChange="(checked) => this.onChange(day, checked)"
                ><t t-esc="labelOf(day)"/></CheckBox>
            </div>
        </div>`;
    static components = { CheckBox };
    static props = { ...standardWidgetProps };

    get weekdays() {
        const start = (localization.weekStart || 0) % 7;
        return [...WEEK_DAYS.slice(start), ...WEEK_DAYS.slice(0, start)];
    }

    labelOf(day) {
        return this.props.record.fields[day].string;
    }

    onChange(day, checked) {
        return this.props.record.update({ [day]: checked });
    }
}

export const weekDays = {
    component: WeekDays,
    fieldDependencies: WEEK_DAYS.map((name) => ({ name, type: "boolean", readonly: false })),
};

registry.category("view_widgets").add("week_days", weekDays);
