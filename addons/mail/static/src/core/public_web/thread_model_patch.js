import { Record } from "@mail/core/common/record";
import { Thread } from "@mail/core/common/thread_model";
import { router } from "@web/core/browser/router";
import { patch } from "@web/core/utils/patch";

/** Conversations in the application. */
patch(Thread.prototype, {
    setup() {
        super.setup();
        this.discussAppCategory = Record.one("DiscussAppCategory", {
            compute() {
                return this._computeDiscussAppCategory();
            },
            inverse: "threads",
        });
        this.displayInSidebar = Record.attr(false, {
            compute() {
                return this.displayToSelf || this.isLocallyPinned;
            },
        });
    },

    _computeDiscussAppCategory() {
        const { discuss } = this.store;
        if (!discuss || this.parent_channel_id) {
            return undefined;
        }
        const places = { channel: discuss.channels, chat: discuss.chats, group: discuss.chats };
        return this.model === "discuss.channel" ? places[this.channel_type] : undefined;
    },

    /** What it is called in addresses. */
    get activeId() {
        return `${this.model}_${this.id}`;
    },

    setActiveURL() {
        router.pushState({ active_id: this.activeId });
    },

    /** Show the conversation in the application. @param {boolean} [pushState] put it into the address */
    setAsDiscussThread(pushState = true) {
        const { discuss } = this.store;
        if (!this.displayToSelf && this.model === "discuss.channel") {
            this.isLocallyPinned = true;
        }
        discuss.activeTab = this.isMailbox ? "main" : this.isChatChannel ? "chat" : "channel";
        discuss.thread = this;
        if (pushState) {
            this.setActiveURL();
        }
    },

    open(options) {
        const { discuss } = this.store;
        const isOfApp = this.isMailbox || this.model === "discuss.channel";
        if (!isOfApp || !discuss?.isActive || this.store.env.services.ui.isSmall) {
            return super.open(options);
        }
        this.setAsDiscussThread();
        return true;
    },
});
