import { Component } from "@odoo/owl";

/** What is behind the links of a message: pictures, and cards of pages. */
export class LinkPreviewList extends Component {
    static template = "mail.LinkPreviewList";
    static props = { canHide: { type: Boolean, optional: true }, previews: Array };
    static defaultProps = { canHide: false };

    /** Where a link leads, as people read it. @param {{source_url: string}} preview */
    siteOf({ og_site_name: name, source_url: address }) {
        return name || (URL.canParse(address) ? new URL(address).hostname : "");
    }

    classOf({ isImage, isVideo }) {
        return isImage ? "o-mail-LinkPreviewImage" : isVideo ? "o-mail-LinkPreviewVideo" : "o-mail-LinkPreviewCard";
    }
}
