import { Info } from "luxon";
import { registry } from "@web/core/registry";
import { WeekDays, weekDays } from "@web/views/widgets/week_days/week_days";

/** Days as luxon counts them, Monday first. */
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The days of the week on which events come again. */
export class CalendarWeekDays extends WeekDays {
    labelOf(day) {
        return Info.weekdays("short")[DAYS.indexOf(day)];
    }
}

export const calendarWeekDays = { ...weekDays, component: CalendarWeekDays };

registry.category("view_widgets").add("calendar_week_days", calendarWeekDays);
