import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { CalendarController } from "@web/views/calendar/calendar_controller";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { CalendarQuickCreate } from "@calendar/views/calendar_form/calendar_quick_create";

/** A calendar of people. */
export class AttendeeCalendarController extends CalendarController {
    static components = { ...CalendarController.components, QuickCreate: CalendarQuickCreate };

    /** New events begin in a small form, from which the whole one can be opened with what was written. */
    async createRecord(record) {
        if (!this.model.canCreate || !this.model.hasQuickCreate || !this.model.quickCreateFormViewId) {
            return super.createRecord(record);
        }
        const { QuickCreate } = /** @type {typeof AttendeeCalendarController} */ (this.constructor).components;
        await new Promise((resolve) => {
            this.displayDialog(QuickCreate, this.getQuickCreateFormViewProps(record), { onClose: resolve });
        });
    }

    getQuickCreateFormViewProps(record) {
        return {
            ...super.getQuickCreateFormViewProps(record),
            goToFullEvent: (context) => this.goToFullEvent(context),
        };
    }

    /** The whole form of an event that is not saved yet. @param {Object} context defaults of its fields */
    goToFullEvent(context) {
        this.displayDialog(FormViewDialog, {
            resModel: this.model.resModel,
            title: this.editRecordDefaultDisplayText(),
            viewId: this.model.formViewId,
            size: "xl",
            context: { ...this.props.context, ...context },
            onRecordSaved: () => this.model.load(),
        });
    }

    /** Organizers delete, in a series as many as they say; others do not come. */
    deleteRecord(record) {
        if (!record.isCurrentUserOrganizer || record.attendeeId !== user.partnerId) {
            return record.calendarAttendeeId ? this.model.declineRecord(record) : undefined;
        }
        if (!record.rawRecord.recurrency) {
            return super.deleteRecord(record);
        }
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: _t("Delete meetings").toString(),
                res_model: "calendar.popover.delete.wizard",
                views: [[false, "form"]],
                target: "new",
                context: { default_record: record.id, form_view_ref: "calendar.calendar_popover_delete_view" },
            },
            { onClose: () => this.model.load() }
        );
    }
}
