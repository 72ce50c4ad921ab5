import { registry } from "@web/core/registry";
import { KanbanArchParser } from "@web/views/kanban/kanban_arch_parser";
import { KanbanCompiler } from "@web/views/kanban/kanban_compiler";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { recordsView } from "@web/views/records_view";

export const kanbanView = {
    ...recordsView,
    type: "kanban",
    display_name: "Kanban",
    icon: "oi oi-view-kanban",
    multiRecord: true,
    ArchParser: KanbanArchParser,
    Compiler: KanbanCompiler,
    Controller: KanbanController,
    Renderer: KanbanRenderer,
    buttonTemplate: "web.KanbanView.Buttons",
    /** See `recordsView`; columns that the arch names are for where the user may choose others. */
    props(genericProps, view) {
        const props = recordsView.props(genericProps, view);
        const mayGroup = genericProps.searchMenuTypes.includes("groupBy");
        return { ...props, defaultGroupBy: mayGroup && props.archInfo.defaultGroupBy };
    },
};

registry.category("views").add("kanban", kanbanView);
