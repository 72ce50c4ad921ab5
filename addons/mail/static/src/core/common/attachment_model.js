import { Record } from "@mail/core/common/record";
import { assignDefined } from "@mail/utils/common/misc";
import { FileModelMixin } from "@web/core/file_viewer/file_model";
import { rpc } from "@web/core/network/rpc";

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
