import { ChannelMember } from "@mail/core/common/channel_member_model";
import { Record } from "@mail/core/common/record";
import { Store } from "@mail/core/common/store_service";
import { browser } from "@web/core/browser/browser";
import { patch } from "@web/core/utils/patch";

/** Whoever is not heard of for long does not write any more. */
patch(ChannelMember.prototype, {
    setup() {
        super.setup();
        this.isTyping = Record.attr(false, {
            onUpdate() {
                browser.clearTimeout(this._typingEnd);
                if (this.isTyping) {
                    this._typingEnd = browser.setTimeout(() => (this.isTyping = false), Store.OTHER_LONG_TYPING);
                }
            },
        });
    },
});
