import { Component, xml } from "@odoo/owl";
import { Composer } from "@mail/core/common/composer";
import { LazyComponent } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** Where somebody speaks, which is loaded when they begin. */
export class LazyVoiceRecorder extends Component {
    static template = xml`<LazyComponent bundle="'mail.assets_voice'" Component="'mail.VoiceRecorder'" props="props"/>`;
    static components = { LazyComponent };
    static props = ["onDone"];
}

/** Messages are spoken, too. */
patch(Composer.prototype, {
    setup() {
        super.setup();
        this.state.isSpeaking = false;
    },

    /** Browsers let nobody listen on pages that somebody on the way could have changed. */
    get canSpeak() {
        const { mediaDevices } = browser.navigator;
        return this.allowUpload && !this.isEditing && Boolean(mediaDevices?.getUserMedia && window.MediaRecorder);
    },

    get extraActions() {
        const actions = super.extraActions;
        if (this.canSpeak && !this.state.isSpeaking) {
            const onClick = () => (this.state.isSpeaking = true);
            actions.push({ icon: "fa fa-microphone", id: "voice-message", onClick, title: _t("Speak").toString() });
        }
        return actions;
    },

    get extraPanel() {
        return this.state.isSpeaking
            ? { Component: LazyVoiceRecorder, props: { onDone: (file) => this.onSpoken(file) } }
            : super.extraPanel;
    },

    /** @param {File} [file] what was said; nothing where it was given up */
    onSpoken(file) {
        this.state.isSpeaking = false;
        return file && this.attachmentUploader.uploadFile(file, { voice: true });
    },
});
