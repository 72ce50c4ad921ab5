/** What stands for the parts of messages, conversations and activities until the first of them is shown. */
import { Component, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { laterComponent, LoadingPart } from "@web/core/later/later";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

export const MAIL_BUNDLE = "mail.assets_backend_lazy";

/** @returns {Promise<void>} once what is shown of mail is there */
export function loadMail() {
    return loadBundle(MAIL_BUNDLE);
}

/** In the place of a chatter, with the height of one in which nothing stands yet. */
class LoadingChatter extends Component {
    static template = "mail.LoadingChatter";
    static components = { LoadingPart };
    static props = LoadingPart.props;
}

/** In the corner in which conversations are. */
class LoadingChatHub extends Component {
    static template = "mail.LoadingChatHub";
    static components = { LoadingPart };
    static props = LoadingPart.props;
}

export const LaterChatter = laterComponent(
    MAIL_BUNDLE,
    async () => (await import("@mail/chatter/web_portal/chatter")).Chatter,
    { Loading: LoadingChatter }
);

export const LaterAttachmentView = laterComponent(
    MAIL_BUNDLE,
    async () => (await import("@mail/core/common/attachment_view")).AttachmentView
);

export const LaterDiscuss = laterComponent(
    MAIL_BUNDLE,
    async () => (await import("@mail/core/public_web/discuss")).Discuss
);

export const LaterActivityListPopover = laterComponent(
    MAIL_BUNDLE,
    async () => (await import("@mail/core/web/activity_list_popover")).ActivityListPopover
);

const LaterChatHub = laterComponent(MAIL_BUNDLE, async () => (await import("@mail/core/common/chat_hub")).ChatHub, {
    Loading: LoadingChatHub,
});

/** Conversations at the edge of the page, where there are some. */
export class ChatHubPlace extends Component {
    static template = "mail.ChatHubPlace";
    static components = { LaterChatHub };
    static props = [];

    setup() {
        this.store = useState(useService("mail.store"));
    }

    get isNeeded() {
        const { chatHub } = this.store;
        return Boolean(chatHub?.opened.length || chatHub?.folded.length);
    }
}

registry.category("main_components").add("mail.ChatHub", { Component: ChatHubPlace });

/** Pages of settings that nothing but an action opens. */
const PAGES = {
    "mail.discuss_call_settings_action": async () =>
        (await import("@mail/discuss/call/common/call_settings")).CallSettings,
    "mail.discuss_notification_settings_action": async () =>
        (await import("@mail/discuss/core/web/discuss_notification_settings")).DiscussNotificationSettings,
};
const actions = registry.category("actions");
for (const [name, find] of Object.entries(PAGES)) {
    // where an addon changes the page, it is there already
    if (!actions.contains(name)) {
        actions.add(name, laterComponent(MAIL_BUNDLE, find));
    }
}
