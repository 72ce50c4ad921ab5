import { registry } from "@web/core/registry";
import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { formView } from "@web/views/form/form_view";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { CalendarFormController } from "@calendar/views/calendar_form/calendar_form_controller";

/** What goes from the small form to the whole one. */
const TAKEN = ["name", "start", "start_date", "stop", "stop_date", "allday", "videocall_location", "description"];
const WRITERS = { date: serializeDate, datetime: serializeDateTime };

/**
 * Values of a new event as defaults of another form.
 *
 * @param {Object} record of the small form
 * @returns {Object} context
 */
export function defaultsOf({ data, fields }) {
    const context = {};
    for (const name of TAKEN.filter((name) => name in data)) {
        const write = WRITERS[fields[name].type];
        context[`default_${name}`] = (write && data[name] ? write(data[name]) : data[name]) || false;
    }
    if (data.partner_ids) {
        context.default_partner_ids = [...data.partner_ids.currentIds];
    }
    return context;
}

/** The small form of a new event. */
export class CalendarQuickCreateFormController extends CalendarFormController {
    static props = { ...CalendarFormController.props, goToFullEvent: { type: Function, optional: true } };

    goToFullEvent() {
        const { goToFullEvent } = this.props;
        return goToFullEvent?.(defaultsOf(this.model.root));
    }
}

registry.category("views").add("calendar_quick_create_form_view", {
    ...formView,
    Controller: CalendarQuickCreateFormController,
    buttonTemplate: "calendar.CalendarQuickCreateButtons",
});

/** Dialog with the small form. */
export class CalendarQuickCreate extends FormViewDialog {
    static props = { ...FormViewDialog.props, goToFullEvent: { type: Function, optional: true } };

    setup() {
        super.setup();
        this.viewProps.buttonTemplate = "calendar.CalendarQuickCreateButtons";
        this.viewProps.goToFullEvent = (context) => this.leaveFor(context);
    }

    /** Give what was written to the whole form, which takes the place of the dialog. */
    leaveFor(context) {
        const { close, goToFullEvent } = this.props;
        close();
        goToFullEvent(context);
    }
}
