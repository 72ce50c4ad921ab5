import { Composer } from "@mail/core/common/composer";
import { Message } from "@mail/core/common/message_model";
import { Record } from "@mail/core/common/record";
import { Store } from "@mail/core/common/store_service";
import { Thread } from "@mail/core/common/thread_model";
import { browser } from "@web/core/browser/browser";
import { patch } from "@web/core/utils/patch";

/** The page of one channel. */
patch(Store.prototype, {
    setup() {
        super.setup();
        this.companyName = "";
        this.discuss_public_thread = Record.one("Thread");
        /** @type {number|undefined} id of the message that the address names */
        this.highlightMessage = undefined;
        this.isChannelTokenSecret = true;
        this.shouldDisplayWelcomeViewInitially = false;
    },

    /** The page came with all it shows. */
    async initialize() {
        this.isReady.resolve();
    },

    /** People and documents have no place on this page, other channels have a page of their own. */
    handleClickOnLink(ev) {
        const link = ev.target.closest?.("a[data-oe-id]");
        if (!link) {
            return false;
        }
        if (link.matches(".o_channel_redirect")) {
            link.setAttribute("href", `/discuss/channel/${Number(link.dataset.oeId)}`);
            return false;
        }
        ev.preventDefault();
        return true;
    },
});

patch(Composer.prototype, {
    /** People from outside send files where the channel lets them. */
    get allowUpload() {
        const { thread } = this.props.composer;
        return super.allowUpload && Boolean(this.store.self.isInternalUser || thread?.allow_public_upload);
    },
});

patch(Message.prototype, {
    /** Signs have somebody's name on them. */
    canAddReaction(thread) {
        return this.store.self.id > 0 && super.canAddReaction(thread);
    },
});

patch(Thread.prototype, {
    /** The address of the page stays what it is. */
    setActiveURL() {},

    /** Other channels have a page of their own. */
    open(options) {
        if (this.eq(this.store.discuss_public_thread)) {
            return super.open(options);
        }
        browser.location.assign(`/discuss/channel/${this.id}`);
        return true;
    },
});
