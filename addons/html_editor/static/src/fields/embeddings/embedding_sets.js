/** Components that texts may have in them: for writers and for readers. */
import { getEmbeddedProps } from "@html_editor/fields/embedded_hosts";
import { TableOfContent } from "@html_editor/fields/embeddings/table_of_content";
import { EmbeddedVideo } from "@html_editor/fields/embeddings/video";

const text = (value) => (typeof value === "string" ? value : undefined);

const tableOfContent = { name: "tableOfContent", Component: TableOfContent, getProps: (host) => ({ host }) };
const video = {
    name: "video",
    Component: EmbeddedVideo,
    getProps: (host) => {
        const { params, platform, videoId } = getEmbeddedProps(host);
        return {
            params: params && typeof params === "object" ? params : {},
            platform: text(platform),
            videoId: text(videoId),
        };
    },
};

export const MAIN_EMBEDDINGS = [tableOfContent, video];

export const READONLY_MAIN_EMBEDDINGS = [tableOfContent, video];
