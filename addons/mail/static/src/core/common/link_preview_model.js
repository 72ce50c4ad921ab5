import { Record } from "@mail/core/common/record";
import { rpc } from "@web/core/network/rpc";

/** What is behind a link of a message. */
export class LinkPreview extends Record {
    static id = "id";
    /** @type {number} */
    id;
    message = Record.one("Message", { inverse: "linkPreviews" });
    image_mimetype = Record.attr("");
    og_description = Record.attr("");
    og_image = Record.attr("");
    og_mimetype = Record.attr("");
    og_site_name = Record.attr("");
    og_title = Record.attr("");
    og_type = Record.attr("");
    source_url = Record.attr("");

    get imageUrl() {
        return this.og_image || this.source_url;
    }

    get isImage() {
        return Boolean(this.image_mimetype || this.og_mimetype === "image/gif");
    }

    get isVideo() {
        return !this.isImage && (this.og_type || "").startsWith("video");
    }

    get isCard() {
        return !this.isImage && !this.isVideo;
    }

    /** Have nobody see the preview any more. */
    async hide() {
        await rpc("/mail/link_preview/hide", { link_preview_ids: [this.id] });
    }
}
LinkPreview.register();
