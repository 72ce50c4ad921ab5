import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const COLORS = ["red", "yellow", "green"];

/** Three lights, one of which is on. */
export class TrafficLightField extends Component {
    static template = "test_web_client.TrafficLightField";
    static props = { ...standardFieldProps };

    setup() {
        this.counter = useService("traffic_light_counter");
        this.colors = COLORS;
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    async turnOn(color) {
        this.counter.count++;
        await this.props.record.update({ [this.props.name]: color });
    }
}

registry.category("fields").add("traffic_light", {
    component: TrafficLightField,
    displayName: _t("Traffic light"),
    supportedTypes: ["char"],
});

/** Counts how often lights were changed. */
export const trafficLightCounter = {
    start: () => ({ count: 0 }),
};

registry.category("services").add("traffic_light_counter", trafficLightCounter);
