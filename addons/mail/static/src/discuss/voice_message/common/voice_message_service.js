import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";

/** One voice is heard at a time. */
export class VoiceMessageService {
    /** @type {{pause: () => void}|null} what is heard now */
    activePlayer = null;

    /** @param {{pause: () => void}} player that begins */
    play(player) {
        if (this.activePlayer !== player) {
            this.activePlayer?.pause();
        }
        this.activePlayer = player;
    }
}

export const voiceMessageService = {
    start: () => reactive(new VoiceMessageService()),
};

registry.category("services").add("discuss.voice_message", voiceMessageService);
