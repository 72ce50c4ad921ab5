import { Component, useState } from "@odoo/owl";
import { NotificationItem } from "@mail/core/public_web/notification_item";
import { browser } from "@web/core/browser/browser";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** Where the browser notes that the user wants to be asked no more about notifications. */
const NOT_ASKED = "mail.push.not_asked";

/** What came lately, and where the user talks. */
export class MessagingMenu extends Component {
    static template = "mail.MessagingMenu";
    static components = { Dropdown, NotificationItem };
    static props = [];

    setup() {
        this.store = useState(useService("mail.store"));
        this.ui = useState(useService("ui"));
        this.permission = useState(useService("mail.notification.permission"));
        this.state = useState({
            activeIndex: null,
            isAsking: !browser.localStorage.getItem(NOT_ASKED),
            isLoading: false,
        });
        this.dropdown = useDropdownState();
    }

    get tabs() {
        return [
            { icon: "fa fa-comments", id: "main", label: _t("All") },
            { icon: "fa fa-user", id: "chat", label: _t("Chats") },
            { icon: "fa fa-hashtag", id: "channel", label: _t("Channels") },
        ];
    }

    get activeTab() {
        return this.store.discuss.activeTab;
    }

    get threads() {
        return this.store.menuThreads;
    }

    get failures() {
        return this.activeTab === "main" ? this.store.failures : [];
    }

    get hasPreviews() {
        return this.threads.length > 0 || this.failures.length > 0;
    }

    /** Mailbox, messages that did not arrive, and channels in which something is new. */
    get counter() {
        const { channels, failures, inbox, initChannelsUnreadCounter: initial } = this.store;
        const failed = failures.reduce((sum, { notifications }) => sum + notifications.length, 0);
        // the server counts those that the page does not know yet
        const unknown = channels.status === "fetched" ? 0 : initial;
        const hints = Number(this.asksForPermission);
        return (inbox?.counter || 0) + failed + hints + Math.max(unknown, this.unreadChannels);
    }

    /** Whether the user may still be asked about notifications. */
    get asksForPermission() {
        return this.state.isAsking && this.permission.permission === "prompt";
    }

    askNoMore() {
        browser.localStorage.setItem(NOT_ASKED, "1");
        this.state.isAsking = false;
    }

    get unreadChannels() {
        return Object.values(this.store.Thread.records).filter(
            (thread) => thread.displayToSelf && !thread.isMuted && thread.selfMember?.message_unread_counter > 0
        ).length;
    }

    async beforeOpen() {
        this.state.activeIndex = null;
        this.state.isLoading = true;
        try {
            await this.store.isReady;
            await Promise.all([this.store.channels.fetch(), this.store.inbox?.fetchNewMessages()]);
        } finally {
            this.state.isLoading = false;
        }
    }

    onClickNavTab(tabId) {
        this.store.discuss.activeTab = tabId;
        this.state.activeIndex = null;
    }

    previewOf(thread) {
        const message = thread.needactionMessages.at(-1) || thread.newestPersistentNotEmptyOfAllMessage;
        if (!message) {
            return thread.description || "";
        }
        const who = message.isSelfAuthored ? _t("You") : thread.channel_type === "chat" ? "" : message.author?.name;
        return who ? `${who}: ${message.inlineBody}` : message.inlineBody;
    }

    dateOf(thread) {
        const message = thread.needactionMessages.at(-1) || thread.newestPersistentOfAllMessage;
        return message?.datetime || thread.lastInterestDt;
    }

    onClickThread(isMarkAsRead, thread) {
        if (isMarkAsRead) {
            return this.markAsRead(thread);
        }
        return this.openThread(thread);
    }

    markAsRead(thread) {
        // what mentions the user is read with the rest
        thread.markAsRead({ sync: true });
    }

    openDiscussion(thread) {
        thread.open({ fromMessagingMenu: true });
        this.dropdown.close();
    }

    openThread(thread) {
        this.openDiscussion(thread);
    }

    onClickNewMessage() {
        this.store.env.services.command.openMainPalette({ searchValue: "@" });
        this.dropdown.close();
    }

    onClickFailure(failure) {
        const { resIds } = failure;
        if (resIds.size === 1) {
            failure.lastMessage.thread.open();
        } else {
            this.openFailureView(failure);
        }
        this.dropdown.close();
    }

    /** E-mails of one kind of document that did not arrive. */
    openFailureView(failure) {
        if (failure.type !== "email") {
            return;
        }
        this.env.services.action.doAction({
            context: { create: false },
            domain: [["message_has_error", "=", true]],
            name: _t("Mail failures"),
            res_model: failure.resModel,
            target: "current",
            type: "ir.actions.act_window",
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    cancelNotifications({ resModel, type }) {
        const { orm } = this.env.services;
        return orm.call(resModel, "notify_cancel_by_type", [type]);
    }

    /** @param {"first"|"last"|"previous"|"next"} direction */
    navigate(direction) {
        const size = this.threads.length;
        if (!size) {
            return;
        }
        const { activeIndex } = this.state;
        const steps = {
            first: 0,
            last: size - 1,
            next: activeIndex === null ? 0 : (activeIndex + 1) % size,
            previous: activeIndex === null ? size - 1 : (activeIndex + size - 1) % size,
        };
        this.state.activeIndex = steps[direction];
    }

    onKeydown(ev) {
        const directions = { ArrowDown: "next", ArrowUp: "previous", End: "last", Home: "first" };
        if (directions[ev.key]) {
            this.navigate(directions[ev.key]);
            ev.preventDefault();
        } else if (ev.key === "Enter" && this.state.activeIndex !== null) {
            this.openThread(this.threads[this.state.activeIndex]);
            ev.preventDefault();
        }
    }
}

registry.category("systray").add("mail.messaging_menu", { Component: MessagingMenu }, { sequence: 25 });
