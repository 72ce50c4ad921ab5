import { Component, onMounted, onWillUnmount, toRaw, useEffect, useRef, useState } from "@odoo/owl";
import { AttachmentList } from "@mail/core/common/attachment_list";
import { useAttachmentUploader } from "@mail/core/common/attachment_uploader_hook";
import { optionsOf } from "@mail/core/common/composer_options";
import { forgetDraft, readDraft, writeDraft } from "@mail/core/common/composer_drafts";
import { MessageConfirmDialog } from "@mail/core/common/message_confirm_dialog";
import { NavigableList } from "@mail/core/common/navigable_list";
import { useSuggestion } from "@mail/core/common/suggestion_hook";
import { prettifyMessageContent } from "@mail/utils/common/format";
import { useSelection } from "@mail/utils/common/hooks";
import { isDragSourceExternalFile } from "@mail/utils/common/misc";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { useEmojiPicker } from "@web/core/emoji_picker/emoji_picker";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";

/** When a page may be gone for good. */
const browserEvents = ["pagehide", "beforeunload"];

/** Where a message is written, or its text is changed. */
export class Composer extends Component {
    static template = "mail.Composer";
    static components = { AttachmentList, NavigableList };
    static defaultProps = {
        mode: "normal",
        className: "",
        sidebar: true,
        showFullComposer: true,
        allowUpload: true,
    };
    static props = [
        "composer",
        "autofocus?",
        "messageToReplyTo?",
        "onDiscardCallback?",
        "onPostCallback?",
        "onCloseFullComposerCallback?",
        "mode?",
        "placeholder?",
        "dropzoneRef?",
        "messageEdition?",
        "className?",
        "sidebar?",
        "type?",
        "showFullComposer?",
        "allowUpload?",
    ];

    setup() {
        const { thread = this.props.composer.message?.thread } = this;
        for (const name of ["dialog", "notification"]) {
            this[name] = useService(name);
        }
        this.ui = useState(useService("ui"));
        this.store = useState(useService("mail.store"));
        this.attachmentUploader = useAttachmentUploader(thread, {
            composer: this.props.composer,
        });
        this.state = useState({ active: true, isFullComposerOpen: false });
        this.root = useRef("root");
        this.ref = useRef("textarea");
        this.fakeTextarea = useRef("fakeTextarea");
        this.picker = useRef("emojiButton");
        this.fileInput = useRef("fileInput");
        this.selection = useSelection({
            refName: "textarea",
            model: this.props.composer.selection,
            preserveOnClickAwayPredicate: () => Boolean(this.emojiPicker.isOpen),
        });
        this.suggestion = this.store.self.type === "partner" ? useSuggestion() : undefined;
        this.emojiPicker = useEmojiPicker(null, { onSelect: (emoji) => this.addEmoji(emoji) }, { position: "top-end" });
        if (this.props.dropzoneRef) {
            useDropzone(
                this.props.dropzoneRef,
                (ev) => this.onDropFile(ev),
                "o-mail-Composer-dropzone",
                () => this.allowUpload
            );
        }
        if (this.props.messageEdition) {
            this.props.messageEdition.composerOfThread = this;
        }
        this.setupInput();
        this.setupDraft();
    }

    /** The area grows with its text, and takes focus and caret from the model. */
    setupInput() {
        const input = this.ref;
        const grow = () => {
            if (input.el) {
                input.el.style.height = "auto";
                input.el.style.height = `${input.el.scrollHeight}px`;
            }
        };
        const takeFocus = (isWanted) => {
            if (isWanted && input.el) {
                this.selection.restore();
                input.el.focus();
            }
        };
        const moveCaret = (isWanted) => {
            if (isWanted) {
                this.props.composer.forceCursorMove = false;
                this.selection.restore();
            }
        };
        useEffect(grow, () => [input.el, this.props.composer.text]);
        useEffect(takeFocus, () => [Number(this.props.autofocus || 0) + this.props.composer.autofocus]);
        useEffect(moveCaret, () => [this.props.composer.forceCursorMove]);
    }

