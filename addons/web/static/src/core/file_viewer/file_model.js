import { url } from "@web/core/utils/urls";

const IMAGES = [
    "image/bmp",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
    "image/tiff",
    "image/x-icon",
    "image/webp",
    "image/avif",
];
const TEXTS = [
    "application/javascript",
    "application/json",
    "text/css",
    "text/html",
    "text/plain",
    "text/csv",
    "text/xml",
    "application/xml",
];
const VIDEOS = ["audio/mpeg", "video/x-matroska", "video/mp4", "video/webm", "video/ogg"];
const VIDEO_ID = /(?:youtu\.be\/|youtube(?:-nocookie)?\.com\/(?:watch\?(?:.*&)?v=|embed\/|shorts\/))([\w-]{6,20})/;

const isOneOf = (types, file) => types.includes(file.mimetype);

/**
 * What is known of a file by its description.
 *
 * @type {any}
 */
const TRAITS = {
    get displayName() {
        return this.name || this.filename || "";
    },

    get isImage() {
        return isOneOf(IMAGES, this);
    },

    get isText() {
        return isOneOf(TEXTS, this);
    },

    get isVideo() {
        return isOneOf(VIDEOS, this);
    },

    get isPdf() {
        return Boolean(this.mimetype?.startsWith("application/pdf"));
    },

    get isUrl() {
        return this.type === "url" && Boolean(this.url);
    },

    get isUrlYoutube() {
        return Boolean(this.url) && VIDEO_ID.test(this.url);
    },

    /** Whether the viewer can show the file, now. */
    get isViewable() {
        const kinds = ["isImage", "isPdf", "isText", "isUrlYoutube", "isVideo"];
        return !this.uploading && kinds.some((kind) => this[kind]);
    },

    get urlRoute() {
        return this.isUrl ? this.url : `/web/${this.isImage ? "image" : "content"}/${this.id}`;
    },

    get urlQueryParams() {
        const params = { access_token: this.access_token, filename: this.name, unique: this.checksum };
        return this.tmpUrl ? {} : Object.fromEntries(Object.entries(params).filter(([, value]) => value));
    },

    /** Address that shows the file. */
    get defaultSource() {
        if (this.isUrlYoutube) {
            return `https://www.youtube-nocookie.com/embed/${VIDEO_ID.exec(this.url)[1]}`;
        }
        return this.tmpUrl || (this.isUrl ? this.url : url(this.urlRoute, this.urlQueryParams));
    },

    get downloadUrl() {
        return this.isUrl ? this.url : url(this.urlRoute, { ...this.urlQueryParams, download: true });
    },
};

/** A class of files that may be shown; what they are called, where they are and of which type they are they are told. */
export const FileModelMixin = (Base) => {
    class File extends Base {
        access_token;
        checksum;
        extension;
        filename;
        id;
        mimetype;
        name;
        tmpUrl;
        /** @type {"binary"|"url"} */
        type;
        uploading;
        url;
    }
    Object.defineProperties(File.prototype, Object.getOwnPropertyDescriptors(TRAITS));
    return File;
};

/** A file without anything else. */
export class FileModel extends FileModelMixin(Object) {}
