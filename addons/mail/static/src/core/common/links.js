import { _t } from "@web/core/l10n/translation";

/** Open a channel that a link leads to, which may be closed to the user. */
async function openChannel(store, id) {
    const thread = await store.Thread.getOrFetch({ id, model: "discuss.channel" });
    if (thread) {
        return thread.open();
    }
    return store.env.services.notification.add(_t("You cannot see this channel, or it is gone."), { type: "danger" });
}

/**
 * @param {EventTarget} target what was clicked in a message
 * @returns {((store: Object) => any)|undefined} what opens the link there, if it leads to something of the page
 */
export function linkHandlerOf(target) {
    const link = target instanceof Element ? target.closest("a[data-oe-id]") : null;
    const { oeModel: model } = link?.dataset || {};
    const id = Number(link?.dataset.oeId);
    if (!id) {
        return undefined;
    }
    if (link.matches(".o_channel_redirect")) {
        return (store) => openChannel(store, id);
    }
    if (link.matches(".o_mail_redirect")) {
        return (store) => store.openChat({ partnerId: id });
    }
    return model ? (store) => store.openDocument({ id, model }) : undefined;
}
