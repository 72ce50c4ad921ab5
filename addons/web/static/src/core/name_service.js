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

        const flush = async (resModel) => {
            const ids = pending.get(resModel);
            pending.delete(resModel);
            const cache = cacheOf(resModel);
            try {
                const rows = await orm.silent.read(resModel, [...ids], ["display_name"]);
                const names = new Map(rows.map((row) => [row.id, row.display_name]));
                for (const id of ids) {
                    cache.get(id).resolve(names.get(id) ?? ERROR_INACCESSIBLE_OR_MISSING);
                }
            } catch (error) {
                for (const id of ids) {
                    cache.get(id).reject(error);
                    cache.delete(id);
                }
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
            clearCache() {
                known.clear();
            },
            async loadDisplayNames(resModel, resIds) {
                const cache = cacheOf(resModel);
                for (const id of resIds.filter((resId) => !cache.has(resId))) {
                    cache.set(id, new Deferred());
                    if (!pending.has(resModel)) {
                        pending.set(resModel, new Set());
                        Promise.resolve().then(() => flush(resModel));
                    }
                    pending.get(resModel).add(id);
                }
                const names = await Promise.all(resIds.map((id) => cache.get(id)));
                return Object.fromEntries(resIds.map((id, index) => [id, names[index]]));
            },
        };
    },
};

export const ERROR_INACCESSIBLE_OR_MISSING = Symbol("INACCESSIBLE OR MISSING RECORD ID");

registry.category("services").add("name", nameService);
