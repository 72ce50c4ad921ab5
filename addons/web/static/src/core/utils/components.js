import { Component, onError, xml } from "@odoo/owl";

/** Renders its slot, or nothing once something below failed; tells `onError`. */
export class ErrorHandler extends Component {
    static template = xml`<t t-slot="default"/>`;
    static props = ["onError", "slots"];

    setup() {
        onError((error) => this.props.onError(error));
    }
}
