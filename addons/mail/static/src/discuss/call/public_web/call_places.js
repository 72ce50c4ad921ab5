import { Component, useState, xml } from "@odoo/owl";
import { Discuss } from "@mail/core/public_web/discuss";
import { LazyCall } from "@mail/discuss/call/common/lazy_call";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

Discuss.components.LazyCall = LazyCall;

/** Beside the name of a conversation: people are in a call there. */
export class DiscussSidebarCallIndicator extends Component {
    static template = xml`
        <i t-if="props.thread.rtcSessions.length" class="fa fa-volume-up px-1" t-att-class="{ 'text-danger': isOwn }"
            title="Ongoing call" role="img" aria-label="Ongoing call"/>`;
    static props = ["thread"];

    setup() {
        this.rtc = useState(useService("discuss.rtc"));
    }

    get isOwn() {
        return Boolean(this.props.thread.eq(this.rtc.channel));
    }
}

registry.category("mail.discuss_sidebar_channel_indicators").add("call-indicator", DiscussSidebarCallIndicator);
