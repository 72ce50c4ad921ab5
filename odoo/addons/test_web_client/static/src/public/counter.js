import { Component, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import publicWidget from "@web/legacy/js/public/public_widget";

/** Counts clicks. */
publicWidget.registry.TestCounter = publicWidget.Widget.extend({
    selector: ".o_test_counter",
    events: { "click .o_more": "_onMore" },

    init() {
        this._super(...arguments);
        this.notification = this.bindService("notification");
    },

    async start() {
        await this._super(...arguments);
        this.count = this.$el.data("start");
        this._show();
    },

    destroy() {
        this.$(".o_count").text("gone");
        this._super(...arguments);
    },

    _show() {
        this.$(".o_count").text(this.count);
    },

    _onMore() {
        this.count += 1;
        this._show();
        this.notification.add(`Now ${this.count}`);
        this.trigger_up("counted", { count: this.count });
    },
});

// another addon changes the widget
publicWidget.registry.TestCounter.include({
    _show() {
        this._super();
        this.el.dataset.shown = this.count;
    },
});

class Greeting extends Component {
    static template = xml`<p class="o_greeting">Hello <t t-esc="props.name"/></p>`;
    static props = { name: String };
}
registry.category("public_components").add("test_web_client.greeting", Greeting);
