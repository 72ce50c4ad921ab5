import { registry } from "@web/core/registry";
import { parseXML } from "@web/core/utils/xml";
import { isX2Many } from "@web/model/relational_model/utils";

const viewRegistry = registry.category("views");

function isAlwaysInvisible(invisible) {
    return invisible === "True" || invisible === "1";
}

/** Fetch the list or kanban views of x2many fields that the form does not describe itself. */
export async function loadSubViews(fieldNodes, fields, context, resModel, viewService, isSmall) {
    const tasks = Object.values(fieldNodes).map(async (fieldInfo) => {
        const field = fields[fieldInfo.name];
        const wanted = isX2Many(field) && !isAlwaysInvisible(fieldInfo.invisible) && fieldInfo.field.useSubView;
        if (!wanted) {
            return;
        }
        fieldInfo.views ??= {};
        let viewType = fieldInfo.viewMode || "list,kanban";
        if (viewType.includes(",")) {
            viewType = isSmall ? "kanban" : "list";
        }
        fieldInfo.viewMode = viewType;
        if (fieldInfo.views[viewType]) {
            return;
        }
        const refs = {};
        const own = /['"](\w+_view_ref)['"]\s*:\s*['"]([\w.]+)['"]/g;
        for (const [, key, value] of (fieldInfo.context || "").matchAll(own)) {
            refs[key] = value;
        }
        const description = await viewService.loadViews({
            resModel: field.relation,
            views: [[false, viewType]],
            context: { ...context, ...refs },
        });
        const { ArchParser } = viewRegistry.get(viewType);
        const xmlDoc = parseXML(description.views[viewType].arch);
        const archInfo = new ArchParser().parse(xmlDoc, description.relatedModels, field.relation);
        fieldInfo.views[viewType] = { ...archInfo, limit: archInfo.limit || 40, fields: description.fields };
        fieldInfo.relatedFields = undefined;
    });
    await Promise.all(tasks);
}
