import { registry } from "@web/core/registry";
import { UPDATE_METHODS } from "@web/core/orm_methods";
import { rpcBus } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { deepCopy, omit } from "@web/core/utils/objects";

const VIEW_MODELS = ["ir.ui.view", "ir.filters"];

/** Names that options have on the server. */
const SERVER_OPTIONS = {
    actionId: "action_id",
    embeddedActionId: "embedded_action_id",
    embeddedParentResId: "embedded_parent_res_id",
    loadActionMenus: "toolbar",
    loadIrFilters: "load_filters",
};

/** Options for the server; those that it knows itself (of addons) go as they are. */
function serverOptions(options, isSmall) {
    const known = Object.entries(SERVER_OPTIONS).map(([name, serverName]) => [serverName, options[name] || false]);
    return {
        ...omit(options, ...Object.keys(SERVER_OPTIONS)),
        ...Object.fromEntries(known),
        ...(isSmall && { mobile: true }),
    };
}

/** Only the language and references to views have a say in how views look. */
function contextOfViews(context) {
    const references = Object.entries(context || {}).filter(([key]) => key.endsWith("_view_ref"));
    return { ...Object.fromEntries(references), lang: user.context.lang };
}

/** Descriptions of views: `view.loadViews({resModel, views, context}, {actionId, loadActionMenus, loadIrFilters})`. */
export const viewService = {
    dependencies: ["orm"],
    async: ["loadViews"],
    start(env, { orm }) {
        /** @type {Map<string, Promise<Object>>} */
        const cache = new Map();
        env.bus.addEventListener("CLEAR-CACHES", () => cache.clear());
        rpcBus.addEventListener("RPC:RESPONSE", (/** @type {CustomEvent} */ { detail }) => {
            const { model, method } = detail.data.params;
            if (VIEW_MODELS.includes(model) && UPDATE_METHODS.includes(method)) {
                cache.clear();
            }
        });

        const ask = async (resModel, kwargs) => unfold(await orm.call(resModel, "get_views", [], kwargs), resModel);

        /** Ask the server once for the same; after a failure again. */
        const request = (resModel, kwargs) => {
            const key = JSON.stringify([resModel, kwargs]);
            if (!cache.has(key)) {
                const answer = ask(resModel, kwargs);
                cache.set(key, answer);
                answer.catch(() => cache.delete(key));
            }
            return cache.get(key);
        };

        return {
            async loadViews({ context, resModel, views }, options = {}) {
                const descriptions = await request(resModel, {
                    context: contextOfViews(context),
                    options: serverOptions(
                        context?.disable_toolbar ? { ...options, loadActionMenus: false } : options,
                        env.isSmall
                    ),
                    views,
                });
                return { ...descriptions, views: copyViews(descriptions.views) };
            },
        };
    },
};

function copyViews(views) {
    const result = {};
    for (const [type, view] of Object.entries(views)) {
        result[type] = { ...view };
        if (view.irFilters) {
            result[type].irFilters = deepCopy(view.irFilters);
        }
    }
    return result;
}

function unfold({ models, views }, resModel) {
    const relatedModels = {};
    for (const [name, { fields, ...told }] of Object.entries(models)) {
        for (const [fieldName, field] of Object.entries(fields)) {
            field.name ??= fieldName;
        }
        relatedModels[name] = { ...told, fields };
    }
    const descriptions = { fields: relatedModels[resModel].fields, relatedModels, views: {} };
    for (const [type, view] of Object.entries(views)) {
        const { arch, toolbar, id, filters, custom_view_id } = view;
        const description = { arch, id, custom_view_id: custom_view_id || null };
        if (toolbar) {
            description.actionMenus = toolbar;
        }
        if (filters) {
            description.irFilters = filters;
        }
        descriptions.views[type] = description;
    }
    return descriptions;
}

registry.category("services").add("view", viewService);
