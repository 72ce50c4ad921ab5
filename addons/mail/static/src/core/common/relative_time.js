import { Component, onWillDestroy, onWillUpdateProps, useState, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long ago something was, as long as it is shown. */
export class RelativeTime extends Component {
    static template = xml`<t t-out="state.text"/>`;
    static props = ["datetime"];

    setup() {
        this.state = useState({ text: "" });
        this.tell(this.props.datetime);
        onWillUpdateProps(({ datetime }) => this.tell(datetime));
        onWillDestroy(() => browser.clearTimeout(this.timer));
    }

    /** Say it now, and again when it is not right any more. */
    tell(datetime) {
        browser.clearTimeout(this.timer);
        const age = Date.now() - datetime.ts;
        this.state.text = (age < MINUTE ? _t("now") : datetime.toRelative()).toString();
        if (age < HOUR) {
            this.timer = browser.setTimeout(() => this.tell(datetime), MINUTE);
        } else if (age < 24 * HOUR) {
            this.timer = browser.setTimeout(() => this.tell(datetime), HOUR);
        }
    }
}
