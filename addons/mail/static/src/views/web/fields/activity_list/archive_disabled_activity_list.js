import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** Activities are done or called off; that archives some of them, and nothing else does. */
export class ArchiveDisabledActivityListController extends ListController {
    getStaticActionMenuItems() {
        const { archive, unarchive, ...others } = super.getStaticActionMenuItems();
        return others;
    }
}

registry.category("views").add("archive_disabled_activity_list", {
    ...listView,
    Controller: ArchiveDisabledActivityListController,
});
