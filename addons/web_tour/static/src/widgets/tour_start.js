/** Buttons that lead somebody through a tour, or try it. */

import { Component, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

export class TourStartWidget extends Component {
    static template = xml`
        <div class="o_tour_start d-inline-flex gap-1" t-if="props.record.resId">
            <button type="button" class="btn btn-secondary btn-sm" title="Start" t-on-click.stop="onClickStart">
                <i class="fa fa-play me-md-1"/><span class="d-none d-md-inline">Start</span>
            </button>
            <button type="button" class="btn btn-secondary btn-sm" title="Test" t-on-click.stop="onClickTest">
                <i class="fa fa-cogs me-md-1"/><span class="d-none d-md-inline">Test</span>
            </button>
        </div>`;
    static props = { ...standardWidgetProps };

    setup() {
        this.tours = useService("tour_service");
    }

    /** @param {Object} options how the tour is done */
    async start(options) {
        const { record } = this.props;
        if (await record.save()) {
            const { name, url } = record.data;
            await this.tours.startTour(name, { ...options, url, fromDB: true });
        }
    }

    onClickStart() {
        return this.start({ mode: "manual" });
    }

    onClickTest() {
        return this.start({ mode: "auto", stepDelay: 500, showPointerDuration: 250 });
    }
}

export const tourStartWidget = { component: TourStartWidget };

registry.category("view_widgets").add("tour_start_widget", tourStartWidget);
