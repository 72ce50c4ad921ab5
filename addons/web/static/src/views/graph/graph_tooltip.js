import { Component, useState } from "@odoo/owl";

/** Box beside what the mouse is over in a chart. */
export class GraphTooltip extends Component {
    static template = "web.GraphRenderer.CustomTooltip";
    static props = { state: Object };

    setup() {
        this.state = useState(this.props.state);
    }
}

/** What a screen reader says of the place in a chart that keys went to. */
export class ChartVoice extends GraphTooltip {
    static template = "web.GraphRenderer.Voice";
}
