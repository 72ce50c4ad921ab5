import { registry } from "@web/core/registry";
import { ListArchParser } from "@web/views/list/list_arch_parser";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { recordsView } from "@web/views/records_view";

export const listView = {
    ...recordsView,
    type: "list",
    display_name: "List",
    icon: "oi oi-view-list",
    multiRecord: true,
    limit: 80,
    canOrderByCount: true,
    ArchParser: ListArchParser,
    Controller: ListController,
    Renderer: ListRenderer,
    buttonTemplate: "web.ListView.Buttons",
};

registry.category("views").add("list", listView);
