import { Component, xml } from "@odoo/owl";
import { AttachmentList } from "@mail/core/common/attachment_list";
import { LazyComponent } from "@web/core/assets";
import { patch } from "@web/core/utils/patch";

/** What is said in a message; the player is loaded with the first of them. */
export class LazyVoicePlayer extends Component {
    static template = xml`<LazyComponent bundle="'mail.assets_voice'" Component="'mail.VoicePlayer'" props="props"/>`;
    static components = { LazyComponent };
    static props = ["attachment"];
}

AttachmentList.components.LazyVoicePlayer = LazyVoicePlayer;

/** Voices are heard where they stand. */
patch(AttachmentList.prototype, {
    get voices() {
        return this.props.attachments.filter((file) => file.voice && !file.uploading);
    },

    get images() {
        return super.images.filter((file) => !this.voices.includes(file));
    },

    get cards() {
        return super.cards.filter((file) => !this.voices.includes(file));
    },
});
