import { Component, onWillStart, useState } from "@odoo/owl";
import { ThreadIcon } from "@mail/core/common/thread_icon";
import { discussSidebarItemsRegistry } from "@mail/core/public_web/discuss_sidebar";
import { ConversationPicker } from "@mail/discuss/core/public_web/conversation_picker";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** Signs that modules put beside the names of channels. */
export const discussSidebarChannelIndicatorsRegistry = registry.category("mail.discuss_sidebar_channel_indicators");

/** A channel below the one that it belongs to. */
export class DiscussSidebarSubchannel extends Component {
    static template = "mail.DiscussSidebarSubchannel";
    static props = ["thread", "isFirst?"];

    setup() {
        this.store = useState(useService("mail.store"));
    }
}

/** A conversation in the sidebar. */
export class DiscussSidebarChannel extends Component {
    static template = "mail.DiscussSidebarChannel";
    static components = { DiscussSidebarSubchannel, ThreadIcon };
    static props = { thread: Object };

    setup() {
        this.store = useState(useService("mail.store"));
        this.dialogService = useService("dialog");
    }

    get thread() {
        return this.props.thread;
    }

    get indicators() {
        return discussSidebarChannelIndicatorsRegistry.getAll();
    }

    get attClass() {
        const { thread } = this;
        return {
            "fw-bold": (thread.selfMember?.message_unread_counter || 0) > 0 && !thread.isMuted,
            "o-active": thread.eq(this.store.discuss.thread),
            "opacity-50": thread.isMuted,
        };
    }

    get subChannels() {
        return this.thread.sub_channel_ids.filter((sub) => sub.displayInSidebar);
    }

    get commands() {
        const commands = [];
        if (this.thread.canLeave) {
            commands.push({ icon: "fa fa-times", label: _t("Leave this channel"), onSelect: () => this.leave() });
        }
        if (this.thread.canUnpin) {
            const onSelect = () => this.thread.unpin();
            commands.push({ icon: "fa fa-thumb-tack", label: _t("Take from the sidebar"), onSelect });
        }
        return commands;
    }

    /** Who may not come back by themselves is asked. */
    leave() {
        const { thread } = this;
        if (thread.channel_type !== "group") {
            return thread.leave();
        }
        this.dialogService.add(ConfirmationDialog, {
            body: _t("You can come back to this group only if somebody invites you."),
            cancel: () => {},
            confirm: () => thread.leave(),
            confirmLabel: _t("Leave"),
        });
    }
}

/** A part of the sidebar with its conversations. */
export class DiscussSidebarCategory extends Component {
    static template = "mail.DiscussSidebarCategory";
    static components = { DiscussSidebarChannel };
    static props = ["category"];

    setup() {
        this.store = useState(useService("mail.store"));
        this.actionService = useService("action");
        this.picker = usePopover(ConversationPicker, { position: "bottom-start" });
    }

    get category() {
        return this.props.category;
    }

    /** Where something waits is seen although the part is folded. */
    get threads() {
        const { open, threads } = this.category;
        const { discuss } = this.store;
        const wanted = discuss.searchTerm.toLowerCase();
        return threads.filter(
            (thread) =>
                thread.displayInSidebar &&
                (open || thread.importantCounter > 0 || thread.eq(discuss.thread)) &&
                (!wanted || thread.displayName.toLowerCase().includes(wanted))
        );
    }

    get counter() {
        return this.store.getDiscussSidebarCategoryCounter(this.category.id);
    }

    toggle() {
        this.category.open = !this.category.open;
    }

    add(ev) {
        this.picker.open(ev.currentTarget, { category: this.category });
    }

    viewChannels() {
        this.actionService.doAction("mail.discuss_channel_action_view");
    }
}

/** What the names in the sidebar are looked for by. */
export class DiscussSidebarQuickSearchInput extends Component {
    static template = "mail.DiscussSidebarQuickSearchInput";
    static props = {};

    setup() {
        this.store = useState(useService("mail.store"));
    }
}

/** All conversations of the user. */
export class DiscussSidebarCategories extends Component {
    static template = "mail.DiscussSidebarCategories";
    static components = { DiscussSidebarCategory, DiscussSidebarQuickSearchInput };
    static props = {};

    /** How many conversations are seen at a glance. */
    static SEARCH_FROM = 20;

    setup() {
        this.store = useState(useService("mail.store"));
        onWillStart(() => {
            this.store.channels.fetch();
        });
    }

    get hasQuickSearch() {
        const shown = Object.values(this.store.Thread.records).filter((thread) => thread.displayInSidebar);
        return shown.length > DiscussSidebarCategories.SEARCH_FROM;
    }
}

discussSidebarItemsRegistry.add("channels", DiscussSidebarCategories, { sequence: 30 });
