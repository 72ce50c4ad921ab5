import { registry } from "@web/core/registry";
import { UPDATE_METHODS } from "@web/core/orm_methods";
import { rpcBus } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { deepCopy } from "@web/core/utils/objects";

const VIEW_MODELS = ["ir.ui.view", "ir.filters"];

/** Descriptions of views: `view.loadViews({resModel, views, context}, {actionId, loadActionMenus, loadIrFilters})`. */
export const viewService = {
    dependencies: ["orm"],
    async: ["loadViews"],
    start(env, { orm }) {
        let cache = {};
        const clear = () => {
            cache = {};
        };
        env.bus.addEventListener("CLEAR-CACHES", clear);
        rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => {
            const { model, method } = detail.data.params;
            if (VIEW_MODELS.includes(model) && UPDATE_METHODS.includes(method)) {
                clear();
            }
        });

        const request = (params, options) => {
            const { context, resModel, views } = params;
            const loadViewsOptions = {
                action_id: options.actionId || false,
                embedded_action_id: options.embeddedActionId || false,
                embedded_parent_res_id: options.embeddedParentResId || false,
                load_filters: options.loadIrFilters || false,
                toolbar: (!env.inDialog && options.loadActionMenus) || false,
            };
            for (const key of Object.keys(options)) {
                if (
                    ![
                        "actionId",
                        "embeddedActionId",
                        "embeddedParentResId",
                        "loadIrFilters",
                        "loadActionMenus",
                    ].includes(key)
                ) {
                    loadViewsOptions[key] = options[key];
                }
            }
            if (env.isSmall) {
                loadViewsOptions.mobile = true;
            }
            const kept = Object.entries(context || {}).filter(([key]) => key === "lang" || key.endsWith("_view_ref"));
            const viewContext = { ...Object.fromEntries(kept), lang: user.lang };
            const key = JSON.stringify([resModel, views, viewContext, loadViewsOptions]);
            cache[key] ??= orm
                .call(resModel, "get_views", [], { context: viewContext, views, options: loadViewsOptions })
                .then((result) => unfold(result, resModel))
                .catch((error) => {
                    delete cache[key];
                    throw error;
                });
            return cache[key];
        };

        return {
            async loadViews(params, options = {}) {
                const descriptions = await request(params, options);
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
    for (const [name, { fields }] of Object.entries(models)) {
        for (const [fieldName, field] of Object.entries(fields)) {
            field.name ??= fieldName;
        }
        relatedModels[name] = { fields };
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
