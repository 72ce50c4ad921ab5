import { useSubEnv } from "@odoo/owl";
import { loadMail } from "@mail/core/web/later/later";
import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";

/** Forms tell their chatter when the document may have changed. */
const formControllerPatch = {
    setup() {
        super.setup();
        useSubEnv({ chatter: { fetchData: true, fetchMessages: true } });
        if (this.hasChatter) {
            // while the record is read; a chatter that fails to come says so itself
            loadMail().catch(() => {});
        }
    },

    /** Whether what is said of the document stands on the form. */
    get hasChatter() {
        const hasStore = Boolean(this.env.services["mail.store"]);
        return hasStore && !this.env.inDialog && Boolean(this.archInfo.xmlDoc.querySelector("chatter"));
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
        if (root && id && root.resId === id && root.resModel === model) {
            this.env.bus.trigger("MAIL:RELOAD-THREAD", { id, model });
        } else if (id) {
            this.announceThread(model, id);
        }
    },

    /** Messages of a document that is about to be shown are asked for along with it. */
    announceThread(model, id) {
        if (this.hasChatter) {
            this.env.services["mail.store"].Thread.insert({ id, model }).prefetchMessages();
        }
    },
};

patch(FormController.prototype, formControllerPatch);
