import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { session } from "@web/session";
import { nameOf } from "@web/webclient/actions/action_url";
import { recordCommand } from "@web/webclient/records/record_command";

const KEPT = 20;
const SHOWN = 8;

/** Where the browser keeps which records a user of a database opened. */
function storageKey() {
    return `web.recent_records.${session.db}.${user.userId}`;
}

/** @returns {{model: string, resId: number, action?: number|string}|null} the record that a controller shows */
function recordOf(controller) {
    const { action, currentState, inDialog, props = {}, view } = controller || {};
    const resId = currentState?.resId || props.resId;
    const isKept = view?.type === "form" && !inDialog && action.target !== "inline" && Number.isInteger(resId);
    if (!isKept || !action.res_model) {
        return null;
    }
    const name = action.path || action.id ? nameOf(action) : undefined;
    return { model: action.res_model, resId, ...(name && { action: name }) };
}

/** The records that the user opened last. Only their numbers are kept: whoever sits here next reads no names. */
class RecentRecords {
    constructor(env) {
        this.env = env;
        this.shown = null;
        env.bus.addEventListener("ACTION_MANAGER:UI-UPDATED", () => this.follow());
    }

    /** Note what was shown until now, as the user may have paged, and what is. */
    follow() {
        this.note(this.shown);
        this.shown = this.env.services.action.currentController;
        this.note(this.shown);
    }

    /** @returns {Array<{model: string, resId: number, action?: number|string}>} youngest first */
    read() {
        try {
            const kept = JSON.parse(browser.localStorage.getItem(storageKey()) || "[]");
            return kept.filter(({ model, resId }) => typeof model === "string" && Number.isInteger(resId));
        } catch {
            // something else wrote there
            return [];
        }
    }

    write(records) {
        browser.localStorage.setItem(storageKey(), JSON.stringify(records.slice(0, KEPT)));
    }

    note(controller) {
        const record = recordOf(controller);
        if (record) {
            const isOther = ({ model, resId }) => model !== record.model || resId !== record.resId;
            this.write([record, ...this.read().filter(isOther)]);
        }
    }

    /** @returns {Promise<Object[]>} records but the one that is shown, with their names; only what can be read */
    async load() {
        this.note(this.shown);
        const current = recordOf(this.shown);
        const records = this.read().filter(({ model, resId }) => model !== current?.model || resId !== current?.resId);
        const models = [...new Set(records.slice(0, SHOWN).map(({ model }) => model))];
        const found = await Promise.all(models.map((model) => this.namesOf(model, records)));
        const names = new Map(models.map((model, index) => [model, found[index]]));
        return records
            .filter(({ model, resId }) => names.get(model)?.has(resId))
            .slice(0, SHOWN)
            .map((record) => ({ ...record, name: names.get(record.model).get(record.resId) }));
    }

    async namesOf(model, records) {
        const ids = records.filter((record) => record.model === model).map(({ resId }) => resId);
        const { orm } = this.env.services;
        try {
            const context = { active_test: false };
            const rows = await orm.silent.searchRead(model, [["id", "in", ids]], ["display_name"], { context });
            return new Map(rows.map(({ display_name: name, id }) => [id, name]));
        } catch (error) {
            if (error.name !== "RPC_ERROR") {
                throw error;
            }
            // he may not read such records any more, or their model is gone
            this.write(this.read().filter((record) => record.model !== model));
            return new Map();
        }
    }
}

export const recentRecordsService = {
    dependencies: ["action", "orm"],
    start: (env) => new RecentRecords(env),
};

registry.category("services").add("recent_records", recentRecordsService);

/** While nothing is searched for, what one came from is there to go back to. */
registry.category("command_provider").add("recent_records", {
    async provide(env, { searchValue }) {
        const records = searchValue ? [] : await env.services.recent_records.load();
        return records.map((record) => ({ ...recordCommand(env, { ...record, kind: "" }), category: "recent" }));
    },
});
