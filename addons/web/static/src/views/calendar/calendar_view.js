import { registry } from "@web/core/registry";
import { pick } from "@web/core/utils/objects";
import { CalendarArchParser } from "@web/views/calendar/calendar_arch_parser";
import { CalendarController } from "@web/views/calendar/calendar_controller";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { CalendarRenderer } from "@web/views/calendar/calendar_renderer";
import { LAZY_VIEWS_BUNDLE } from "@web/views/lazy_views";

export const calendarView = {
    type: "calendar",
    bundle: LAZY_VIEWS_BUNDLE,
    searchMenuTypes: ["filter", "favorite"],
    ArchParser: CalendarArchParser,
    Controller: CalendarController,
    Model: CalendarModel,
    Renderer: CalendarRenderer,
    buttonTemplate: "web.CalendarController.controlButtons",

    /** Props of the controller. */
    props(genericProps, view) {
        const { arch, relatedModels, resModel } = genericProps;
        const archInfo = new view.ArchParser().parse(arch, relatedModels, resModel);
        return { ...genericProps, ...pick(view, "Model", "Renderer", "buttonTemplate"), archInfo };
    },
};

registry.category("views").add("calendar", calendarView);