    /** What was written is there again when the page comes back. */
    setupDraft() {
        const onHide = () => this.saveContent();
        onMounted(() => {
            browserEvents.forEach((name) => window.addEventListener(name, onHide));
            if (!this.props.composer.text) {
                this.restoreContent();
            }
        });
        onWillUnmount(() => {
            browserEvents.forEach((name) => window.removeEventListener(name, onHide));
            this.saveContent();
            this.props.composer.isFocused = false;
        });
    }

    // ------------------------------------------------------------------ what it is about

    get thread() {
        return this.props.messageToReplyTo?.message?.thread ?? this.props.composer.thread;
    }

    get message() {
        return this.props.composer.message;
    }

    get isEditing() {
        return Boolean(this.message);
    }

    get extended() {
        return this.props.mode === "extended";
    }

    get placeholder() {
        if (this.props.placeholder) {
            return this.props.placeholder;
        }
        const { thread } = this;
        if (this.isEditing) {
            return "";
        }
        if (thread && thread.model !== "discuss.channel" && this.props.type) {
            return (
                this.props.type === "message" ? _t("Write to the followers…") : _t("Write a note for your colleagues…")
            ).toString();
        }
        return _t(
            "Message %s…",
            `${thread?.channel_type === "channel" ? "#" : ""}${thread?.displayName || ""}`
        ).toString();
    }

    get SEND_TEXT() {
        if (this.isEditing) {
            return _t("Save").toString();
        }
        return (this.props.type === "note" ? _t("Log") : _t("Send")).toString();
    }

    /** Keys that send, by the mode. @returns {string[]} */
    get sendKeybinds() {
        return this.extended ? ["ctrl-enter", "meta-enter"] : ["enter"];
    }

    get showComposerAvatar() {
        return this.props.sidebar && !this.isEditing && !this.ui.isSmall;
    }

    get allowUpload() {
        return this.props.allowUpload;
    }

    get hasSendButtonNonEditing() {
        return !this.isEditing;
    }

    get hasFullComposer() {
        return this.props.showFullComposer && Boolean(this.props.type) && !this.isEditing;
    }

    /** What else may be put into a message; modules add to it. @returns {Object[]} with icon, id, onClick and title */
    get extraActions() {
        return [];
    }

    /** What stands below the text for a while; modules say what. @returns {{Component: Function, props: Object}|undefined} */
    get extraPanel() {
        return undefined;
    }

    get isSendButtonDisabled() {
        const { attachments, text } = this.props.composer;
        const isUploading = attachments.some(({ uploading }) => uploading);
        const hasContent =
            Boolean(text.trim()) ||
            attachments.length > 0 ||
            (this.isEditing && this.message.attachment_ids.length > 0);
        return !this.state.active || isUploading || (!hasContent && !this.isEditing);
    }

    get hasSuggestions() {
        return (
            Boolean(this.suggestion?.state.items) ||
            Boolean(this.suggestion?.state.isFetching && this.suggestion.search.delimiter)
        );
    }

    get navigableListProps() {
        const { isFetching, items } = this.suggestion.state;
        return {
            anchorRef: this.ref.el,
            isLoading: isFetching,
            onSelect: (ev, option) => {
                this.suggestion.insert(option);
                this.ref.el?.focus();
            },
            options: optionsOf(items),
            placeholder: _t("Looking…").toString(),
            position: this.env.inChatter ? "bottom" : "top",
        };
    }

    /** What goes with the message. */
    get postData() {
        const { composer } = this.props;
        return {
            attachments: [...composer.attachments],
            cannedResponseIds: composer.cannedResponses.map(({ id }) => id),
            isNote: this.props.type === "note",
            mentionedChannels: [...composer.mentionedChannels],
            mentionedPartners: [...composer.mentionedPartners],
            parentId: this.props.messageToReplyTo?.message?.id,
        };
    }

