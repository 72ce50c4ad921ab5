import { _t } from "@web/core/l10n/translation";
import { Plugin } from "@html_editor/plugin";
import { keptAttributes } from "@html_editor/prose/attributes";
import { insertBlock, selectedNode } from "@html_editor/prose/commands";
import { schema } from "@html_editor/prose/schema";
import { findPlace, keepPlace, leavePlace, makeImage, uploadPlaces } from "@html_editor/main/media/image_plugin";
import { MediaDialog } from "@html_editor/main/media/media_dialog/media_dialog";
import { attachmentUrl, uploadFile } from "@html_editor/main/media/upload";

const IMAGE_CLASS = "img-fluid";
let nextUpload = 0;

/** Pictures, documents, icons and videos: chosen in a dialog, pasted, or dropped. */
export class MediaPlugin extends Plugin {
    static id = "media";
    static dependencies = ["prose", "dialog", "dom"];
    static shared = ["openMediaDialog", "savePendingImages", "uploadFiles"];

    /** Uploads that have not ended. @type {Set<Promise<any>>} */
    pending = new Set();

    resources = {
        user_commands: [
            {
                id: "insertMedia",
                title: _t("Media"),
                description: _t("A picture, a file, an icon or a video"),
                icon: "fa-picture-o",
                run: (params) => this.openMediaDialog(params),
                isAvailable: () => !this.config.disableImage,
            },
            {
                id: "insertImage",
                title: _t("Image"),
                description: _t("Upload a picture, or choose one"),
                icon: "fa-picture-o",
                run: () => this.openMediaDialog({ activeTab: "IMAGES" }),
                isAvailable: () => !this.config.disableImage,
            },
            {
                id: "insertFile",
                title: _t("File"),
                description: _t("Upload a document for others to download"),
                icon: "fa-file-o",
                run: () => this.openMediaDialog({ activeTab: "DOCUMENTS" }),
                isAvailable: () => !this.config.disableFile,
            },
            {
                id: "insertFontAwesome",
                title: _t("Icon"),
                description: _t("A small sign"),
                icon: "fa-flag-o",
                run: () => this.openMediaDialog({ activeTab: "ICONS" }),
            },
            {
                id: "openVideoSelectorDialog",
                title: _t("Video"),
                description: _t("A film of YouTube, Vimeo and the like"),
                icon: "fa-play-circle-o",
                run: () => this.openMediaDialog({ activeTab: "VIDEOS" }),
                isAvailable: () => !this.config.disableVideo || this.embedsVideos,
            },
            {
                id: "replaceImage",
                title: _t("Replace"),
                icon: "fa-exchange",
                run: () => this.openMediaDialog({ onlyImages: true }),
            },
        ],
        powerbox_categories: { id: "media", name: _t("Media") },
        powerbox_items: ["insertImage", "insertFile", "insertFontAwesome", "openVideoSelectorDialog"].map(
            (commandId) => ({
                categoryId: "media",
                commandId,
            })
        ),
        toolbar_groups: { id: "media", placement: "fixed" },
        toolbar_items: [
            { id: "media", groupId: "media", commandId: "insertMedia" },
            { id: "replace_image", groupId: "image_actions", commandId: "replaceImage" },
        ],
        prose_plugins: [uploadPlaces()],
        file_overrides: (files, position) => this.uploadFiles(files, position),
    };

    /** Whether videos are stored as components: elements of players are taken out of most fields. */
    get embedsVideos() {
        const isKnown = this.getResource("embedded_components").some(({ name }) => name === "video");
        return Boolean(this.config.disableVideo && isKnown);
    }

    get owner() {
        return this.config.getRecordInfo?.() || {};
    }

    /** @param {Object} [params] props of the dialog */
    openMediaDialog(params = {}) {
        const { resId, resModel } = this.owner;
        const { disableFile, disableImage, disableVideo } = this.config;
        return this.dependencies.dialog.addDialog(MediaDialog, {
            resModel,
            resId,
            noImages: disableImage,
            noDocuments: disableFile,
            noVideos: disableVideo && !this.embedsVideos,
            onAttachmentChange: this.config.onAttachmentChange,
            ...this.config.mediaModalParams,
            ...params,
            save: (element) => this.insertMedia(element),
        });
    }

    /** @param {HTMLElement|HTMLElement[]} elements */
    insertMedia(elements) {
        const { prose } = this.dependencies;
        for (const element of [elements].flat()) {
            if (element.nodeName === "IMG") {
                const attrs = keptAttributes(element, "src", "alt");
                const previous = selectedNode(prose.getState(), "image");
                const image = makeImage({
                    src: element.getAttribute("src"),
                    alt: element.getAttribute("alt") || previous?.attrs.alt || "",
                    attrs: previous ? { ...attrs, ...previous.attrs.attrs } : attrs,
                });
                prose.run((state, dispatch) => {
                    dispatch(state.tr.replaceSelectionWith(image, false).scrollIntoView());
                    return true;
                });
            } else if (element.classList.contains("media_iframe_video")) {
                const { outerHTML } = this.embedsVideos ? hostOf(/** @type {any} */ (element).video) : element;
                prose.run(insertBlock(schema.nodes.raw_block.create({ html: outerHTML })));
            } else {
                this.dependencies.dom.insert(element);
            }
        }
    }

    /**
     * Upload files and put them where the cursor is.
     *
     * @param {File[]} files
     * @param {number} [position] in the document
     * @returns {boolean} whether there was something to upload
     */
    uploadFiles(files, position = this.dependencies.prose.getState().selection.from) {
        const { disableFile, disableImage } = this.config;
        const wanted = files.filter((file) => (file.type.startsWith("image/") ? !disableImage : !disableFile));
        wanted.forEach((file) => {
            const upload = this.upload(file, position);
            this.pending.add(upload);
            upload.finally(() => this.pending.delete(upload)).catch(() => {});
        });
        return Boolean(wanted.length);
    }

    async upload(file, position) {
        const { prose } = this.dependencies;
        const id = ++nextUpload;
        prose.dispatch(keepPlace(prose.getState().tr, id, position));
        let attachment = null;
        try {
            attachment = await uploadFile(file, this.owner, this.services.notification);
        } finally {
            if (!this.isDestroyed) {
                this.arrived(id, attachment);
            }
        }
    }

    arrived(id, attachment) {
        const { prose } = this.dependencies;
        const state = prose.getState();
        const place = findPlace(state, id);
        const tr = leavePlace(state.tr, id);
        if (attachment && place !== undefined) {
            tr.replaceWith(place, place, nodeOf(attachment));
            this.config.onAttachmentChange?.(attachment);
        }
        prose.dispatch(tr);
    }

    /** Wait for what is on its way. @returns {Promise<void>} */
    async savePendingImages() {
        await Promise.allSettled([...this.pending]);
    }
}

/** What a video's component is shown in. */
function hostOf(video) {
    const host = document.createElement("div");
    Object.assign(host.dataset, { embedded: "video", embeddedProps: JSON.stringify(video), oeProtected: "true" });
    host.setAttribute("contenteditable", "false");
    return host;
}

/** What stands for an attachment in the text. */
function nodeOf(attachment) {
    const src = attachmentUrl(attachment);
    if (attachment.mimetype?.startsWith("image/")) {
        const attrs = { class: IMAGE_CLASS, "data-attachment-id": String(attachment.id) };
        return makeImage({ src, alt: attachment.name || "", attrs });
    }
    const mark = schema.marks.link.create({ href: src, attrs: { class: "o_file_link" } });
    return schema.text(attachment.name, [mark]);
}
