/** Tools for developers that concern the view, the record or the action that is shown. */
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import {
    LaterComputedArchDialog,
    LaterExplainAccessDialog,
    LaterMetadataDialog,
    LaterRawRecordDialog,
    LaterSetDefaultDialog,
} from "@web/views/later_dialogs";

function item(section, sequence, description, callback) {
    return { type: "item", section, sequence, description, callback };
}

/**
 * Show a record of the framework, or those that a domain finds.
 *
 * @param {Object} env
 * @param {string} name
 * @param {string} resModel
 * @param {{id?: number, domain?: any[], context?: Object}} what
 */
function open(env, name, resModel, { id, domain = [], context = {} }) {
    const record = { res_id: id, views: [[false, "form"]] };
    const records = {
        domain,
        context,
        views: [
            [false, "list"],
            [false, "form"],
        ],
    };
    return env.services.action.doAction({
        type: "ir.actions.act_window",
        name: name.toString(),
        res_model: resModel,
        ...(id ? record : records),
    });
}

function ofModel(field) {
    return (resModel) => ({ domain: [[field, "=", resModel]], context: { search_default_group_by_model: 0 } });
}

const MODEL_TOOLS = {
    fields: ["ui", 250, _t("Fields"), "ir.model.fields", ofModel("model")],
    filters: ["ui", 260, _t("Filters"), "ir.filters", ofModel("model_id")],
    modelAccess: [
        "security",
        350,
        _t("Access Rights"),
        "ir.model.access",
        ofModel("model_id.model"),
        "canSeeModelAccess",
    ],
    recordRules: ["security", 360, _t("Record Rules"), "ir.rule", ofModel("model_id.model"), "canSeeRecordRules"],
};

/** What decides whether the user may read, modify, create and delete. */
function explainAccess({ services }, { resId = false, resModel }) {
    const show = () => services.dialog.add(LaterExplainAccessDialog, { resId, resModel });
    return item("security", 370, _t("Explain Access"), show);
}

/** The search view, to be modified. */
export function editSearchView({ component, env }) {
    const { searchViewId } = component.componentOwnProps?.info || {};
    const edit = () => open(env, _t("Search View"), "ir.ui.view", { id: searchViewId });
    return searchViewId ? item("ui", 230, _t("SearchView"), edit) : null;
}

/** The view, to be modified. */
export function editView({ accessRights, component, env }) {
    const { viewId, viewType } = component.env.config;
    const edit = () => open(env, _t("View"), "ir.ui.view", { id: viewId });
    return viewId && accessRights.canEditView ? item("ui", 240, _t("View: %s", viewType), edit) : null;
}

/** The arch as it is shown, with all that extends it. */
export function getView({ component, env }) {
    const { rawArch, viewType } = component.env.config;
    const show = () => env.services.dialog.add(LaterComputedArchDialog, { arch: rawArch, type: viewType });
    return rawArch ? item("ui", 270, _t("Computed Arch"), show) : null;
}

const view = registry.category("debug").category("view");

for (const [key, [section, sequence, label, target, search, right]] of Object.entries(MODEL_TOOLS)) {
    view.add(key, ({ accessRights, component, env }) => {
        const { resModel } = component.props;
        const isAllowed = resModel && (!right || accessRights[right]);
        return isAllowed ? item(section, sequence, label, () => open(env, label, target, search(resModel))) : null;
    });
}

view.add("model", ({ component, env }) => {
    const { resModel } = component.props;
    return item("ui", 210, _t("Model: %s", resModel), async () => {
        const [id] = await env.services.orm.search("ir.model", [["model", "=", resModel]], { limit: 1 });
        await open(env, resModel, "ir.model", { id });
    });
})
    .add("searchView", editSearchView)
    .add("editView", editView)
    .add("explainAccess", ({ component, env }) => {
        const { resModel, type } = component.props;
        // forms have an entry about their record
        return resModel && type !== "form" ? explainAccess(env, { resModel }) : null;
    })
    .add("computedArch", getView);

registry
    .category("debug")
    .category("default")
    .add("action", ({ env }) => {
        const { id, type } = env.services.action.currentController?.action || {};
        return id ? item("ui", 220, _t("Action"), () => open(env, _t("Action"), type, { id })) : null;
    });

/** Tools for a stored record. */
function ofRecord(make) {
    return ({ component, env }) => {
        const { resId, resModel } = component.model.root;
        return resId ? make({ component, env, resId, resModel }) : null;
    };
}

/** Who made a record, and when; its external ids. */
export const viewMetadata = ofRecord(({ env, resId, resModel }) =>
    item("record", 110, _t("Metadata"), () => env.services.dialog.add(LaterMetadataDialog, { resId, resModel }))
);

/** All values of a record. */
export const viewRawRecord = ofRecord(({ env, resId, resModel }) =>
    item("record", 120, _t("Data"), async () => {
        const [record] = await env.services.orm.read(resModel, [resId], [], { context: { bin_size: true } });
        env.services.dialog.add(LaterRawRecordDialog, { record });
    })
);

/** Files of a record. */
export const manageAttachments = ofRecord(({ env, resId, resModel }) => {
    const domain = [
        ["res_model", "=", resModel],
        ["res_id", "=", resId],
    ];
    const context = { default_res_model: resModel, default_res_id: resId };
    const show = () => open(env, _t("Attachments"), "ir.attachment", { domain, context });
    return item("record", 140, _t("Attachments"), show);
});

/** What new records begin with. */
export function setDefaults({ component, env }) {
    return item("record", 150, _t("Set Default Values"), () =>
        env.services.dialog.add(LaterSetDefaultDialog, { record: component.model.root })
    );
}

registry
    .category("debug")
    .category("form")
    .add("metadata", viewMetadata)
    .add("data", viewRawRecord)
    .add("attachments", manageAttachments)
    .add("explainAccess", ({ component, env }) => {
        const { resId, resModel } = component.model.root;
        return explainAccess(env, { resId: resId || false, resModel });
    })
    .add("setDefaults", setDefaults);
