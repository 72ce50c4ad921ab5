import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { ATTACHMENTS_PER_PAGE, AttachmentFinder } from "@html_editor/main/media/media_dialog/attachment_finder";
import { ICONS } from "@html_editor/main/media/media_dialog/icons";
import { attachmentUrl, uploadFile } from "@html_editor/main/media/upload";
import { rpc } from "@web/core/network/rpc";

/** Tabs: id, label, prop that leaves it out. */
const TABS = [
    ["IMAGES", _t("Images"), "noImages"],
    ["DOCUMENTS", _t("Documents"), "noDocuments"],
    ["ICONS", _t("Icons"), "noIcons"],
    ["VIDEOS", _t("Videos"), "noVideos"],
];

/** A choice of pictures, documents, icons and videos; `save` gets elements of the page. */
export class MediaDialog extends Component {
    static template = "html_editor.MediaDialog";
    static components = { Dialog };
    static props = ["*"];

    setup() {
        this.notification = useService("notification");
        this.finder = new AttachmentFinder(useService("orm"), this.props);
        this.allIcons = ICONS;
        const [first] = this.tabs;
        const asked = this.tabs.find(({ id }) => id === this.props.activeTab);
        this.state = useState({
            tab: (asked || first).id,
            query: "",
            attachments: [],
            hasMore: false,
            isLoading: false,
            isUploading: false,
            url: "",
            error: "",
            video: null,
        });
        onWillStart(() => this.search());
    }

    get title() {
        return _t("Media");
    }

    get tabs() {
        const { onlyImages } = this.props;
        return TABS.filter(([id, , without]) => !this.props[without] && (!onlyImages || id === "IMAGES")).map(
            ([id, label]) => ({ id, label })
        );
    }

    get isOfFiles() {
        return ["IMAGES", "DOCUMENTS"].includes(this.state.tab);
    }

    get icons() {
        const query = this.state.query.toLowerCase();
        return this.allIcons.filter((name) => name.includes(query));
    }

    get urlLabel() {
        return this.state.tab === "VIDEOS" ? _t("Address of the video") : _t("Address of a file elsewhere");
    }

    urlOf(attachment) {
        return attachmentUrl(attachment);
    }

    async choose(tab) {
        Object.assign(this.state, { tab, query: "", attachments: [], url: "", error: "", video: null });
        await this.search();
    }

    async search({ isMore = false } = {}) {
        if (!this.isOfFiles) {
            return;
        }
        const { query, tab } = this.state;
        this.state.isLoading = true;
        const offset = isMore ? this.state.attachments.length : 0;
        const found = await this.finder.find({ isImages: tab === "IMAGES", query, offset });
        if (tab === this.state.tab && query === this.state.query) {
            this.state.attachments = isMore ? [...this.state.attachments, ...found] : found;
            this.state.hasMore = found.length === ATTACHMENTS_PER_PAGE;
            this.state.isLoading = false;
        }
    }

    onSearch(ev) {
        this.state.query = ev.target.value;
        return this.search();
    }

    async upload(ev) {
        const files = [...ev.target.files];
        this.state.isUploading = true;
        const { resId, resModel } = this.props;
        const uploaded = [];
        try {
            for (const file of files) {
                const attachment = await uploadFile(file, { resModel, resId }, this.notification);
                if (attachment) {
                    this.props.onAttachmentChange?.(attachment);
                    uploaded.push(attachment);
                }
            }
        } finally {
            this.state.isUploading = false;
        }
        if (uploaded.length) {
            this.save(uploaded.map((attachment) => this.elementOf(attachment)));
        }
    }

    async addUrl() {
        const url = this.state.url.trim();
        if (!url) {
            return;
        }
        if (this.state.tab === "VIDEOS") {
            const video = await rpc("/html_editor/video_url/data", { video_url: url });
            this.state.error = video.error ? _t("No video was found there.") : "";
            this.state.video = video.error ? null : video;
            return;
        }
        const { resId = false, resModel } = this.props;
        const attachment = await rpc("/html_editor/attachment/add_url", {
            url,
            res_id: resId,
            res_model: resModel || "ir.ui.view",
        });
        if (attachment.error) {
            this.state.error = attachment.error;
        } else {
            this.save([this.elementOf(attachment)]);
        }
    }

    addVideo() {
        const block = document.createElement("div");
        block.className = "media_iframe_video";
        block.dataset.oeExpression = this.state.video.embed_url;
        block.contentEditable = "false";
        const frame = document.createElement("iframe");
        frame.src = this.state.video.embed_url;
        frame.setAttribute("allowfullscreen", "allowfullscreen");
        frame.title = String(_t("Video"));
        block.append(frame);
        const { params, platform, video_id: videoId } = this.state.video;
        // for texts in which only its name is kept
        this.save([Object.assign(block, { video: { params, platform, videoId } })]);
    }

    addIcon(name) {
        const icon = document.createElement("i");
        icon.className = `fa ${name}`;
        this.save([icon]);
    }

    addAttachment(attachment) {
        this.save([this.elementOf(attachment)]);
    }

    elementOf(attachment) {
        const url = attachmentUrl(attachment);
        if (attachment.mimetype?.startsWith("image/") || attachment.image_src) {
            const image = document.createElement("img");
            image.src = url;
            image.setAttribute("src", url);
            image.alt = attachment.description || attachment.name;
            image.className = "img-fluid";
            image.dataset.attachmentId = attachment.id;
            return image;
        }
        const link = document.createElement("a");
        link.setAttribute("href", url);
        link.className = "o_file_link";
        link.textContent = attachment.name;
        return link;
    }

    save(elements) {
        this.props.save(this.props.multiImages ? elements : elements.length === 1 ? elements[0] : elements);
        this.props.close();
    }
}
