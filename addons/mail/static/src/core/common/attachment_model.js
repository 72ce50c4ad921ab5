import { Record } from "@mail/core/common/record";
import { assignDefined } from "@mail/utils/common/misc";
import { FileModelMixin } from "@web/core/file_viewer/file_model";
import { rpc } from "@web/core/network/rpc";
import { url } from "@web/core/utils/urls";

/** A file of a message, of a document, or of what is being written. */
export class Attachment extends FileModelMixin(Record) {
    static id = "id";
    thread = Record.one("Thread", { inverse: "attachments" });
    message = Record.one("Message", { inverse: "attachment_ids" });
    composer = Record.one("Composer", { inverse: "attachments" });
    create_date = Record.attr(undefined, { type: "datetime" });
    res_name = Record.attr("");
    size = Record.attr(0);
    voice = Record.attr(false);
    /** @type {AbortController|undefined} */
    uploadAbort;

    static insert(data, options) {
        const records = super.insert(data, options);
        for (const record of [records].flat()) {
            const [extension] = /[^.]+$/.exec(record.name || "") || [];
            assignDefined(record, { extension: record.name?.includes(".") ? extension : undefined });
        }
        return records;
    }

    /** Where guests, too, get files of the channels that they see. @param {"attachment"|"image"} kind */
    _routeOfChannel(kind) {
        const isOfChannel = this.thread?.model === "discuss.channel" && this.id > 0 && !this.isUrl;
        return isOfChannel ? `/discuss/channel/${this.thread.id}/${kind}/${this.id}` : undefined;
    }

    get urlRoute() {
        return this._routeOfChannel(this.isImage ? "image" : "attachment") || super.urlRoute;
    }

    get downloadUrl() {
        const route = this._routeOfChannel("attachment");
        return route ? url(route, { ...this.urlQueryParams, download: true }) : super.downloadUrl;
    }

    get isDeletable() {
        return true;
    }

    /** What a moment is called on lists of files. */
    get monthYear() {
        return this.create_date ? `${this.create_date.monthLong}, ${this.create_date.year}` : undefined;
    }

    /** Delete the file, on the server too. */
    async remove() {
        if (this.id > 0) {
            const token = this.access_token ? { access_token: this.access_token } : {};
            await rpc("/mail/attachment/delete", {
                ...this.thread?.rpcParams,
                attachment_id: this.id,
                ...token,
            });
        }
        this.delete();
    }
}
Attachment.register();
