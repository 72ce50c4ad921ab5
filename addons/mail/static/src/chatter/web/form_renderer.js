import { useState } from "@odoo/owl";
import { LaterChatter } from "@mail/core/web/later/later";
import { router } from "@web/core/browser/router";
import { SIZES } from "@web/core/ui/ui_service";
import { patch } from "@web/core/utils/patch";
import { FormRenderer } from "@web/views/form/form_renderer";

/** Where the messages of a document stand on its form. */
const formRendererPatch = {
    setup() {
        super.setup();
        this.mailComponents = { Chatter: LaterChatter };
        this.mailStore = this.env.services["mail.store"] && useState(this.env.services["mail.store"]);
        this.highlightMessageId = Number(router.current.highlight_message_id) || undefined;
    },

    get hasChatter() {
        return Boolean(this.mailStore) && !this.env.inDialog;
    },

    /** Whether the document has a file that could stand beside it. */
    hasFile() {
        const { resId: id, resModel: model } = this.props.record;
        const thread = id && this.mailStore?.Thread.get({ id, model });
        return Boolean(thread?.attachmentsInWebClientView.length);
    },

    /** @param {boolean} [_hasAttachmentContainer] @returns {string} how form and chatter share the page */
    mailLayout(_hasAttachmentContainer) {
        if (!this.hasChatter) {
            return "NONE";
        }
        return this.uiService.size >= SIZES.XXL ? "SIDE_CHATTER" : "BOTTOM_CHATTER";
    },

    /** Whether a chatter stands beside the sheet; in the sheet it stays there. */
    isChatterAside(isInSheet) {
        return !isInSheet && this.mailLayout(false) === "SIDE_CHATTER";
    },

    /** Store the form for somebody who acts on the document. */
    saveForChatter() {
        return this.props.saveRecord ? this.props.saveRecord() : this.props.record.save();
    },
};

patch(FormRenderer.prototype, formRendererPatch);
