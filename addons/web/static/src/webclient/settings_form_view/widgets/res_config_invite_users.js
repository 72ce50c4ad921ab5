import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { unique } from "@web/core/utils/arrays";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Invites people by their addresses, and shows who has not come yet. */
class ResConfigInviteUsers extends Component {
    static template = "res_config_invite_users";
    static props = { ...standardWidgetProps };

    setup() {
        const invitations = useService("user_invite");
        this.people = useState({ typed: "", isBusy: false, known: {} });
        this.read = async (again) => Object.assign(this.people.known, await invitations.fetchData(again));
        this.action = useService("action");
        this.orm = useService("orm");
        this.notification = useService("notification");
        onWillStart(() => this.read(false));
    }

    /** What was typed, as addresses: commas, semicolons, spaces and new lines part them. */
    get addresses() {
        return unique(this.people.typed.split(/[\s,;]+/).filter(Boolean));
    }

    get wrong() {
        return this.addresses.filter((text) => !ADDRESS.test(text));
    }

    get isReady() {
        return !this.people.isBusy && this.addresses.length > 0 && !this.wrong.length;
    }

    /** How many are not among those shown. */
    get others() {
        return this.people.known.pending_count - (this.people.known.pending_users?.length || 0);
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.send();
        }
    }

    async send() {
        if (!this.isReady) {
            return;
        }
        const addresses = this.addresses;
        this.people.isBusy = true;
        try {
            await this.orm.call("res.users", "web_create_users", [addresses]);
            this.notification.add(_t("%s can log in now.", addresses.join(", ")), { type: "success" });
            this.people.typed = "";
            await this.read(true);
        } finally {
            this.people.isBusy = false;
        }
    }

    openUser(resId) {
        return this.action.doAction("base.action_res_users", { viewType: "form", props: { resId } });
    }

    openAll() {
        return this.action.doAction(this.people.known.action_pending_users);
    }
}

export const resConfigInviteUsers = { component: ResConfigInviteUsers };

registry.category("view_widgets").add("res_config_invite_users", resConfigInviteUsers);
