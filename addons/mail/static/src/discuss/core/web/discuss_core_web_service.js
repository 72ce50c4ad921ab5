import { reactive } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Follows, in the backend, what other pages of the user do with windows, and who is new. */
export class DiscussCoreWeb {
    constructor(env, services) {
        const { bus_service: busService, notification: notificationService } = services;
        Object.assign(this, { busService, env, notificationService, store: services["mail.store"] });
    }

    setup() {
        this.busService.subscribe("res.users/connection", (payload) => this.onConnection(payload));
        this.busService.subscribe("discuss.Thread/fold_state", (payload) => this.onFold(payload));
    }

    onConnection({ username, partnerId }) {
        this.notificationService.add(_t("%s is here for the first time: say hello!", username), {
            buttons: [{ name: _t("Write"), onClick: () => this.store.openChat({ partnerId }) }],
            type: "info",
        });
    }

    /** Only what is newer than what this page did itself. */
    async onFold({ fold_state: state, foldStateCount: count, id, model }) {
        const thread = await this.store.Thread.getOrFetch({ id, model });
        if (thread && count > thread.foldStateCount) {
            thread.foldStateCount = count;
            thread.state = state;
        }
    }
}

export const discussCoreWeb = {
    dependencies: ["bus_service", "mail.store", "notification"],
    start(env, services) {
        const core = reactive(new DiscussCoreWeb(env, services));
        core.setup();
        return core;
    },
};

registry.category("services").add("discuss.core.web", discussCoreWeb);
