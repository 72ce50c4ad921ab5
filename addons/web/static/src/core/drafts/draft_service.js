import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { session } from "@web/session";
import { DraftStore } from "@web/core/drafts/draft_store";

/** Characters of a draft as JSON. */
export const MAX_SIZE = 256 * 1024;
/** Drafts of a user; the oldest ones go. */
export const MAX_DRAFTS = 50;
/** Milliseconds: a week. */
export const MAX_AGE = 7 * 24 * 3600 * 1000;
/** Milliseconds that the browser's database may take: nobody waits for it with a save or a logout. */
export const MAX_WAIT = 5000;

/** @param {Promise<any>} answer @returns {Promise<any>} what it becomes, unless it takes too long */
async function within(answer) {
    let timer;
    const late = new Promise((_resolve, reject) => {
        timer = browser.setTimeout(() => reject(new Error("The browser's database does not answer")), MAX_WAIT);
    });
    try {
        return await Promise.race([answer, late]);
    } finally {
        browser.clearTimeout(timer);
    }
}

/**
 * Unsaved changes, kept in the browser for the user who made them until they are saved or discarded, or he logs out.
 * Where the browser keeps nothing (in a private window, or as the disk is full), nothing is kept.
 */
export const draftService = {
    start() {
        const store = new DraftStore();
        const owner = JSON.stringify([session.db, user.userId]);
        let isAvailable = Boolean(browser.indexedDB && user.userId);
        const keyOf = (parts) => JSON.stringify([owner, ...parts]);

        /** Do something with the store, unless it does not work here. */
        async function attempt(task) {
            if (!isAvailable) {
                return undefined;
            }
            try {
                return await within(task());
            } catch (error) {
                isAvailable = false;
                console.warn("Unsaved changes are not kept:", error);
                return undefined;
            }
        }

        async function prune() {
            const drafts = await store.all();
            const oldest = Date.now() - MAX_AGE;
            const own = drafts.filter((draft) => draft.owner === owner).sort((a, b) => b.at - a.at);
            const tooMany = own.slice(MAX_DRAFTS);
            const gone = [...drafts.filter(({ at }) => at < oldest), ...tooMany].map(({ key }) => key);
            if (gone.length) {
                await store.remove(gone);
            }
        }

        return {
            /** @param {any[]} parts what the draft is of @returns {Promise<{at: number, values: Object}|undefined>} */
            get: (parts) =>
                attempt(async () => {
                    const draft = await store.get(keyOf(parts));
                    return draft && draft.at >= Date.now() - MAX_AGE ? draft : undefined;
                }),
            /** Keep a draft; one that is too large is not, nor is what was there before. */
            put: (parts, draft) =>
                attempt(async () => {
                    const key = keyOf(parts);
                    const text = JSON.stringify(draft);
                    const kept = () => ({ ...JSON.parse(text), key, owner, at: Date.now() });
                    await (text.length > MAX_SIZE ? store.remove([key]) : store.put(kept()));
                    await prune();
                }),
            /** @param {any[]} parts */
            remove: (parts) => attempt(() => store.remove([keyOf(parts)])),
            /** Forget what the user did not save. */
            clear: () => attempt(async () => store.remove((await store.all(owner)).map(({ key }) => key))),
        };
    },
};

registry.category("services").add("drafts", draftService);
