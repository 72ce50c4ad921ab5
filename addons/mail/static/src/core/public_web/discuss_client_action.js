import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { LaterDiscuss, loadMail } from "@mail/core/web/later/later";
import { router } from "@web/core/browser/router";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** Opens the application at the conversation that the address names. */
export class DiscussClientAction extends Component {
    static template = "mail.DiscussClientAction";
    static components = { Discuss: LaterDiscuss };
    static props = { ...standardActionServiceProps };
    static path = "discuss";
    static displayName = "Discuss";

    setup() {
        this.store = useState(useService("mail.store"));
        // a part that fails to come says so itself
        loadMail().catch(() => {});
        onWillStart(() => this.restoreDiscussThread(this.props));
        onWillUpdateProps((props) => this.restoreDiscussThread(props));
    }

    /** @returns {string|number} `model_id`, or the id of a channel */
    getActiveId(props) {
        const { context = {}, params = {} } = props.action;
        return context.active_id ?? params.active_id ?? params.default_active_id ?? "mail.box_inbox";
    }

    /** @returns {{id: number|string, model: string}} */
    parseActiveId(activeId) {
        if (typeof activeId === "number" || /^\d+$/.test(activeId)) {
            return { id: Number(activeId), model: "discuss.channel" };
        }
        const at = activeId.lastIndexOf("_");
        const [model, id] = [activeId.slice(0, at), activeId.slice(at + 1)];
        return { id: model === "mail.box" ? id : Number(id), model };
    }

    async restoreDiscussThread(props) {
        await this.store.isReady;
        const thread = await this.store.Thread.getOrFetch(this.parseActiveId(this.getActiveId(props)));
        const { discuss } = this.store;
        const highlighted = Number(router.current.highlight_message_id);
        if (thread && highlighted) {
            thread.highlightMessage = { id: highlighted };
        }
        if (thread && thread.notEq(discuss.thread)) {
            thread.setAsDiscussThread(false);
        }
        discuss.hasRestoredThread = true;
    }
}

registry.category("actions").add("mail.action_discuss", DiscussClientAction);
