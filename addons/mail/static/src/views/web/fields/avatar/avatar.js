import { Component } from "@odoo/owl";
import { imageUrl } from "@web/core/utils/urls";

/** Picture of a record, its name beside it where there is room. */
export class Avatar extends Component {
    static template = "mail.Avatar";
    static props = {
        resModel: String,
        resId: { type: [Number, Boolean] },
        displayName: { type: [String, Boolean], optional: true },
        noSpacing: { type: Boolean, optional: true },
        canOpenPopover: { type: Boolean, optional: true },
        onClick: { type: Function, optional: true },
    };
    static defaultProps = { displayName: "", noSpacing: false, canOpenPopover: false };

    get source() {
        return imageUrl(this.props.resModel, this.props.resId, "avatar_128");
    }
}