    get extraData() {
        return this.thread?.rpcParams || {};
    }

    // ------------------------------------------------------------------ keys and files

    isEventTrusted(ev) {
        return ev.isTrusted;
    }

    onInput(ev) {
        this.props.composer.text = ev.target.value;
        this.selection.save();
    }

    onKeydown(ev) {
        if (ev.isComposing) {
            return;
        }
        if (ev.key === "Enter" && !ev.shiftKey) {
            const wants = ev.ctrlKey || ev.metaKey ? ["ctrl-enter", "meta-enter", "enter"] : ["enter"];
            // keys of a telephone have no other way to begin a line
            if (wants.some((key) => this.sendKeybinds.includes(key)) && !(this.ui.isSmall && !ev.ctrlKey)) {
                ev.preventDefault();
                this.sendOrSave();
            }
        } else if (ev.key === "Escape") {
            if (this.props.onDiscardCallback) {
                ev.stopPropagation();
                this.props.onDiscardCallback();
            }
        } else if (ev.key === "ArrowUp" && !this.props.composer.text && this.props.messageEdition && !this.isEditing) {
            const last = this.thread?.lastEditableMessageOfSelf;
            if (last) {
                ev.preventDefault();
                this.props.messageEdition.editingMessage = last;
            }
        }
    }

    onClickSend() {
        return this.sendOrSave();
    }

    sendOrSave() {
        return this.isEditing ? this.editMessage() : this.sendMessage();
    }

    onFocusin() {
        this.props.composer.isFocused = true;
    }

    onFocusout(ev) {
        if (!this.root.el?.contains(ev.relatedTarget)) {
            this.props.composer.isFocused = false;
        }
    }

    async addFiles(files) {
        await Promise.all([...files].map((file) => this.attachmentUploader.uploadFile(file)));
    }

    onFilesPicked(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        return this.addFiles(files);
    }

    onDropFile(ev) {
        if (isDragSourceExternalFile(ev.dataTransfer)) {
            return this.addFiles(ev.dataTransfer.files);
        }
    }

    onPaste(ev) {
        const { files } = ev.clipboardData || {};
        if (files?.length && this.allowUpload) {
            ev.preventDefault();
            return this.addFiles(files);
        }
    }

    openEmojiPicker() {
        this.emojiPicker.toggle(this.picker.el);
    }

    get pickerSettings() {
        return { buttons: [this.picker] };
    }

    addEmoji(str) {
        const { composer } = this.props;
        const { end, start } = composer.selection;
        composer.text = composer.text.slice(0, start) + str + composer.text.slice(end);
        const caret = start + str.length;
        Object.assign(composer.selection, { direction: "none", end: caret, start: caret });
        composer.forceCursorMove = true;
        if (!this.ui.isSmall) {
            composer.autofocus++;
        }
    }

    // ------------------------------------------------------------------ sending

    /** Do something with what was written, once it is complete. */
    async processMessage(cb) {
        const { attachments, text } = this.props.composer;
        if (attachments.some(({ uploading }) => uploading)) {
            this.notification.add(_t("Files are still on their way."), { type: "warning" });
            return;
        }
        if ((text.trim() || attachments.length) && this.state.active) {
            this.state.active = false;
            try {
                await cb(text);
            } finally {
                this.state.active = true;
            }
            this.props.onPostCallback?.();
            this.clear();
        }
        this.ref.el?.focus();
    }

    async sendMessage() {
        await this.processMessage(async (value) => {
            await this._sendMessage(value, this.postData, this.extraData);
        });
    }

