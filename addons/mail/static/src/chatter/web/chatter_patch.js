import { onWillDestroy, useEffect, useExternalListener, useRef } from "@odoo/owl";
import { Chatter } from "@mail/chatter/web_portal/chatter";
import { ScheduledMessages } from "@mail/chatter/web/scheduled_messages";
import { SearchMessagesPanel } from "@mail/core/common/search_messages_panel";
import { AttachmentList } from "@mail/core/common/attachment_list";
import { usePopoutAttachment } from "@mail/core/common/attachment_view";
import { useAttachmentUploader } from "@mail/core/common/attachment_uploader_hook";
import { callOn, untilClosed } from "@mail/core/common/calls";
import { Activity } from "@mail/core/web/activity";
import { FollowerList } from "@mail/core/web/follower_list";
import { SuggestedRecipientsList } from "@mail/core/web/suggested_recipient_list";
import { browser } from "@web/core/browser/browser";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { useDropdownState } from "@web/core/dropdown/dropdown_hooks";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

/** Milliseconds after which somebody who waits is told so. */
export const DELAY_FOR_SPINNER = 1000;

Object.assign(Chatter.components, {
    Activity,
    AttachmentList,
    Dropdown,
    FollowerList,
    ScheduledMessages,
    SearchMessagesPanel,
    SuggestedRecipientsList,
});

Chatter.props.push(
    "close?",
    "compactHeight?",
    "has_activities?",
    "hasAttachmentPreview?",
    "hasParentReloadOnAttachmentsChanged?",
    "hasParentReloadOnFollowersUpdate?",
    "hasParentReloadOnMessagePosted?",
    "highlightMessageId?",
    "isAttachmentBoxVisibleInitially?",
    "isChatterAside?",
    "isInFormSheetBg?",
    "saveRecord?",
    "webRecord?"
);

Object.assign(Chatter.defaultProps, {
    compactHeight: false,
    has_activities: true,
    hasAttachmentPreview: false,
    hasParentReloadOnAttachmentsChanged: false,
    hasParentReloadOnFollowersUpdate: false,
    hasParentReloadOnMessagePosted: false,
    isAttachmentBoxVisibleInitially: false,
    isChatterAside: false,
    isInFormSheetBg: true,
});

