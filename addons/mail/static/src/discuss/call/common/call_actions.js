import { useService } from "@web/core/utils/hooks";
import { useComponent, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** What the user can do in a call, by name. */
export const callActionsRegistry = registry.category("discuss.call/actions");

const self = ({ rtc }) => rtc.selfSession;

callActionsRegistry
    .add("mute", {
        condition: (component) => Boolean(self(component)),
        name: (component) => (self(component).isSelfMuted ? _t("Unmute") : _t("Mute")),
        isActive: (component) => self(component).isSelfMuted,
        icon: "fa-microphone-slash",
        inactiveIcon: "fa-microphone",
        activeClass: "text-danger",
        select: ({ rtc }) => rtc.toggleMicrophone(),
        sequence: 10,
    })
    .add("deafen", {
        condition: (component) => Boolean(self(component)),
        name: (component) => (self(component).isDeaf ? _t("Hear the others") : _t("Hear nobody")),
        isActive: (component) => self(component).isDeaf,
        icon: "fa-deaf",
        inactiveIcon: "fa-headphones",
        activeClass: "text-danger",
        select: ({ rtc }) => rtc.toggleDeafen(),
        sequence: 20,
    })
    .add("camera-on", {
        condition: (component) => Boolean(self(component)),
        name: (component) => (self(component).isCameraOn ? _t("Stop the camera") : _t("Show yourself")),
        isActive: (component) => self(component).isCameraOn,
        icon: "fa-video-camera",
        activeClass: "text-success",
        select: ({ rtc }) => rtc.toggleVideo("camera"),
        sequence: 30,
    })
    .add("share-screen", {
        // telephones have nothing to share
        condition: (component) => Boolean(self(component) && browser.navigator.mediaDevices?.getDisplayMedia),
        name: (component) => (self(component).isScreenSharingOn ? _t("Stop sharing") : _t("Share the screen")),
        isActive: (component) => self(component).isScreenSharingOn,
        icon: "fa-desktop",
        activeClass: "text-success",
        select: ({ rtc }) => rtc.toggleVideo("screen"),
        sequence: 40,
    })
    .add("raise-hand", {
        condition: (component) => Boolean(self(component)),
        name: (component) => (self(component).raisingHand ? _t("Lower the hand") : _t("Raise the hand")),
        isActive: (component) => self(component).raisingHand,
        icon: "fa-hand-paper-o",
        activeClass: "text-warning",
        select: ({ rtc }) => rtc.raiseHand(),
        sequence: 50,
    })
    .add("fullscreen", {
        condition: (component) => Boolean(component.toggleFullscreen),
        name: (component) => (component.state.isFullscreen ? _t("Leave full screen") : _t("Full screen")),
        isActive: (component) => component.state.isFullscreen,
        icon: "fa-compress",
        inactiveIcon: "fa-arrows-alt",
        select: (component) => component.toggleFullscreen(),
        sequence: 70,
    });

/** What can be done in the call now, for a component that has `rtc`. @returns {{actions: Object[]}} in their order */
export function useCallActions() {
    const component = useComponent();
    component.rtc ??= useState(useService("discuss.rtc"));
    return {
        get actions() {
            return callActionsRegistry
                .getEntries()
                .filter(([, entry]) => entry.condition(component))
                .sort(([, one], [, other]) => one.sequence - other.sequence)
                .map(([id, entry]) => {
                    const isActive = Boolean(entry.isActive(component));
                    return {
                        activeClass: isActive ? entry.activeClass || "" : "",
                        icon: isActive ? entry.icon : entry.inactiveIcon || entry.icon,
                        id,
                        isActive,
                        name: String(typeof entry.name === "function" ? entry.name(component) : entry.name),
                        select: () => entry.select(component),
                    };
                });
        },
    };
}
