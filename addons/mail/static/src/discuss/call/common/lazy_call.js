import { Component, xml } from "@odoo/owl";
import { ChatWindow } from "@mail/core/common/chat_window";
import { threadActionsRegistry } from "@mail/core/common/thread_actions";
import { LazyComponent } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";

/** The call of a conversation, which is loaded when there is one. */
export class LazyCall extends Component {
    static template = xml`<LazyComponent bundle="'mail.assets_call'" Component="'mail.Call'" props="props"/>`;
    static components = { LazyComponent };
    static props = ["thread"];
}

ChatWindow.components.LazyCall = LazyCall;

const rtcOf = ({ store }) => store.env.services["discuss.rtc"];
/** Browsers give microphones to pages only that nobody on the way could have changed. */
const canCall = (component) =>
    Boolean(component.thread?.allowCalls && window.RTCPeerConnection && navigator.mediaDevices) &&
    !component.thread.eq(rtcOf(component).channel);

threadActionsRegistry
    .add("call", {
        condition: canCall,
        icon: "fa fa-fw fa-phone",
        name: ({ thread }) => (thread.rtcSessions.length ? _t("Join the call") : _t("Call")),
        open: (component) => rtcOf(component).toggleCall(component.thread),
        sequence: 10,
        sequenceQuick: 30,
    })
    .add("camera-call", {
        condition: (component) => canCall(component) && !component.ui.isSmall,
        icon: "fa fa-fw fa-video-camera",
        name: _t("Call with the camera"),
        open: (component) => rtcOf(component).toggleCall(component.thread, { camera: true }),
        sequence: 5,
        sequenceQuick: ({ props }) => (props.chatWindow ? 25 : 35),
    });
