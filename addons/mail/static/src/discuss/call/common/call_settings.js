import { Component, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { threadActionsRegistry } from "@mail/core/common/thread_actions";
import { loadBundle } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** What browsers call devices, and what is opened by them. */
const KINDS = { audioinput: "audio", videoinput: "camera" };

/** By which of their devices the user is heard and seen. */
export class CallSettings extends Component {
    static template = "discuss.CallSettings";
    static props = ["thread?", "*"];

    setup() {
        this.rtc = useState(useService("discuss.rtc"));
        this.store = useState(useService("mail.store"));
        this.state = useState({ devices: [], isWaitingForKey: false });
        onWillStart(() => Promise.all([this.load(), loadBundle("mail.assets_call")]));
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev), { capture: true });
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

    /** The key that opens the microphone, as people call it. */
    get talkKey() {
        return registry.category("discuss.call").get("shownKey")(this.store.settings.push_to_talk_key);
    }

    /** The next key that is pressed opens the microphone; Escape leaves it as it was. */
    onKeydown(ev) {
        if (!this.state.isWaitingForKey || ["Alt", "Control", "Meta", "Shift"].includes(ev.key)) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        this.state.isWaitingForKey = false;
        if (ev.key !== "Escape") {
            this.set("push_to_talk_key", registry.category("discuss.call").get("keptKey")(ev));
        }
    }

    async togglePushToTalk(ev) {
        const saving = this.set("use_push_to_talk", ev.target.checked);
        this.rtc.updateMicrophone();
        await saving;
    }

    /** @param {Event} ev of the input for how long the microphone stays open, in milliseconds */
    setDuration(ev) {
        return this.set("voice_active_duration", Number(ev.target.value));
    }

    /** Have a setting be different from now on, here and on the server. */
    set(name, value) {
        this.store.settings[name] = value;
        return this.store.settings.save(name, value);
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
