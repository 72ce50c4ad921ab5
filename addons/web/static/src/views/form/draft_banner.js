import { Component } from "@odoo/owl";
import { DateTime } from "luxon";
import { formatDateTime } from "@web/core/l10n/dates";

/** Offers what was changed in a form and never saved. */
export class DraftBanner extends Component {
    static template = "web.DraftBanner";
    static props = { drafts: Object };

    get when() {
        return formatDateTime(DateTime.fromMillis(this.props.drafts.found.at));
    }
}
