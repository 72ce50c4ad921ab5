import { Component, useState } from "@odoo/owl";
import { useCallActions } from "@mail/discuss/call/common/call_actions";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** In the bar of the page: the call of the user, wherever they are. */
export class CallMenu extends Component {
    static template = "discuss.CallMenu";
    static props = [];

    setup() {
        this.rtc = useState(useService("discuss.rtc"));
        this.callActions = useCallActions();
    }

    get icon() {
        const { isCameraOn, isDeaf, isScreenSharingOn, isSelfMuted } = this.rtc.selfSession;
        return isDeaf
            ? "fa-deaf"
            : isSelfMuted
              ? "fa-microphone-slash"
              : isScreenSharingOn
                ? "fa-desktop"
                : isCameraOn
                  ? "fa-video-camera"
                  : "fa-microphone";
    }
}

registry.category("systray").add("discuss.CallMenu", { Component: CallMenu }, { sequence: 100 });
