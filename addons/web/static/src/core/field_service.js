import { registry } from "@web/core/registry";
import { Cache } from "@web/core/utils/cache";

/** Descriptions of models' fields: `field.loadFields(model, {fieldNames, attributes})`. */
export const fieldService = {
    dependencies: ["orm"],
    async: ["loadFields", "loadPath", "loadPropertyDefinitions", "loadFieldInfo"],
    start(env, { orm }) {
        const cache = new Cache(
            (resModel, options) => orm.call(resModel, "fields_get", [options?.fieldNames, options?.attributes]),
            (resModel, options) => JSON.stringify([resModel, options || {}])
        );
        const loadFields = async (resModel, options = {}) => {
            const fields = await cache.read(resModel, options);
            return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { name, ...field }]));
        };
        const loadPath = async (resModel, path = "*") => {
            const names = [];
            const modelsInfo = [];
            let model = resModel;
            for (const name of path.split(".")) {
                const fieldDefs = await loadFields(model);
                modelsInfo.push({ resModel: model, fieldDefs });
                names.push(name);
                if (name !== "*" && !fieldDefs[name]) {
                    return { isInvalid: "path", names, modelsInfo };
                }
                model = fieldDefs[name]?.relation;
            }
            return { names, modelsInfo };
        };
        const loadFieldInfo = async (resModel, path) => {
            const isPath = path && typeof path === "string";
            const steps = isPath ? await loadPath(resModel, path) : { isInvalid: "path" };
            if (steps.isInvalid) {
                return { resModel, fieldDef: null };
            }
            const { resModel: owner, fieldDefs } = steps.modelsInfo.at(-1);
            return { resModel: owner, fieldDef: fieldDefs[steps.names.at(-1)] };
        };
        return { loadFields, loadPath, loadFieldInfo };
    },
};

registry.category("services").add("field", fieldService);
