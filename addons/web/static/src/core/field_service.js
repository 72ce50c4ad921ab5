import { registry } from "@web/core/registry";
import { Cache } from "@web/core/utils/cache";

/**
 * Descriptions of models' fields: `field.loadFields(model, {fieldNames, attributes})`, of what a path leads to:
 * `field.loadFieldInfo(model, "partner_id.name")`, and of properties: `field.loadPropertyDefinitions(model, field)`.
 */
export const fieldService = {
    dependencies: ["orm"],
    async: ["loadFields", "loadPath", "loadPropertyDefinitions", "loadFieldInfo"],
    start(env, { orm }) {
        const cache = new Cache(
            (resModel, options) => orm.call(resModel, "fields_get", [options?.fieldNames, options?.attributes]),
            (resModel, options) => JSON.stringify([resModel, options || {}])
        );

        const loadFields = async (resModel, options = {}) => {
            if (typeof resModel !== "string" || !resModel) {
                throw new Error(`Fields are loaded of a model, not of ${resModel}`);
            }
            const fields = await cache.read(resModel, options);
            return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { name, ...field }]));
        };

        /**
         * @param {string} resModel
         * @param {string} fieldName of a field with properties
         * @param {Array} [domain] of the records whose properties are wanted
         * @returns {Promise<Object>} description by name of the property
         */
        const loadPropertyDefinitions = async (resModel, fieldName, domain = []) => {
            const fieldDefs = await loadFields(resModel);
            const { definition_record: link, definition_record_field: definition } = fieldDefs[fieldName];
            if (!fieldDefs[link]) {
                return {};
            }
            const { records } = await orm.call(fieldDefs[link].relation, "web_search_read", [], {
                domain: [[definition, "!=", false], ...domain],
                specification: { display_name: {}, [definition]: {} },
            });
            return Object.fromEntries(
                records.flatMap((record) =>
                    (record[definition] || []).map((property) => [property.name, asField(property, record)])
                )
            );
        };

        return { loadFields, loadPropertyDefinitions, ...pathLoaders({ loadFields, loadPropertyDefinitions }) };
    },
};

/** Functions that follow paths. @param {{loadFields: Function, loadPropertyDefinitions: Function}} loaders */
function pathLoaders({ loadFields, loadPropertyDefinitions }) {
    const loadChildren = async (resModel, { fieldDefs, name }) => {
        const field = fieldDefs[name];
        if (field.type === "properties") {
            return { resModel, fieldDefs: await loadPropertyDefinitions(resModel, name) };
        }
        return field.relation ? { resModel: field.relation, fieldDefs: await loadFields(field.relation) } : null;
    };

    const loadPath = async (resModel, path = "*") => {
        const names = path.split(".");
        const modelsInfo = [{ resModel, fieldDefs: await loadFields(resModel) }];
        for (const [index, name] of names.entries()) {
            const { resModel: owner, fieldDefs } = modelsInfo[index];
            const isLast = index === names.length - 1;
            if (name === "*" && isLast) {
                break;
            }
            const next = fieldDefs[name] && !isLast && (await loadChildren(owner, { fieldDefs, name }));
            if (!fieldDefs[name] || (!isLast && !next)) {
                return { isInvalid: "path", names, modelsInfo };
            }
            if (next) {
                modelsInfo.push(next);
            }
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
        return { resModel: owner, fieldDef: fieldDefs[steps.names.at(-1)] || null };
    };
    return { loadPath, loadFieldInfo };
}

/** Description of a property like that of a field. */
function asField(property, record) {
    return {
        ...property,
        is_property: true,
        record_id: record.id,
        record_name: record.display_name,
        relation: property.comodel,
        searchable: true,
    };
}

registry.category("services").add("field", fieldService);
