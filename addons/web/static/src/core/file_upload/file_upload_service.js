import { EventBus, reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { checkFileSize } from "@web/core/utils/files";

/**
 * Files on their way to the server.
 *
 * @typedef {Object} FileUpload
 * @property {number} id
 * @property {XMLHttpRequest} xhr
 * @property {FormData} data
 * @property {number} progress from 0 to 1
 * @property {number} loaded bytes
 * @property {number} total bytes
 * @property {"pending"|"loading"|"loaded"|"error"|"abort"} state
 * @property {string} title
 * @property {string} [type] of the file, if it is one
 */

const titleOf = (files) => (files.length === 1 ? files[0].name : _t("%s files", files.length).toString());

/** @returns {FormData} what is sent */
function formOf(files, buildFormData) {
    const data = new FormData();
    data.append("csrf_token", odoo.csrf_token);
    files.forEach((file) => data.append("ufile", file));
    buildFormData?.(data);
    return data;
}

/** Note how far an upload is, and tell when it ends: how, and whether that is a failure. */
function follow(upload, onEnd) {
    const { xhr } = upload;
    xhr.upload.addEventListener("progress", ({ loaded, total }) => {
        Object.assign(upload, { loaded, total, progress: total ? loaded / total : 0, state: "loading" });
    });
    xhr.addEventListener("load", () => onEnd(xhr.status >= 400 ? "error" : "loaded"));
    xhr.addEventListener("error", () => onEnd("error"));
    xhr.addEventListener("abort", () => onEnd("abort"));
}

/** `file_upload.upload(route, files, params)` sends files; `file_upload.uploads` tells how far they are. */
export const fileUploadService = {
    dependencies: ["notification"],
    /** Requests are made here so that tests and subclasses can make others. */
    createXhr() {
        return new browser.XMLHttpRequest();
    },
    start(env, { notification }) {
        const bus = new EventBus();
        /** @type {Object<number, FileUpload>} */
        const uploads = reactive({});
        let nextId = 1;

        /**
         * @param {string} route
         * @param {FileList|File[]} given
         * @param {{buildFormData?: (data: FormData) => void, displayErrorNotification?: boolean}} [params]
         * @returns {Promise<FileUpload|undefined>} nothing where a file is too large
         */
        const upload = async (route, given, { buildFormData, displayErrorNotification = true } = {}) => {
            const files = [...given];
            if (!files.every((file) => checkFileSize(file.size, notification))) {
                return undefined;
            }
            const id = nextId++;
            const xhr = fileUploadService.createXhr();
            const total = files.reduce((sum, { size }) => sum + size, 0);
            const type = files.length === 1 ? files[0].type : undefined;
            const data = formOf(files, buildFormData);
            uploads[id] = {
                id,
                xhr,
                data,
                total,
                type,
                title: titleOf(files),
                loaded: 0,
                progress: 0,
                state: "pending",
            };
            const added = uploads[id];
            follow(added, (state) => {
                added.state = state;
                delete uploads[id];
                if (state === "error" && displayErrorNotification) {
                    notification.add(_t("The upload of %s failed.", added.title), { type: "danger", sticky: true });
                }
                bus.trigger(state === "loaded" ? "FILE_UPLOAD_LOADED" : "FILE_UPLOAD_ERROR", { upload: added });
            });
            xhr.open("POST", route);
            xhr.send(data);
            bus.trigger("FILE_UPLOAD_ADDED", { upload: added });
            return added;
        };
        return { bus, upload, uploads };
    },
};

registry.category("services").add("file_upload", fileUploadService);
