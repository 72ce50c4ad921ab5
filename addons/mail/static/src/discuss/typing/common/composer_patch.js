import { Composer } from "@mail/core/common/composer";
import { onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { rpc } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import { registry } from "@web/core/registry";

/** Milliseconds without a key after which nobody writes any more, and after which it is told again that somebody does. */
export const SHORT_TYPING = 5000;
export const LONG_TYPING = 50000;

const commandsRegistry = registry.category("discuss.channel_commands");

/** Others in a channel see that the user writes. */
const composerPatch = {
    setup() {
        super.setup();
        this.typing = { isTold: false, again: undefined, end: undefined };
        onWillUnmount(() => this.stopTyping());
    },

    /** Whoever is about to write has read what is there. */
    onFocusin(ev) {
        super.onFocusin?.(ev);
        if (this.thread?.isLoaded) {
            this.thread.markAsRead();
        }
    },

    onInput(ev) {
        super.onInput?.(ev);
        this.detectTyping();
    },

    /** Tell that the user writes, but for commands, which nobody sees. */
    detectTyping() {
        const { text } = this.props.composer;
        const isCommand = text.startsWith("/") && commandsRegistry.contains(text.slice(1).split(" ")[0]);
        if (this.props.composer.message || !text || isCommand) {
            return;
        }
        browser.clearTimeout(this.typing.end);
        this.typing.end = browser.setTimeout(() => this.stopTyping(), SHORT_TYPING);
        if (!this.typing.isTold) {
            this.notifyIsTyping();
            this.typing.again = browser.setTimeout(() => (this.typing.isTold = false), LONG_TYPING);
        }
    },

    /** @param {boolean} [isTyping] */
    notifyIsTyping(isTyping = true) {
        this.typing.isTold = isTyping;
        if (this.thread?.model === "discuss.channel" && this.thread.id > 0) {
            const params = { channel_id: this.thread.id, is_typing: isTyping };
            rpc("/discuss/channel/notify_typing", params, { silent: true }).catch(() => {});
        }
    },

    stopTyping() {
        browser.clearTimeout(this.typing.end);
        browser.clearTimeout(this.typing.again);
        if (this.typing.isTold) {
            this.notifyIsTyping(false);
        }
    },

    async sendMessage() {
        await super.sendMessage();
        this.stopTyping();
    },
};

patch(Composer.prototype, composerPatch);
