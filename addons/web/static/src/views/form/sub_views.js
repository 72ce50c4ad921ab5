import { registry } from "@web/core/registry";
import { parseXML } from "@web/core/utils/xml";
import { isX2Many } from "@web/model/relational_model/utils";

const viewRegistry = registry.category("views");

const ALWAYS = ["True", "1"];
const DEFAULT_LIMIT = 40;

/** References to views in the text of a context, which need no values of the record: `'list_view_ref': 'sale.x'`. */
const VIEW_REFERENCE = /['"](\w+_view_ref)['"]\s*:\s*['"]([\w.]+)['"]/g;

function viewReferences(context) {
    return Object.fromEntries([...(context || "").matchAll(VIEW_REFERENCE)].map(([, key, name]) => [key, name]));
}

/** The views that the context of the form names are those of the form. */
function withoutViewReferences(context = {}) {
    return Object.fromEntries(Object.entries(context).filter(([key]) => !key.endsWith("_view_ref")));
}

function showsLines(node, field) {
    return isX2Many(field) && node.field.useSubView && !ALWAYS.includes(node.invisible);
}

/** The one type of view that shows the lines on this screen. */
function chooseMode(node, isSmall) {
    const mode = node.viewMode || "list,kanban";
    if (!mode.includes(",")) {
        return mode;
    }
    return isSmall ? "kanban" : "list";
}

/**
 * Fetch the list or kanban views of x2many fields that the form does not describe itself; `views` and `viewMode` of the
 * fields' nodes are set.
 *
 * @param {Object<string, Object>} fieldNodes of the form's arch
 * @param {Object<string, Object>} fields of its model
 * @param {Object} context
 * @param {string} resModel
 * @param {{loadViews: Function}} viewService
 * @param {boolean} isSmall whether the screen is that of a phone
 */
export async function loadSubViews(fieldNodes, fields, context, resModel, viewService, isSmall) {
    const load = async (node) => {
        const { relation } = fields[node.name];
        const mode = chooseMode(node, isSmall);
        node.viewMode = mode;
        node.views ??= {};
        if (!node.views[mode]) {
            const viewContext = { ...withoutViewReferences(context), ...viewReferences(node.context) };
            node.views[mode] = await loadSubView(relation, mode, viewService, viewContext);
            node.relatedFields = undefined;
        }
    };
    const shown = Object.values(fieldNodes).filter((node) => showsLines(node, fields[node.name]));
    await Promise.all(shown.map(load));
}

async function loadSubView(resModel, type, viewService, context) {
    const { fields, relatedModels, views } = await viewService.loadViews({ context, resModel, views: [[false, type]] });
    const { ArchParser } = viewRegistry.get(type);
    const archInfo = new ArchParser().parse(parseXML(views[type].arch), relatedModels, resModel);
    return { ...archInfo, fields, limit: archInfo.limit || DEFAULT_LIMIT };
}
