import { Component, onWillStart, useState } from "@odoo/owl";
import { threadActionsRegistry } from "@mail/core/common/thread_actions";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** What browsers call devices, and what is opened by them. */
const KINDS = { audioinput: "audio", videoinput: "camera" };

/** By which of their devices the user is heard and seen. */
export class CallSettings extends Component {
    static template = "discuss.CallSettings";
    static props = ["thread?", "*"];

    setup() {
        this.rtc = useState(useService("discuss.rtc"));
        this.state = useState({ devices: [] });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.devices = (await browser.navigator.mediaDevices?.enumerateDevices()) || [];
    }

    /** Devices by kind; browsers name them to pages only that were allowed one. */
    get choices() {
        const titles = { audioinput: _t("Microphone"), videoinput: _t("Camera") };
        return Object.entries(KINDS).map(([browserKind, kind]) => ({
            chosen: this.rtc.devices[kind] || "",
            devices: this.state.devices
                .filter((device) => device.kind === browserKind && device.label)
                .map(({ deviceId, label }) => ({ id: deviceId, label })),
            kind,
            title: titles[browserKind].toString(),
        }));
    }

    choose(kind, ev) {
        return this.rtc.setDevice(kind, ev.target.value);
    }
}

threadActionsRegistry.add("settings", {
    component: CallSettings,
    condition: ({ store, thread }) => Boolean(thread?.eq(store.env.services["discuss.rtc"].channel)),
    icon: "fa fa-fw fa-gear",
    name: _t("Call Settings"),
    sequence: 20,
    sequenceGroup: 30,
    toggle: true,
});
