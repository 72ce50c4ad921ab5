import { patch } from "@web/core/utils/patch";
import { FormArchParser } from "@web/views/form/form_arch_parser";

/** Forms know whether things to do can be planned for their records. */
const formArchParserPatch = {
    parse(xmlDoc, models, modelName) {
        const hasActivities = Boolean(models[modelName]?.has_activities);
        return { ...super.parse(xmlDoc, models, modelName), has_activities: hasActivities };
    },
};

patch(FormArchParser.prototype, formArchParserPatch);
