import { Component, useState } from "@odoo/owl";
import { DateTime } from "luxon";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { formatDateTime, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Hours of the day that are offered. */
const MORNING = 8;
const AFTERNOON = 13;
/** Days of the week, as numbers; Monday is that of the next week. */
const MONDAY = 8;
const SUNDAY = 7;

/** @returns {import("luxon").DateTime} an hour of a day, some days from now */
function later(days, hour) {
    return DateTime.local().plus({ days }).set({ hour, millisecond: 0, minute: 0, second: 0 });
}

/** Send the message now, or at a time that is chosen. */
export class MailComposerSendDropdown extends Component {
    static template = "mail.MailComposerSendDropdown";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.dropdown = useDropdownState();
        this.state = useState({ isBusy: false, time: "" });
    }

    /** Only a message on one document can wait. */
    get canSchedule() {
        const { composition_batch: isBatch, composition_mode: mode } = this.props.record.data;
        return mode === "comment" && !isBatch;
    }

    get sendText() {
        return (this.props.record.data.subtype_is_log ? _t("Log") : _t("Send")).toString();
    }

    /** @returns {{label: string, time: import("luxon").DateTime}[]} */
    get proposals() {
        const { weekday } = DateTime.local();
        const offered = [
            [_t("Tomorrow morning"), later(1, MORNING)],
            [_t("Tomorrow afternoon"), later(1, AFTERNOON)],
            [_t("Monday morning"), later(MONDAY - weekday, MORNING)],
        ];
        // on Sundays, Monday is tomorrow
        return offered.slice(0, weekday === SUNDAY ? 2 : 3).map(([label, time]) => ({
            label: `${label} (${formatDateTime(time, { showSeconds: false })})`,
            time,
        }));
    }

    /** Store what is written, and have the server do something with it once. */
    async run(method, kwargs = {}) {
        const { record } = this.props;
        if (this.state.isBusy || !(await record.save())) {
            return;
        }
        this.state.isBusy = true;
        try {
            const action = await this.orm.call(record.resModel, method, [[record.resId]], {
                ...kwargs,
                context: record.context,
            });
            await this.action.doAction(action);
        } finally {
            this.state.isBusy = false;
        }
    }

    onClickSend() {
        return this.run("action_send_mail");
    }

    /** @param {import("luxon").DateTime} time */
    sendAt(time) {
        if (!time.isValid || time <= DateTime.local()) {
            this.notification.add(_t("Choose a time that is still to come."), { type: "danger" });
            return undefined;
        }
        this.dropdown.close();
        return this.run("action_schedule_message", { scheduled_date: serializeDateTime(time) });
    }

    sendAtChosen() {
        return this.sendAt(DateTime.fromISO(this.state.time));
    }
}

export const mailComposerSendDropdown = {
    component: MailComposerSendDropdown,
    fieldDependencies: [
        { name: "composition_batch", type: "boolean" },
        { name: "composition_mode", type: "selection", selection: [] },
        { name: "subtype_is_log", type: "boolean" },
    ],
};

registry.category("view_widgets").add("mail_composer_send_dropdown", mailComposerSendDropdown);
