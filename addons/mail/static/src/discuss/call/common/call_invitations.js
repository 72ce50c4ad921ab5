import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** Calls that the user is invited to: taken up, or declined. */
export class CallInvitations extends Component {
    static template = "discuss.CallInvitations";
    static props = [];

    setup() {
        this.store = useState(useService("mail.store"));
        this.rtc = useState(useService("discuss.rtc"));
    }

    get threads() {
        return this.store.ringingThreads;
    }

    callerOf(thread) {
        return thread.rtcInvitingSession.persona;
    }

    async accept(thread, options) {
        thread.open();
        await this.rtc.toggleCall(thread, options);
        thread.rtcInvitingSession = undefined;
    }

    decline(thread) {
        return this.rtc.decline(thread);
    }
}

registry.category("main_components").add("discuss.CallInvitations", { Component: CallInvitations });
