/** List of tours, from which new ones are recorded. */

import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

export class TourListController extends ListController {
    setup() {
        super.setup();
        this.tours = useService("tour_service");
    }

    onClickRecord() {
        return this.tours.startTourRecorder();
    }
}

export const tourListView = {
    ...listView,
    Controller: TourListController,
    buttonTemplate: "web_tour.TourListButtons",
};

registry.category("views").add("tour_list", tourListView);
