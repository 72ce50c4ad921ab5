/** How many attachments are shown before more are asked for. */
export const ATTACHMENTS_PER_PAGE = 24;

const FIELDS = ["name", "mimetype", "description", "type", "url", "image_src", "access_token", "checksum"];
const IMAGES = [
    "image/gif",
    "image/jpe",
    "image/jpeg",
    "image/jpg",
    "image/png",
    "image/svg+xml",
    "image/webp",
    "image/x-icon",
];

/** Attachments that somebody may put into a text. */
export class AttachmentFinder {
    /**
     * @param {Object} orm service
     * @param {{resModel?: string, resId?: number|false}} owner record whose text it is
     */
    constructor(orm, { resModel, resId }) {
        this.orm = orm;
        this.resModel = resModel;
        this.resId = resId;
    }

    /**
     * @param {{isImages: boolean, query: string, offset: number}} request
     * @returns {Promise<Object[]>} the newest first
     */
    find({ isImages, query, offset }) {
        const owners = ["|", ["public", "=", true], "&", ["res_model", "=", this.resModel || "ir.ui.view"]];
        const domain = [
            ["res_field", "=", false],
            ["name", "ilike", query],
            ["mimetype", isImages ? "in" : "not in", IMAGES],
            "!",
            ["url", "=like", "/web/assets/%"],
            ...owners,
            ["res_id", "in", [this.resId || 0, 0, false]],
        ];
        return this.orm.searchRead("ir.attachment", domain, FIELDS, {
            limit: ATTACHMENTS_PER_PAGE,
            offset,
            order: "id desc",
        });
    }
}
