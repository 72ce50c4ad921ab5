import { Component, xml } from "@odoo/owl";
import { Composer } from "@mail/core/common/composer";
import { LazyComponent } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { patch } from "@web/core/utils/patch";

/** The choice of moving pictures, which is loaded when somebody wants to see it. */
export class LazyGifPicker extends Component {
    static template = xml`<LazyComponent bundle="'mail.assets_gif_picker'" Component="'mail.GifPicker'" props="props"/>`;
    static components = { LazyComponent };
    static props = ["onSelect", "close?"];
}

/** Moving pictures are sent at once, as what a service knows them by. */
patch(Composer.prototype, {
    setup() {
        super.setup();
        this.gifPicker = usePopover(LazyGifPicker, { popoverClass: "o-mail-GifPicker-popover", position: "top-end" });
    },

    get hasGifPicker() {
        return this.store.hasGifPickerFeature && this.store.self.type === "partner" && !this.isEditing;
    },

    get extraActions() {
        const actions = super.extraActions;
        if (this.hasGifPicker) {
            const onClick = (ev) => this.gifPicker.open(ev.currentTarget, { onSelect: (url) => this.sendGif(url) });
            actions.push({
                icon: "fa fa-film",
                id: "gif-picker",
                onClick,
                title: _t("Add a moving picture").toString(),
            });
        }
        return actions;
    },

    /** @param {string} url of the picture */
    async sendGif(url) {
        const { isNote, parentId } = this.postData;
        await this._sendMessage(url, { isNote, parentId }, this.extraData);
        this.props.onPostCallback?.();
    },
});
