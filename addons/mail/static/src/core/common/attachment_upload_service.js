import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Deferred } from "@web/core/utils/concurrency";

/** Files on their way to a document, or to what is being written about it. */
export class AttachmentUploadService {
    constructor(env, services) {
        this.env = env;
        this.fileUploadService = services.file_upload;
        this.notification = services.notification;
        this.store = services["mail.store"];
        this.nextId = -1;
        /** @type {Map<number, {abort: () => void, done: Deferred}>} by the id that the file has until the server gave it one */
        this.uploading = new Map();
        /** @type {Map<string, Set<Function>>} who wants to hear of files of a conversation */
        this.listeners = new Map();
    }

    getUploadURL() {
        return "/mail/attachment/upload";
    }

    /** Call a function with each file of a conversation that is there. @returns {() => void} function that ends it */
    onFileUploaded(thread, cb) {
        const listeners = this.listeners.get(thread.localId) || new Set();
        this.listeners.set(thread.localId, listeners.add(cb));
        return () => listeners.delete(cb);
    }

    /**
     * @param {Object} thread
     * @param {Object} [composer] what the file is for; without, it belongs to the document at once
     * @param {File} file
     * @param {Object} [options]
     * @returns {Promise<Object|undefined>} the file, once it is there; nothing when it is not
     */
    upload(thread, composer, file, options) {
        const placeholderId = this.nextId--;
        return this._upload(thread, composer, file, options, placeholderId, URL.createObjectURL(file));
    }

    async _upload(thread, composer, file, options, tmpId, tmpURL) {
        const done = new Deferred();
        this.store.Attachment.insert(this._makeAttachmentData(file, tmpId, composer ? undefined : thread, tmpURL));
        if (composer) {
            composer.attachments.add(this.store.Attachment.get(tmpId));
        }
        const sent = await this.fileUploadService.upload(this.getUploadURL(thread), [file], {
            buildFormData: (data) => this._buildFormData(data, tmpURL, thread, composer, tmpId, options),
            displayErrorNotification: false,
        });
        if (!sent) {
            this._cleanupUploading(tmpId);
            return undefined;
        }
        this.uploading.set(tmpId, { abort: () => sent.xhr.abort(), done });
        sent.xhr.addEventListener("load", () => this._onLoad(thread, composer, sent.xhr, tmpId, done));
        for (const event of ["abort", "error"]) {
            sent.xhr.addEventListener(event, () => {
                this._cleanupUploading(tmpId);
                done.resolve();
            });
        }
        return done;
    }

    /** The server answered; an answer may be that it does not take the file. */
    _onLoad(thread, composer, xhr, tmpId, done) {
        let answer = {};
        if (xhr.status === 413) {
            answer.error = _t("The file is too large.");
        } else if (xhr.status !== 200) {
            answer.error = _t("The server did not take the file.");
        } else {
            answer = JSON.parse(xhr.responseText);
        }
        if (answer.error) {
            this.notification.add(answer.error, { type: "danger" });
            this._cleanupUploading(tmpId);
            done.resolve();
            return;
        }
        this._processLoaded(thread, composer, answer, tmpId, done);
    }

    /** Put the file that the server knows in the place of what stood for it. */
    _processLoaded(thread, composer, { data }, tmpId, done) {
        let file;
        this.store.MAKE_UPDATE(() => {
            [file] = this.store.insert(data, { html: true }).Attachment;
            if (composer) {
                const index = composer.attachments.findIndex(({ id }) => id === tmpId);
                composer.attachments.splice(Math.max(index, 0), index < 0 ? 0 : 1, file);
            }
            this._cleanupUploading(tmpId);
        });
        this.listeners.get(thread.localId)?.forEach((cb) => cb(file));
        done.resolve(file);
    }

    _cleanupUploading(tmpId) {
        this.uploading.delete(tmpId);
        this.store.Attachment.get(tmpId)?.delete();
    }

    /** What the server is told beside the file. */
    _buildFormData(formData, tmpURL, thread, composer, tmpId, options) {
        const values = {
            thread_id: thread.id,
            thread_model: thread.model,
            is_pending: Boolean(composer),
            temporary_id: tmpId,
            tmp_url: tmpURL,
            ...(options?.activity && { activity_id: options.activity.id }),
            ...(options?.voice && { voice: true }),
            ...thread.rpcParams,
        };
        Object.entries(values).forEach(([name, value]) => formData.append(name, value));
        return formData;
    }

    _makeAttachmentData(file, tmpId, thread, tmpURL) {
        const { name, type: mimetype } = file;
        const extension = name.includes(".") ? name.split(".").pop() : "";
        const values = { extension, filename: name, id: tmpId, mimetype, name, thread, tmpUrl: tmpURL };
        return { ...values, uploading: true };
    }

    /** Stop a file on its way, or delete it. */
    async unlink(attachment) {
        const upload = this.uploading.get(attachment.id);
        if (upload) {
            upload.abort();
            return;
        }
        await attachment.remove();
    }
}

export const attachmentUploadService = {
    dependencies: ["file_upload", "mail.store", "notification"],
    start: (env, services) => new AttachmentUploadService(env, services),
};

registry.category("services").add("mail.attachment_upload", attachmentUploadService);
