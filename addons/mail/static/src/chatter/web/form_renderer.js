import { onWillUnmount, useEffect, useState } from "@odoo/owl";
import { LaterAttachmentView, LaterChatter } from "@mail/core/web/later/later";
import { router } from "@web/core/browser/router";
import { SIZES } from "@web/core/ui/ui_service";
import { useBus } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { FormRenderer } from "@web/views/form/form_renderer";

/** Layouts in which the chatter stands beside the sheet. */
const ASIDE = ["SIDE_CHATTER", "EXTERNAL_COMBO_XXL"];

/** Where the messages and the file of a document stand on its form. */
const formRendererPatch = {
    setup() {
        super.setup();
        this.mailComponents = { AttachmentView: LaterAttachmentView, Chatter: LaterChatter };
        this.mailStore = this.env.services["mail.store"] && useState(this.env.services["mail.store"]);
        this.mailPopoutService = this.env.services["mail.popout"];
        this.highlightMessageId = Number(router.current.highlight_message_id) || undefined;
        if (this.mailPopoutService && this.props.archInfo.xmlDoc?.querySelector(".o_attachment_preview")) {
            this.setupPopout();
        }
    },

    /** The window with the file of the document follows the form, and goes with it. */
    setupPopout() {
        useBus(this.mailPopoutService.bus, "CHANGED", () => this.render());
        useEffect(
            (threadId, threadModel) => {
                if (this.hasFile()) {
                    this.mailPopoutService.update({ threadId, threadModel });
                }
            },
            () => [this.props.record.resId, this.props.record.resModel, this.hasFile()]
        );
        onWillUnmount(() => this.mailPopoutService.reset());
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

    /**
     * @param {boolean} [hasAttachmentContainer] whether the form has a place for a file
     * @returns {string} how form, chatter and file share the page
     */
    mailLayout(hasAttachmentContainer) {
        if (!this.hasChatter) {
            return "NONE";
        }
        const isWide = this.uiService.size >= SIZES.XXL;
        if (hasAttachmentContainer && this.hasFile()) {
            if (this.mailPopoutService?.externalWindow) {
                return isWide ? "EXTERNAL_COMBO_XXL" : "EXTERNAL_COMBO";
            }
            if (isWide) {
                return "COMBO";
            }
        }
        return isWide ? "SIDE_CHATTER" : "BOTTOM_CHATTER";
    },

    /** Whether a chatter stands beside the sheet; in the sheet it stays there, and leaves its place to a file. */
    isChatterAside(isInSheet, hasAttachmentContainer = false) {
        return !isInSheet && ASIDE.includes(this.mailLayout(hasAttachmentContainer));
    },

    /** Store the form for somebody who acts on the document. */
    saveForChatter() {
        return this.props.saveRecord ? this.props.saveRecord() : this.props.record.save();
    },
};

patch(FormRenderer.prototype, formRendererPatch);