    /** Post what was written. In channels nobody waits for the server. */
    async _sendMessage(value, postData, extraData) {
        const thread = toRaw(this.thread);
        const posting = this.store.Thread.get(thread).post(value, postData, extraData);
        if (thread.model !== "discuss.channel") {
            await posting;
        }
        if (this.props.messageToReplyTo?.thread?.eq(this.store.inbox)) {
            this.notifySendFromMailbox();
        }
        this.props.messageToReplyTo?.cancel();
    }

    notifySendFromMailbox() {
        this.notification.add(_t("Your answer is with “%s”.", this.thread.displayName), { type: "info" });
    }

    /** Keep what was changed; a message of which nothing is left is deleted. */
    async editMessage() {
        const { composer } = this.props;
        const { message } = this;
        if (composer.text.trim() || composer.attachments.length || message.attachment_ids.length) {
            const { attachments, mentionedChannels, mentionedPartners } = this.postData;
            await message.edit(composer.text, attachments, { mentionedChannels, mentionedPartners });
            forgetDraft(composer);
            this.props.onPostCallback?.();
            return;
        }
        this.dialog.add(MessageConfirmDialog, {
            confirmColor: "btn-danger",
            confirmText: _t("Delete").toString(),
            message,
            onConfirm: async () => {
                await message.remove();
                this.props.onPostCallback?.();
            },
            prompt: _t("Nothing would be left of this message. Delete it?").toString(),
        });
    }

    clear() {
        forgetDraft(this.props.composer);
        this.props.composer.clear();
    }

    saveContent() {
        writeDraft(this.props.composer);
    }

    restoreContent() {
        readDraft(this.props.composer);
    }

    // ------------------------------------------------------------------ the whole form

    /** Go on in the dialog that has a subject, templates and a layout. */
    async onClickFullComposer() {
        const { composer, type } = this.props;
        const { thread } = this;
        if (composer.attachments.some(({ uploading }) => uploading)) {
            this.notification.add(_t("Files are still on their way."), { type: "warning" });
            return;
        }
        const picked = { mentionedChannels: composer.mentionedChannels, mentionedPartners: composer.mentionedPartners };
        const mentions = this.store.getMentionsFromText(composer.text, picked);
        const context = {
            default_attachment_ids: composer.attachments.map(({ id }) => id),
            default_body: await prettifyMessageContent(composer.text, mentions),
            default_model: thread.model,
            default_partner_ids: type === "note" ? [] : await this.recipientIds(thread),
            default_res_ids: [thread.id],
            default_subtype_xmlid: type === "note" ? "mail.mt_note" : "mail.mt_comment",
            mail_post_autofollow: Boolean(thread.hasWriteAccess),
        };
        const action = {
            name: type === "note" ? _t("Log a note") : _t("Write a message"),
            type: "ir.actions.act_window",
            res_model: "mail.compose.message",
            view_mode: "form",
            views: [[false, "form"]],
            target: "new",
            context,
        };
        this.state.isFullComposerOpen = true;
        await this.env.services.action.doAction(action, { onClose: (...args) => this.onFullComposerClosed(args) });
    }

    /** Ids of those who get the message; people who are known by an address only become partners. */
    async recipientIds(thread) {
        const { checkedRecipients: recipients } = thread;
        const known = recipients.filter(({ partner_id: id }) => id).map(({ partner_id: id }) => id);
        const unknown = recipients.filter(({ email, partner_id: id }) => !id && email);
        if (!unknown.length) {
            return known;
        }
        const values = Object.fromEntries(unknown.map(({ create_values: one, email }) => [email, one || {}]));
        const params = { additional_values: values, emails: unknown.map(({ email }) => email) };
        const made = await rpc("/mail/partner/from_email", params);
        return [...known, ...made.map(({ id }) => id)];
    }

    /** The dialog tells nothing where it was given up. */
    onFullComposerClosed([info]) {
        this.state.isFullComposerOpen = false;
        const isDiscarded = info?.dismiss || info?.special;
        if (!isDiscarded) {
            this.clear();
        }
        this.props.onCloseFullComposerCallback?.(isDiscarded);
    }
}
