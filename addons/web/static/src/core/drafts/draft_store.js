import { browser } from "@web/core/browser/browser";

const DATABASE = "web_drafts";
const STORE = "drafts";

/** @param {IDBRequest} request @returns {Promise<any>} */
function answerOf(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

/** Drafts in the database of the browser, `{key, owner, at, size, ...}` by their keys. */
export class DraftStore {
    /** @returns {Promise<IDBDatabase>} */
    _open() {
        if (!this._database) {
            const request = browser.indexedDB.open(DATABASE, 1);
            request.onupgradeneeded = () => {
                request.result.createObjectStore(STORE, { keyPath: "key" }).createIndex("owner", "owner");
            };
            this._database = answerOf(request).then((database) => {
                // who wants the database to go is not kept from it by an open page
                database.onversionchange = () => database.close();
                return database;
            });
        }
        return this._database;
    }

    async _store(mode = /** @type {IDBTransactionMode} */ ("readonly")) {
        const database = await this._open();
        return database.transaction(STORE, mode).objectStore(STORE);
    }

    /** @param {string} key @returns {Promise<Object|undefined>} */
    async get(key) {
        return answerOf((await this._store()).get(key));
    }

    /** @param {Object} draft */
    async put(draft) {
        await answerOf((await this._store("readwrite")).put(draft));
    }

    /** @param {string[]} keys */
    async remove(keys) {
        const store = await this._store("readwrite");
        await Promise.all(keys.map((key) => answerOf(store.delete(key))));
    }

    /** @param {string} [owner] only those of this user @returns {Promise<Object[]>} */
    async all(owner) {
        const store = await this._store();
        return answerOf(owner ? store.index("owner").getAll(owner) : store.getAll());
    }
}
