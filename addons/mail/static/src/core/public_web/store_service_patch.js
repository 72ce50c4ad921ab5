import { Record } from "@mail/core/common/record";
import { Store } from "@mail/core/common/store_service";
import { patch } from "@web/core/utils/patch";

/** The application for conversations, and the menu with the newest ones. */
patch(Store.prototype, {
    setup() {
        super.setup();
        /** @type {number|undefined} id of the action that opens the application */
        this.action_discuss_id = undefined;
        this.discuss = Record.one("DiscussApp");
        this.menuThreads = Record.many("Thread", {
            compute() {
                const { activeTab = "main", searchTerm = "" } = this.discuss || {};
                return menuThreads(this, activeTab, searchTerm);
            },
            sort: (one, other) =>
                Boolean(other.needactionMessages.length) - Boolean(one.needactionMessages.length) ||
                other.isUnread - one.isUnread ||
                (other.newestPersistentOfAllMessage?.id || 0) - (one.newestPersistentOfAllMessage?.id || 0) ||
                (other.lastInterestDt?.ts || 0) - (one.lastInterestDt?.ts || 0),
        });
    },

    onStarted() {
        super.onStarted();
        this.discuss ??= {};
    },

    /** In how many conversations of a part of the sidebar something is to be read. @param {string} id */
    getDiscussSidebarCategoryCounter(id) {
        const { threads = [] } = this.DiscussAppCategory.get(id) || {};
        return threads.filter(isWaiting).length;
    },
});

/** Whether something in a conversation waits for the user. */
function isWaiting(thread) {
    return thread.channel_type === "channel"
        ? thread.message_needaction_counter > 0
        : Boolean(thread.selfMember?.message_unread_counter);
}

/** Conversations of the user for a tab of the menu. */
function menuThreads(store, tab, searchTerm) {
    const types = tab === "main" ? undefined : store.tabToThreadType(tab);
    const isShown = (thread) =>
        types
            ? thread.displayToSelf && types.includes(thread.channel_type)
            : thread.displayToSelf || (thread.needactionMessages.length > 0 && thread.model !== "mail.box");
    const wanted = searchTerm.toLowerCase();
    return Object.values(store.Thread.records).filter(
        (thread) => isShown(thread) && (!wanted || thread.displayName.toLowerCase().includes(wanted))
    );
}
