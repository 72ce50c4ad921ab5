import { pick } from "@web/core/utils/objects";
import { RelationalModel } from "@web/model/relational_model/relational_model";

/** What the descriptions of form, list and kanban views have in common. */
export const recordsView = {
    Model: RelationalModel,
    /**
     * Props of the controller.
     *
     * @param {Object} genericProps those of every view; they win over what the view describes
     * @param {Object} view its description, maybe of an addon
     * @returns {Object}
     */
    props(genericProps, view) {
        const { arch, relatedModels, resModel } = genericProps;
        const archInfo = new view.ArchParser().parse(arch, relatedModels, resModel);
        return { ...pick(view, "Compiler", "Model", "Renderer", "buttonTemplate"), ...genericProps, archInfo };
    },
};
