import { useSubEnv } from "@odoo/owl";
import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";

/** Forms tell their chatter when the document may have changed. */
const formControllerPatch = {
    setup() {
        super.setup();
        useSubEnv({ chatter: { fetchData: true, fetchMessages: true } });
    },

    async onWillLoadRoot(nextConfig) {
        await super.onWillLoadRoot(nextConfig);
        this.refreshChatter(nextConfig?.resModel, nextConfig?.resId);
    },

    async onRecordSaved(record, changes) {
        await super.onRecordSaved(record, changes);
        this.refreshChatter(record.resModel, record.resId);
    },

    refreshChatter(model, id) {
        Object.assign(this.env.chatter || {}, { fetchData: true, fetchMessages: true });
        const { root } = this.model || {};
        // another document is loaded when it is shown
        if (root && id && root.resId === id && root.resModel === model) {
            this.env.bus.trigger("MAIL:RELOAD-THREAD", { id, model });
        }
    },
};

patch(FormController.prototype, formControllerPatch);
