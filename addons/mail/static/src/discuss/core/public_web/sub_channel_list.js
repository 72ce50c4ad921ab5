import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { NotificationItem } from "@mail/core/public_web/notification_item";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

/** How many threads are asked for at a time, and how long nobody types before it is looked for. */
const PAGE = 30;
const TYPED = 250;

/** The threads of a channel: those that are there, and where a new one begins. */
export class SubChannelList extends Component {
    static template = "mail.SubChannelList";
    static components = { NotificationItem };
    static props = ["thread", "close?"];

    setup() {
        this.store = useState(useService("mail.store"));
        this.state = useState({ found: [], hasMore: true, isLoading: false, term: "" });
        useAutofocus({ refName: "search" });
        this.searchLater = useDebounced(() => this.search(), TYPED);
        onWillStart(() => void this.loadFirst(this.channel));
        onWillUpdateProps(({ thread }) => {
            if (thread.notEq(this.props.thread)) {
                Object.assign(this.state, { found: [], hasMore: true, term: "" });
                this.loadFirst(this.channelOf(thread));
            }
        });
    }

    /** Threads have no threads: beside one, those of its channel are listed. */
    channelOf(thread) {
        return thread.parent_channel_id || thread;
    }

    get channel() {
        return this.channelOf(this.props.thread);
    }

    get canCreate() {
        return this.store.self.type === "partner";
    }

    get createLabel() {
        const { term } = this;
        return (term ? _t("Begin the thread “%s”", term) : _t("Begin a thread")).toString();
    }

    get term() {
        return this.state.term.trim();
    }

    /** Those that are known, and those that were found by what was typed. */
    get subChannels() {
        const wanted = this.term.toLowerCase();
        const known = this.channel.sub_channel_ids.filter(({ name }) => name.toLowerCase().includes(wanted));
        return [...new Set([...known, ...this.state.found])].sort((one, other) => other.id - one.id);
    }

    bodyOf(subChannel) {
        const message = subChannel.newestPersistentNotEmptyOfAllMessage;
        return message ? `${message.author?.name || message.email_from || ""}: ${message.inlineBody}` : "";
    }

    /** Others may have begun threads since the page was told of some. */
    loadFirst(channel) {
        channel.lastSubChannelLoaded = undefined;
        return this.loadMore(channel);
    }

    async loadMore(channel = this.channel) {
        const { term } = this;
        this.state.isLoading = true;
        try {
            const found = await channel.loadMoreSubChannels({ searchTerm: term || undefined });
            // what was typed meanwhile is asked for by itself
            if (term === this.term) {
                this.state.hasMore = !term && found.length >= PAGE;
                this.state.found = term ? found : [];
            }
        } finally {
            this.state.isLoading = false;
        }
    }

    search() {
        return this.loadMore();
    }

    async open(subChannel) {
        const known = await this.store.Thread.getOrFetch({ id: subChannel.id, model: "discuss.channel" });
        known?.open();
        if (this.env.inChatWindow) {
            this.props.close?.();
        }
    }

    async create() {
        await this.channel.createSubChannel({ name: this.term || undefined });
        this.props.close?.();
    }
}