/** The chatter of a form: followers, files, activities and what is posted later stand there, too. */
const chatterPatch = {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.attachmentUploadService = useService("mail.attachment_upload");
        this.attachmentPopout = usePopoutAttachment();
        this.followerListDropdown = useDropdownState();
        /** What is done once a new record is stored. @type {Function|null} */
        this.onThreadCreated = null;
        this.fileInput = useRef("fileInput");
        Object.assign(this.state, {
            aside: this.props.isChatterAside,
            /** @type {false|"message"|"note"} */
            composerType: false,
            isAttachmentBoxOpened: this.props.isAttachmentBoxVisibleInitially,
            isSearchOpen: false,
            showActivities: true,
            showAttachmentLoading: false,
            showScheduledMessages: true,
        });
        this.attachmentUploader = useAttachmentUploader(this.store.Thread.insert(this.threadData), {
            onFileUploaded: (file) => this.onUploaded(file),
        });
        useBus(this.env.bus, "MAIL:RELOAD-THREAD", ({ detail: { id, model } }) => {
            const { thread } = this.state;
            if (thread && model === thread.model && id === thread.id) {
                this.load(thread, this.requestList);
            }
        });
        useExternalListener(window, "keydown", (ev) => {
            if (ev.key === "Escape" && this.state.isSearchOpen) {
                this.closeSearch();
            }
        });
        useDropzone(
            this.rootRef,
            (ev) => this.onDrop(ev),
            "o-mail-Chatter-dropzone",
            () => this.mayPost && !this.state.composerType
        );
        this.setupEffects();
    },

    setupEffects() {
        let timer;
        useEffect(
            (isLoading) => {
                browser.clearTimeout(timer);
                this.state.showAttachmentLoading = false;
                if (isLoading) {
                    timer = browser.setTimeout(() => (this.state.showAttachmentLoading = true), DELAY_FOR_SPINNER);
                }
            },
            () => [this.state.thread?.isLoadingAttachments]
        );
        onWillDestroy(() => browser.clearTimeout(timer));
        useEffect(
            (id, isLoaded) => {
                if (id && isLoaded) {
                    this.messageHighlight.highlightMessage(this.store.Message.insert({ id }), this.state.thread);
                }
            },
            () => [this.props.highlightMessageId, this.state.thread?.isLoaded]
        );
        useEffect(
            (isAside) => {
                this.state.aside = isAside;
            },
            () => [this.props.isChatterAside]
        );
    },

    get threadData() {
        return { id: this.props.threadId, model: this.props.threadModel };
    },

    get newRecordText() {
        return _t("A new record is being made…").toString();
    },

    get requestList() {
        return [
            ...super.requestList,
            "activities",
            "attachments",
            "followers",
            "scheduledMessages",
            "suggestedRecipients",
        ];
    },

    get afterPostRequestList() {
        return [...super.afterPostRequestList, "followers", "scheduledMessages", "suggestedRecipients"];
    },

    get onCloseFullComposerRequestList() {
        return [...super.onCloseFullComposerRequestList, "scheduledMessages"];
    },

    get activities() {
        return this.state.thread?.activities || [];
    },

    get attachments() {
        return this.state.thread?.attachments || [];
    },

    get scheduledMessages() {
        return this.state.thread?.scheduledMessages || [];
    },

    /** Whether the user may write here: those who may change the document, or may read it where that is enough. */
    get mayPost() {
        const { thread } = this.state;
        if (!thread) {
            return false;
        }
        return !thread.id || thread.hasWriteAccess || (thread.hasReadAccess && thread.canPostOnReadonly);
    },

    get isDisabled() {
        return !this.mayPost;
    },

    get followersText() {
        return _t("%s followers", this.state.thread.followersCount || 0).toString();
    },

    // ------------------------------------------------------------------ the document

    changeThread(threadModel, threadId) {
        super.changeThread(threadModel, threadId);
        const { thread } = this.state;
        this.attachmentUploader.thread = thread;
        if (this.onThreadCreated && thread.id) {
            this.onThreadCreated(thread);
            this.onThreadCreated = null;
        }
        this.closeSearch();
    },

    _onWillUpdateProps(next) {
        const { thread } = this.state;
        const isOther = thread && (next.threadId !== thread.id || next.threadModel !== thread.model);
        if (isOther) {
            Object.assign(this.state, {
                composerType: false,
                isAttachmentBoxOpened: next.isAttachmentBoxVisibleInitially,
            });
        }
        super._onWillUpdateProps(next);
        if (this.env.chatter?.fetchData && !isOther && this.state.thread) {
            this.load(this.state.thread, this.requestList);
        }
        if (this.env.chatter) {
            this.env.chatter.fetchData = false;
        }
    },

    /** Do something with the document, which is stored first if it is new. */
    async withStoredThread(act) {
        if (this.state.thread.id) {
            await act(this.state.thread);
            return;
        }
        this.onThreadCreated = act;
        if ((await this.props.saveRecord?.()) === false) {
            this.onThreadCreated = null;
        }
    },

    /** Store the form, and show the document as it is then. */
    async reloadParentView() {
        await this.props.saveRecord?.();
        await this.props.webRecord?.load();
    },

    // ------------------------------------------------------------------ writing

    /** @param {"message"|"note"|false} mode open the composer, or close it */
    async toggleComposer(mode = false) {
        this.closeSearch();
        if (!mode || this.state.composerType === mode) {
            this.state.composerType = false;
            return;
        }
        await this.withStoredThread((thread) => {
            this.state.composerType = mode;
            thread.composer.autofocus++;
        });
    },

    onPostCallback() {
        this.state.composerType = false;
        super.onPostCallback();
        // the form shows something that depends on the messages
        return this.props.hasParentReloadOnMessagePosted && this.reloadParentView();
    },

    onCloseFullComposerCallback(isDiscarded) {
        if (!isDiscarded) {
            this.toggleComposer();
        }
        super.onCloseFullComposerCallback();
    },

    onSuggestedRecipientAdded(thread) {
        this.load(thread, ["suggestedRecipients"]);
    },

    onScheduledMessageChanged(thread) {
        this.load(thread, ["scheduledMessages", "messages"]);
    },

    toggleScheduledMessages() {
        this.state.showScheduledMessages = !this.state.showScheduledMessages;
    },

    // ------------------------------------------------------------------ activities

    async scheduleActivity() {
        this.closeSearch();
        await this.withStoredThread(async (thread) => {
            await this.store.scheduleActivity(thread.model, [thread.id]);
            this.onActivityChanged(thread);
        });
    },

    onActivityChanged(thread) {
        this.load(thread, [...this.requestList, "messages"]);
    },

    toggleActivities() {
        this.state.showActivities = !this.state.showActivities;
    },

    // ------------------------------------------------------------------ followers

    onFollowerChanged(thread) {
        this.load(thread, ["followers", "suggestedRecipients"]);
        this.reloadParentView();
    },

    /** Invite people, in a dialog. */
    async onAddFollowers() {
        this.followerListDropdown.close();
        await this.withStoredThread(async (thread) => {
            await untilClosed(this.env, {
                type: "ir.actions.act_window",
                name: _t("Add followers"),
                res_model: "mail.wizard.invite",
                view_mode: "form",
                views: [[false, "form"]],
                target: "new",
                context: { default_res_id: thread.id, default_res_model: thread.model, dialog_size: "medium" },
            });
            this.load(thread, ["followers", "suggestedRecipients"]);
            if (this.props.hasParentReloadOnFollowersUpdate) {
                this.reloadParentView();
            }
        });
    },

    onClickFollow() {
        return this.withStoredThread((document) => this._follow(document));
    },

    async _follow(thread) {
        await callOn(thread, thread.model, "message_subscribe", [this.store.self.id]);
        this.onFollowerChanged(thread);
    },

    async onClickUnfollow() {
        const { thread } = this.state;
        await thread.selfFollower.remove();
        this.onFollowerChanged(thread);
    },

    // ------------------------------------------------------------------ files

    /** Show the files, or ask for one where there are none. */
    async onClickAddAttachments() {
        if (this.attachments.length) {
            this.state.isAttachmentBoxOpened = !this.state.isAttachmentBoxOpened;
            return;
        }
        await this.onClickAttachFile();
    },

    async onClickAttachFile() {
        await this.withStoredThread(() => this.fileInput.el.click());
    },

    async onFilesPicked(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        await this.addFiles(files);
    },

    async onDrop(ev) {
        const files = [...ev.dataTransfer.files];
        await this.withStoredThread(() => this.addFiles(files));
    },

    async addFiles(files) {
        await Promise.all(files.map((file) => this.attachmentUploader.uploadFile(file)));
    },

    onUploaded() {
        this.state.isAttachmentBoxOpened = true;
        this.onFilesChanged();
    },

    /** The form shows something that depends on the files. */
    onFilesChanged() {
        return this.props.hasParentReloadOnAttachmentsChanged ? this.reloadParentView() : undefined;
    },

    async unlinkAttachment(attachment) {
        await this.attachmentUploader.unlink(attachment);
        await this.onFilesChanged();
    },

    /** Show the file of the document in a window of its own. */
    popoutAttachment() {
        this.attachmentPopout.popout(this.state.thread);
    },

    // ------------------------------------------------------------------ search

    onClickSearch() {
        this.state.composerType = false;
        this.state.isSearchOpen = !this.state.isSearchOpen;
    },

    closeSearch() {
        this.state.isSearchOpen = false;
    },
};

patch(Chatter.prototype, chatterPatch);
