import { browser } from "@web/core/browser/browser";
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

const PREFIX = "odoo-records-";
/** Characters that the server takes as the name of a channel, and then some. */
const MAX_LENGTH = 450;
/** Records of which one view is told. */
export const MAX_WATCHED = 400;
/** Milliseconds that records are shown before the server is told that they are. */
export const SETTLING = 1000;
/** Milliseconds for which news are gathered. */
export const GATHERING = 300;
/** Methods that change the records that they are called on. */
const CHANGING = new Set(["web_save", "write", "unlink", "action_archive", "action_unarchive", "toggle_active"]);

/**
 * The records that a request has changed, as far as it tells.
 *
 * @param {string} url
 * @param {Object} params
 * @returns {[string, number[]][]} ids by model
 */
export function changedRecords(url, params) {
    const { model, method, args = [], kwargs = {} } = params;
    if (url.startsWith("/web/dataset/resequence")) {
        return [[model, params.ids]];
    }
    const isButton = url.startsWith("/web/dataset/call_button");
    if (!isButton && !(url.startsWith("/web/dataset/call_kw") && CHANGING.has(method))) {
        return [];
    }
    /** @type {[string, any][]} */
    const changed = [[model, args[0]]];
    const { active_ids: activeIds, active_model: activeModel } = kwargs.context || {};
    if (isButton && activeModel && activeModel !== model) {
        // what dialogs ask for is done to the records that they were opened for
        changed.push([activeModel, activeIds]);
    }
    for (const one of changed) {
        one[1] = [one[1] || []].flat().filter(Number.isInteger);
    }
    return changed.filter(([, ids]) => ids.length);
}

/** Ids by model that come one by one, and go together. */
class Gathered {
    /** @type {Map<string, Map<number, number>>} */
    byModel = new Map();
    timer = null;

    /** @param {(byModel: Map<string, Map<number, number>>) => void} take */
    constructor(take) {
        this.take = take;
    }

    /** @param {string} resModel @param {number[]} ids @param {number} [by] the user who is the reason */
    add(resModel, ids, by) {
        const known = this.byModel.get(resModel) || new Map();
        ids.forEach((id) => known.set(id, by));
        this.byModel.set(resModel, known);
        this.timer ??= browser.setTimeout(() => this.flush(), GATHERING);
    }

    flush() {
        this.timer = null;
        const { byModel } = this;
        this.byModel = new Map();
        if (byModel.size) {
            this.take(byModel);
        }
    }
}

/**
 * @typedef {Object} Watch
 * @property {string} resModel
 * @property {() => number[]} getIds records that are shown now
 * @property {(changed: Map<number, number>) => void} onChanged gets who changed a record, by its id
 * @property {(news: {id: number, user_id: number, is_editing: boolean}) => void} [onEditing]
 */

/** Which records the page shows, and what other pages do with them. */
class LiveRecords {
    /** @type {Set<Watch>} */
    watches = new Set();
    /** Channels that are listened to. */
    channels = new Set();
    timer = null;

    constructor(bus, tab) {
        this.bus = bus;
        this.tab = tab;
        this.toTell = new Gathered((byModel) => this.tellChanged(byModel));
        this.heard = new Gathered((byModel) => this.spread(byModel));
        bus.subscribe("bus.record/changed", (news) => this.onChanged(news));
        bus.subscribe("bus.record/editing", (news) => this.onEditing(news));
        rpcBus.addEventListener("RPC:RESPONSE", (/** @type {CustomEvent} */ { detail }) => this.onResponse(detail));
        browser.addEventListener("visibilitychange", () => this.heard.flush());
    }

    // ------------------------------------------------------------------ what is shown

    /** @param {Watch} watch @returns {{update: () => void, stop: () => void}} */
    watch(watch) {
        this.watches.add(watch);
        this.updateSoon();
        return {
            update: () => this.updateSoon(),
            stop: () => {
                this.watches.delete(watch);
                this.updateSoon();
            },
        };
    }

    updateSoon() {
        this.timer ??= browser.setTimeout(() => this.updateChannels(), SETTLING);
    }

    updateChannels() {
        this.timer = null;
        const wanted = new Set();
        for (const [resModel, ids] of this.shown()) {
            channelsOf(resModel, [...ids]).forEach((channel) => wanted.add(channel));
        }
        [...wanted].filter((channel) => !this.channels.has(channel)).forEach((name) => this.bus.addChannel(name));
        [...this.channels].filter((channel) => !wanted.has(channel)).forEach((name) => this.bus.deleteChannel(name));
        this.channels = wanted;
    }

    /** @returns {Map<string, Set<number>>} ids by model */
    shown() {
        const shown = new Map();
        for (const { resModel, getIds } of this.watches) {
            const ids = shown.get(resModel) || new Set();
            getIds()
                .slice(0, MAX_WATCHED)
                .forEach((id) => ids.add(id));
            shown.set(resModel, ids);
        }
        return shown;
    }

    // ------------------------------------------------------------------ what others do

    onChanged({ model, id, tab, user_id: userId }) {
        if (tab !== this.tab) {
            this.heard.add(model, [id], userId);
        }
    }

    /** Tell those who show records; a page that nobody sees waits until somebody does. */
    spread(byModel) {
        if (document.visibilityState === "hidden") {
            byModel.forEach((changed, model) => this.heard.byModel.set(model, changed));
            return;
        }
        for (const { resModel, onChanged } of this.watches) {
            if (byModel.has(resModel)) {
                onChanged(byModel.get(resModel));
            }
        }
    }

    onEditing(news) {
        if (news.user_id === user.userId) {
            return;
        }
        for (const { resModel, onEditing } of this.watches) {
            if (resModel === news.model) {
                onEditing?.(news);
            }
        }
    }

    // ------------------------------------------------------------------ what is done here

    onResponse({ data, error, url }) {
        if (!error) {
            changedRecords(url, data.params).forEach(([model, ids]) => this.toTell.add(model, ids));
        }
    }

    tellChanged(byModel) {
        for (const [model, ids] of byModel) {
            this.bus.send("records_changed", { model, ids: [...ids.keys()], tab: this.tab });
        }
    }

    tellEditing(model, id, isEditing) {
        this.bus.send("record_editing", { model, id, is_editing: isEditing, tab: this.tab });
    }
}

/** @returns {string[]} names of the channels by which the server is asked for records */
function channelsOf(resModel, ids) {
    const channels = [];
    for (const id of ids.sort((one, other) => one - other)) {
        const longer = channels.length && `${channels.at(-1)},${id}`;
        if (longer && longer.length <= MAX_LENGTH) {
            channels[channels.length - 1] = longer;
        } else {
            channels.push(`${PREFIX}${resModel}_${id}`);
        }
    }
    return channels;
}

export const liveRecordsService = {
    dependencies: ["bus_service", "multi_tab"],
    start(env, { bus_service: bus, multi_tab: multiTab }) {
        const live = new LiveRecords(bus, multiTab.currentTabId);
        return {
            tellEditing: (model, id, isEditing) => live.tellEditing(model, id, isEditing),
            watch: (watch) => live.watch(watch),
        };
    },
};

registry.category("services").add("live_records", liveRecordsService);
