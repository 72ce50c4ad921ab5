import { DateTime } from "luxon";
import { formAction, untilClosed } from "@mail/core/common/calls";
import { Record } from "@mail/core/common/record";
import { _t } from "@web/core/l10n/translation";

/** Something that has to be done about a document. */
export class Activity extends Record {
    static id = "id";

    /**
     * Other tabs of the browser are told, too.
     *
     * @param {any} data see `Record.insert`
     * @param {{broadcast?: boolean, html?: boolean}} [options] `broadcast`: false for what another tab told
     */
    static insert(data, { broadcast = true, ...options } = {}) {
        const found = super.insert(data, options);
        if (broadcast) {
            const activities = Array.isArray(found) ? found : [found];
            const payload = activities.map((activity) => activity.serialize());
            this.store.activityBroadcastChannel?.postMessage({ type: "INSERT", payload });
        }
        return found;
    }

    /** @type {number} */
    id;
    active = Record.attr(true);
    activity_category;
    activity_decoration;
    /** @type {[number, string]|false} */
    activity_type_id;
    attachment_ids = Record.many("Attachment");
    can_write;
    chaining_type;
    create_date = Record.attr(undefined, { type: "datetime" });
    create_uid;
    date_deadline = Record.attr(undefined, { type: "date" });
    date_done = Record.attr(undefined, { type: "date" });
    display_name;
    /** What came of it, while it is written. */
    feedback = "";
    has_recommended_activities;
    icon;
    /** @type {{id: number, name: string}[]} */
    mail_template_ids;
    note = Record.attr("", { html: true });
    persona = Record.one("Persona");
    previous_activity_type_id;
    recommended_activity_type_id;
    request_partner_id;
    res_id;
    res_model;
    res_name;
    summary;
    user_id;
    write_date = Record.attr(undefined, { type: "datetime" });

    /** Days until it is due; less than 0 when it is late. */
    get daysLeft() {
        const today = DateTime.local().startOf("day");
        return this.date_deadline ? Math.round(this.date_deadline.startOf("day").diff(today, "days").days) : 0;
    }

    /** @returns {"done"|"overdue"|"today"|"planned"} by the day that it is here */
    get state() {
        if (!this.active) {
            return "done";
        }
        return this.daysLeft < 0 ? "overdue" : this.daysLeft ? "planned" : "today";
    }

    // what the server says was right when it said so
    set state(_state) {}

    /** What happens to it is told to other tabs. */
    tell(type, payload) {
        this.store.activityBroadcastChannel?.postMessage({ type, payload });
    }

    /** Change it in a dialog. @returns {Promise<void>} when the dialog is closed */
    edit() {
        const context = { default_res_id: this.res_id, default_res_model: this.res_model };
        const how = { context, name: _t("Change the activity"), target: "new", view_mode: "form" };
        return untilClosed(this.store.env, formAction("mail.activity", this.id, how));
    }

    /**
     * @param {number[]} [attachmentIds] ids of files that belong to what came of it
     */
    async markAsDone(attachmentIds = []) {
        await this._finish("action_feedback", { attachment_ids: attachmentIds });
    }

    /** @returns {Promise<Object|false>} the action that asks what comes next */
    markAsDoneAndScheduleNext() {
        return this._finish("action_feedback_schedule_next");
    }

    /** Have the server mark it as done; other tabs show what became of the document. */
    async _finish(method, how = {}) {
        const { orm } = this.store.env.services;
        const result = await orm.call("mail.activity", method, [[this.id]], { ...how, feedback: this.feedback });
        this.tell("RELOAD_CHATTER", { id: this.res_id, model: this.res_model });
        return result;
    }

    /**
     * Forget it: it is done, or called off.
     *
     * @param {{broadcast?: boolean}} [options] `broadcast`: false for what another tab told
     */
    remove(options = {}) {
        // lists that it leaves call this, too
        if (!this.exists()) {
            return;
        }
        if (options.broadcast !== false) {
            this.tell("DELETE", this.toIdData());
        }
        this.delete();
    }

    /** @returns {Object} what other tabs are sent */
    serialize() {
        return JSON.parse(JSON.stringify(this.toData()));
    }
}

Activity.register();
