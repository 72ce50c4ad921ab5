import { browser } from "@web/core/browser/browser";

/** Ids of partners and channels, as a draft keeps who was picked. */
const idsOf = (records) => records.map(({ id }) => id);

/** Keep what was written in the browser. */
export function writeDraft(composer) {
    if (!composer?.exists() || composer.message) {
        return;
    }
    if (!composer.text.trim()) {
        forgetDraft(composer);
        return;
    }
    const { mentionedChannels, mentionedPartners, text } = composer;
    const draft = { channels: idsOf(mentionedChannels), partners: idsOf(mentionedPartners), text };
    browser.localStorage.setItem(composer.localId, JSON.stringify(draft));
}

/** Write again what the browser kept. */
export function readDraft(composer) {
    try {
        const draft = JSON.parse(browser.localStorage.getItem(composer.localId));
        if (!draft?.text) {
            return;
        }
        composer.text = draft.text;
        composer.mentionedChannels = draft.channels.map((id) => ({ id, model: "discuss.channel" }));
        composer.mentionedPartners = draft.partners.map((id) => ({ id, type: "partner" }));
    } catch {
        forgetDraft(composer);
    }
}

/** What was written is sent, or given up. */
export function forgetDraft(composer) {
    browser.localStorage.removeItem(composer.localId);
}
