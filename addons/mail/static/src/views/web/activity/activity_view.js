import { ActivityArchParser } from "@mail/views/web/activity/activity_arch_parser";
import { ActivityController } from "@mail/views/web/activity/activity_controller";
import { ActivityModel } from "@mail/views/web/activity/activity_model";
import { ActivityRenderer } from "@mail/views/web/activity/activity_renderer";
import { registry } from "@web/core/registry";
import { LAZY_VIEWS_BUNDLE } from "@web/views/lazy_views";
import { recordsView } from "@web/views/records_view";

export const activityView = {
    ...recordsView,
    type: "activity",
    bundle: LAZY_VIEWS_BUNDLE,
    ArchParser: ActivityArchParser,
    Controller: ActivityController,
    Model: ActivityModel,
    Renderer: ActivityRenderer,
    searchMenuTypes: ["filter", "favorite"],
};

registry.category("views").add("activity", activityView);
