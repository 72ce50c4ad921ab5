import { Record } from "@mail/core/common/record";
import { _t } from "@web/core/l10n/translation";

/** The application for conversations. */
export class DiscussApp extends Record {
    /** @type {"main"|"channel"|"chat"} what small screens list */
    activeTab = Record.attr("main");
    /** Whether the application is on the page. */
    isActive = Record.attr(false);
    isSidebarCompact = Record.attr(false);
    hasRestoredThread = Record.attr(false);
    searchTerm = Record.attr("");
    thread = Record.one("Thread");
    allCategories = Record.many("DiscussAppCategory", {
        inverse: "app",
        sort: (one, other) => one.sequence - other.sequence,
    });
    channels = Record.one("DiscussAppCategory", {
        compute() {
            return {
                addHotkey: "c",
                addTitle: _t("Add or join a channel").toString(),
                canAdd: true,
                canView: true,
                extraClass: "o-mail-DiscussSidebarCategory-channel",
                id: "channels",
                name: _t("Channels").toString(),
                sequence: 10,
                serverStateKey: "is_discuss_sidebar_category_channel_open",
            };
        },
        eager: true,
        onAdd(category) {
            this.allCategories.add(category);
        },
    });
    chats = Record.one("DiscussAppCategory", {
        compute() {
            return {
                addHotkey: "d",
                addTitle: _t("Write to somebody").toString(),
                canAdd: true,
                canView: false,
                extraClass: "o-mail-DiscussSidebarCategory-chat",
                id: "chats",
                name: _t("Direct messages").toString(),
                sequence: 30,
                serverStateKey: "is_discuss_sidebar_category_chat_open",
            };
        },
        eager: true,
        onAdd(category) {
            this.allCategories.add(category);
        },
    });
}
DiscussApp.register();
