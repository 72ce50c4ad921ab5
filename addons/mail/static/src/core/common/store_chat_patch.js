import { Record } from "@mail/core/common/record";
import { Store } from "@mail/core/common/store_service";
import { Thread } from "@mail/core/common/thread_model";
import { patch } from "@web/core/utils/patch";

/** Windows belong to the store. */
patch(Store.prototype, {
    setup() {
        super.setup();
        this.chatHub = Record.one("ChatHub");
    },

    onStarted() {
        super.onStarted();
        this.chatHub ??= {};
    },
});

/** A conversation knows its window, and follows what the server says of it. */
patch(Thread.prototype, {
    setup() {
        super.setup();
        this.chatWindow = Record.one("ChatWindow", { inverse: "thread" });
        this.foldStateCount = 0;
        this.state = Record.attr("closed", {
            onUpdate() {
                this._followState();
            },
        });
    },

    _followState() {
        const { chatWindow, state, store } = this;
        if (!store.chatHub || store.env.services.ui?.isSmall) {
            return;
        }
        if (state === "closed") {
            chatWindow?.delete();
        } else if (!chatWindow || chatWindow.isOpen !== (state === "open")) {
            store.chatHub.put(store.ChatWindow.insert({ thread: this }), state);
        }
    },

    /** @param {{fromMessagingMenu?: boolean}} [options] */
    openChatWindow({ fromMessagingMenu = false } = {}) {
        const chatWindow = this.store.ChatWindow.insert({ fromMessagingMenu, thread: this });
        chatWindow.open();
        return chatWindow;
    },

    closeChatWindow(options) {
        this.chatWindow?.close(options);
    },

    open(options) {
        if (super.open(options)) {
            return true;
        }
        this.openChatWindow(options);
        return true;
    },
});
