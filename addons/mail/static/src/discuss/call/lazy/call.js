import { Component, onWillUnmount, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { useCallActions } from "@mail/discuss/call/common/call_actions";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** One picture of a call: somebody, or their screen. */
export class CallParticipantCard extends Component {
    static template = "discuss.CallParticipantCard";
    static props = ["session", "kind", "stream?", "isMain?", "onClick"];

    setup() {
        this.video = useRef("video");
        useEffect(
            (video, stream) => {
                if (video) {
                    // sound is played elsewhere, whether or not the call is looked at
                    Object.assign(video, { muted: true, srcObject: stream || null });
                }
            },
            () => [this.video.el, this.props.stream]
        );
    }

    /** Whoever cannot be reached yet, or not any more, by those who are in the call. */
    get isWaiting() {
        const { session } = this.props;
        const isInCall = Boolean(session.channel?.eq(session.store.rtc?.channel));
        return isInCall && !session.isSelf && session.connectionState !== "connected";
    }
}

/** The call of a conversation, above its messages. */
export class Call extends Component {
    static template = "discuss.Call";
    static components = { CallParticipantCard };
    static props = ["thread"];

    setup() {
        this.rtc = useState(useService("discuss.rtc"));
        this.store = useState(useService("mail.store"));
        this.root = useRef("root");
        /** @type {any} */
        this.state = useState({ isFullscreen: false, main: "" });
        this.callActions = useCallActions();
        useExternalListener(document, "fullscreenchange", () => {
            this.state.isFullscreen = Boolean(this.root.el && document.fullscreenElement === this.root.el);
        });
        onWillUnmount(() => this.state.isFullscreen && document.exitFullscreen());
    }

    get joinLabel() {
        return (this.isOwn ? _t("Leave the call") : _t("Join the call")).toString();
    }

    get isOwn() {
        return Boolean(this.props.thread.eq(this.rtc.channel));
    }

    /** Everybody, and the screens that are shared; one that was chosen stands alone above the others. */
    get cards() {
        const cards = [];
        for (const session of this.props.thread.rtcSessions) {
            const streams = (this.isOwn && this.rtc.streams[session.id]) || {};
            if (session.isScreenSharingOn && streams.screen) {
                cards.push({ key: `${session.id} screen`, kind: "screen", session, stream: streams.screen });
            }
            const camera = session.isCameraOn ? streams.camera : undefined;
            cards.push({ key: `${session.id}`, kind: "camera", session, stream: camera });
        }
        return cards;
    }

    get mainCard() {
        const { cards } = this;
        return cards.find(({ key }) => key === this.state.main) || cards.find(({ kind }) => kind === "screen");
    }

    get otherCards() {
        const { cards, mainCard } = this;
        return mainCard ? cards.filter(({ key }) => key !== mainCard.key) : cards;
    }

    choose({ key }) {
        this.state.main = this.state.main === key ? "" : key;
    }

    async toggleFullscreen() {
        await (this.state.isFullscreen ? document.exitFullscreen() : this.root.el.requestFullscreen());
    }
}

registry.category("lazy_components").add("mail.Call", Call);
