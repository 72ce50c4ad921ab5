import { registry } from "@web/core/registry";
import { Deferred } from "@web/core/utils/concurrency";

/** Display names of records, read in batches: `name.loadDisplayNames(model, ids)`. */
export const nameService = {
    dependencies: ["orm"],
    async: ["loadDisplayNames"],
    start(env, { orm }) {
        const known = new Map();
        const pending = new Map();

        const cacheOf = (resModel) => {
            if (!known.has(resModel)) {
                known.set(resModel, new Map());
            }
            return known.get(resModel);
        };

        // what is shown next may be of records that were changed
        env.bus.addEventListener("ACTION_MANAGER:UPDATE", () => known.clear());

        const flush = async (resModel) => {
            const waiting = pending.get(resModel);
            pending.delete(resModel);
            try {
                // what cannot be read, or is not there, must not keep the others from their names
                const domain = [["id", "in", [...waiting.keys()]]];
                const context = { active_test: false };
                const rows = await orm.silent.searchRead(resModel, domain, ["display_name"], { context });
                const names = new Map(rows.map((row) => [row.id, row.display_name]));
                waiting.forEach((deferred, id) => deferred.resolve(names.get(id) ?? ERROR_INACCESSIBLE_OR_MISSING));
            } catch (error) {
                const cache = cacheOf(resModel);
                waiting.forEach((deferred, id) => {
                    deferred.reject(error);
                    cache.delete(id);
                });
            }
        };

        return {
            addDisplayNames(resModel, displayNames) {
                const cache = cacheOf(resModel);
                for (const [id, name] of Object.entries(displayNames)) {
                    const deferred = new Deferred();
                    deferred.resolve(name);
                    cache.set(Number(id), deferred);
                }
            },
            clearCache: () => known.clear(),
            async loadDisplayNames(resModel, resIds) {
                const cache = cacheOf(resModel);
                for (const id of resIds.filter((resId) => !cache.has(resId))) {
                    const deferred = new Deferred();
                    cache.set(id, deferred);
                    if (!pending.has(resModel)) {
                        pending.set(resModel, new Map());
                        Promise.resolve().then(() => flush(resModel));
                    }
                    pending.get(resModel).set(id, deferred);
                }
                const names = await Promise.all(resIds.map((id) => cache.get(id)));
                return Object.fromEntries(resIds.map((id, index) => [id, names[index]]));
            },
        };
    },
};

export const ERROR_INACCESSIBLE_OR_MISSING = Symbol("INACCESSIBLE OR MISSING RECORD ID");

registry.category("services").add("name", nameService);
