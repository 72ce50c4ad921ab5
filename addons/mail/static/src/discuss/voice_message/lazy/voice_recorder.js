import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { closeStream } from "@mail/utils/common/misc";
import { timeOf } from "@mail/discuss/voice_message/lazy/voice_time";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** Seconds after which a message has been long enough. */
const LONGEST = 10 * 60;
/** What browsers record, the best for others first, with the ending of such files. */
const FORMATS = { "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg" };
const BITS_PER_SECOND = 32_000;

/** Records what somebody says, until they are done. */
export class VoiceRecorder extends Component {
    static template = "mail.VoiceRecorder";
    static props = ["onDone"];

    setup() {
        this.notification = useService("notification");
        this.state = useState({ isRecording: false, seconds: 0 });
        /** @type {Blob[]} */
        this.parts = [];
        onMounted(() => this.start());
        onWillUnmount(() => this.release());
    }

    get time() {
        return timeOf(this.state.seconds);
    }

    async start() {
        try {
            this.stream = await browser.navigator.mediaDevices.getUserMedia({ audio: true });
        } catch {
            const message = _t("The browser does not let this page hear you: allow it the microphone.");
            this.notification.add(message, { type: "warning" });
            this.props.onDone();
            return;
        }
        if (this.isReleased) {
            closeStream(this.stream);
            return;
        }
        const mimeType = Object.keys(FORMATS).find((type) => window.MediaRecorder.isTypeSupported(type));
        this.recorder = new window.MediaRecorder(this.stream, { audioBitsPerSecond: BITS_PER_SECOND, mimeType });
        this.recorder.addEventListener("dataavailable", ({ data }) => this.parts.push(data));
        this.recorder.addEventListener("stop", () => this.onStop());
        this.recorder.start();
        this.state.isRecording = true;
        this.timer = browser.setInterval(() => this.count(), 1000);
    }

    count() {
        this.state.seconds++;
        if (this.state.seconds >= LONGEST) {
            this.finish();
        }
    }

    /** Put what was said into the message. */
    finish() {
        this.isWanted = true;
        this.recorder.stop();
    }

    /** Nothing is kept of it. */
    discard() {
        this.release();
        this.props.onDone();
    }

    onStop() {
        if (!this.isWanted) {
            return;
        }
        const type = (this.recorder.mimeType || "audio/webm").split(";")[0];
        const moment = luxon.DateTime.now().toFormat("yyyy-MM-dd-HH-mm-ss");
        const name = `voice-${moment}.${FORMATS[type] || "webm"}`;
        this.release();
        this.props.onDone(new File(this.parts, name, { type }));
    }

    /** The microphone is free again. */
    release() {
        this.isReleased = true;
        browser.clearInterval(this.timer);
        if (this.recorder?.state === "recording") {
            this.recorder.stop();
        }
        closeStream(this.stream);
    }
}

registry.category("lazy_components").add("mail.VoiceRecorder", VoiceRecorder);
