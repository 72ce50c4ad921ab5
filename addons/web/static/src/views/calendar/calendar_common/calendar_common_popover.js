import { Component } from "@odoo/owl";
import { Duration } from "luxon";
import { Dialog } from "@web/core/dialog/dialog";
import { localization } from "@web/core/l10n/localization";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { useActiveElement } from "@web/core/ui/ui_service";
import { Record } from "@web/model/record";
import { getFormattedDateSpan } from "@web/views/calendar/utils";
import { Field } from "@web/views/fields/field";

/** What an event tells when it is clicked. */
export class CalendarCommonPopover extends Component {
    static template = "web.CalendarCommonPopover";
    static subTemplates = {
        popover: "web.CalendarCommonPopover.popover",
        body: "web.CalendarCommonPopover.body",
        footer: "web.CalendarCommonPopover.footer",
    };
    static components = { Dialog, Field, Record };
    static props = {
        close: Function,
        record: Object,
        model: Object,
        createRecord: { type: Function, optional: true },
        deleteRecord: Function,
        editRecord: Function,
    };

    setup() {
        useActiveElement("popover");
        const { isDateHidden } = this.props.model;
        const { end, isAllDay, isTimeHidden, start } = this.props.record;
        const isOneDay = start.hasSame(end, "day");
        const hasHours = isOneDay && !isAllDay && !isTimeHidden;
        this.date = isDateHidden ? null : getFormattedDateSpan(start, end);
        this.dateDuration =
            isAllDay && !isOneDay ? this.formatDuration(end.plus({ days: 1 }).diff(start, "days")) : null;
        this.time = hasHours ? this.formatHours(start, end) : null;
        this.timeDuration = hasHours ? this.formatDuration(end.diff(start, ["hours", "minutes"])) : null;
    }

    get activeFields() {
        return this.props.model.activeFields;
    }

    get isEventEditable() {
        return true;
    }

    get isEventDeletable() {
        return this.props.model.canDelete;
    }

    get hasFooter() {
        return this.isEventEditable || this.isEventDeletable;
    }

    formatHours(...moments) {
        return moments.map((moment) => moment.toFormat(localization.shortTimeFormat)).join(" - ");
    }

    /** A duration in words of the user's language, without the units of which there is nothing. */
    formatDuration(duration) {
        const parts = Object.entries(duration.toObject()).filter(([, count]) => count);
        const rounded = Object.fromEntries(parts.map(([unit, count]) => [unit, Math.round(count)]));
        return Duration.fromObject(rounded, { locale: duration.locale }).toHuman({ listStyle: "long" });
    }

    /** Whether a field of the arch is hidden for the event. */
    isInvisible(fieldNode, record) {
        return evaluateBooleanExpr(fieldNode.invisible, record.evalContextWithVirtualIds);
    }

    onEditEvent() {
        this.props.editRecord(this.props.record);
        this.props.close();
    }

    onDeleteEvent() {
        this.props.deleteRecord(this.props.record);
        this.props.close();
    }
}
