import { Component, onWillUnmount, useState } from "@odoo/owl";
import { timeOf } from "@mail/discuss/voice_message/lazy/voice_time";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { url } from "@web/core/utils/urls";

/** Further than any record goes: browsers find its end when they are sent there. */
const BEYOND = 1e6;

/** Plays what was said in a message, which is fetched when somebody wants to hear it. */
export class VoicePlayer extends Component {
    static template = "mail.VoicePlayer";
    static props = ["attachment"];

    setup() {
        this.voices = useService("discuss.voice_message");
        this.state = useState({ duration: 0, error: "", isLoading: false, isPlaying: false, position: 0 });
        onWillUnmount(() => {
            this.pause();
            if (this.source) {
                browser.URL.revokeObjectURL(this.source);
            }
        });
    }

    get time() {
        const { duration, position } = this.state;
        return this.audio ? `${timeOf(position)} / ${timeOf(duration)}` : _t("Voice message").toString();
    }

    get label() {
        return (this.state.isPlaying ? _t("Pause") : _t("Listen")).toString();
    }

    async toggle() {
        if (this.state.isPlaying) {
            return this.pause();
        }
        Object.assign(this.state, { error: "", isLoading: true });
        try {
            this.audio ??= await this.load();
            this.voices.play(this);
            await this.audio.play();
        } catch {
            this.state.error = _t("This cannot be heard here.").toString();
        } finally {
            this.state.isLoading = false;
        }
    }

    pause() {
        this.audio?.pause();
    }

    /** What browsers record does not say how long it is: its end is looked for. */
    async load() {
        const { attachment } = this.props;
        const answer = await browser.fetch(url(attachment.urlRoute, attachment.urlQueryParams));
        if (!answer.ok) {
            throw new Error(`the voice is not there: ${answer.status}`);
        }
        this.source = browser.URL.createObjectURL(await answer.blob());
        const audio = new browser.Audio(this.source);
        await once(audio, "loadedmetadata");
        if (!Number.isFinite(audio.duration)) {
            audio.currentTime = BEYOND;
            await once(audio, "durationchange");
            audio.currentTime = 0;
        }
        this.state.duration = audio.duration;
        const follow = {
            ended: () => Object.assign(this.state, { isPlaying: false, position: 0 }),
            pause: () => (this.state.isPlaying = false),
            play: () => (this.state.isPlaying = true),
            timeupdate: () => (this.state.position = audio.currentTime),
        };
        Object.entries(follow).forEach(([event, listener]) => audio.addEventListener(event, listener));
        return audio;
    }

    onSeek(ev) {
        this.audio.currentTime = Number(ev.target.value);
    }
}

/** The next event of a kind; an error ends the waiting. */
function once(audio, name) {
    return new Promise((resolve, reject) => {
        audio.addEventListener(name, resolve, { once: true });
        audio.addEventListener("error", () => reject(audio.error), { once: true });
    });
}

registry.category("lazy_components").add("mail.VoicePlayer", VoicePlayer);
