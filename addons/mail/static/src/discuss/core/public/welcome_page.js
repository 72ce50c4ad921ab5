import { Component, useState } from "@odoo/owl";
import { useAutofocus, useService } from "@web/core/utils/hooks";

/** Asks those who come for the first time what they are called. */
export class WelcomePage extends Component {
    static template = "mail.WelcomePage";
    static props = { proceed: Function };

    setup() {
        this.store = useState(useService("mail.store"));
        this.notification = useService("notification");
        this.state = useState({ isSaving: false, name: "" });
        useAutofocus();
    }

    async join() {
        const name = this.state.name.trim();
        if (!name || this.state.isSaving) {
            return;
        }
        this.state.isSaving = true;
        try {
            await this.store.self.updateGuestName(name);
            this.props.proceed();
        } catch (error) {
            this.notification.add(error.data?.message || error.message, { type: "danger" });
        } finally {
            this.state.isSaving = false;
        }
    }
}
