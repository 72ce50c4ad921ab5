import { Component, useState, xml } from "@odoo/owl";
import { useAutofocus } from "@web/core/utils/hooks";

/** Words that stand for a picture. */
export class ImageTextPopover extends Component {
    static template = xml`
        <form class="p-2" t-on-submit.prevent="apply">
            <label class="form-label w-100">
                Description, for those who do not see the picture
                <input class="o_we_image_text form-control form-control-sm" type="text" maxlength="500"
                    t-ref="text" t-model="state.text"/>
            </label>
            <button type="submit" class="btn btn-sm btn-primary">Apply</button>
        </form>`;
    static props = { close: Function, text: String, onApply: Function };

    setup() {
        this.state = useState({ text: this.props.text });
        useAutofocus({ refName: "text" });
    }

    apply() {
        this.props.onApply(this.state.text.trim());
        this.props.close();
    }
}
