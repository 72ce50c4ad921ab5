import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { useAutofocus, useService } from "@web/core/utils/hooks";

/** Asks for the title of an event to be created. */
export class CalendarQuickCreate extends Component {
    static template = "web.CalendarQuickCreate";
    static components = { Dialog };
    static props = {
        title: { type: String, optional: true },
        close: Function,
        record: Object,
        model: Object,
        editRecord: Function,
    };

    setup() {
        useAutofocus({ refName: "title" });
        this.notification = useService("notification");
        this.state = useState({ isBusy: false, isInvalid: false, title: this.props.title || "" });
    }

    get dialogTitle() {
        return _t("New Event").toString();
    }

    get recordTitle() {
        return this.state.title.trim();
    }

    /** The event with its title. */
    get record() {
        return { ...this.props.record, title: this.recordTitle };
    }

    /** All fields, filled in with what is known. */
    editRecord() {
        this.props.editRecord(this.record);
        this.props.close();
    }

    /** Create it by its title; what the server asks for besides is asked in the form. */
    async createRecord() {
        if (this.state.isBusy) {
            return;
        }
        this.state.isInvalid = !this.recordTitle;
        if (this.state.isInvalid) {
            this.notification.add(_t("What is created needs a title."), {
                title: _t("Invalid fields"),
                type: "danger",
            });
            return;
        }
        this.state.isBusy = true;
        try {
            await this.props.model.createRecord(this.record);
            this.props.close();
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.editRecord();
        } finally {
            this.state.isBusy = false;
        }
    }

    onInput() {
        this.state.isInvalid = false;
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.createRecord();
        }
    }
}
