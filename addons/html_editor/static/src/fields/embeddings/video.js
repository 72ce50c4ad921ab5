import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** Addresses of players, by site. */
const PLAYERS = {
    dailymotion: "https://www.dailymotion.com/embed/video/",
    instagram: "https://www.instagram.com/p/",
    vimeo: "https://player.vimeo.com/video/",
    youtube: "https://www.youtube.com/embed/",
};
const SAFE_ID = /^[\w-]{1,64}$/;

/** @param {{platform: string, videoId: string, params?: Object}} video @returns {string} address of its player, "" without */
export function playerUrl({ platform, videoId, params = {} }) {
    if (!Object.hasOwn(PLAYERS, platform) || !SAFE_ID.test(videoId)) {
        return "";
    }
    const query = new URLSearchParams(Object.entries(params || {}).map(([key, value]) => [key, String(value)]));
    const end = platform === "instagram" ? "/embed/" : "";
    return `${PLAYERS[platform]}${videoId}${end}${query.size ? `?${query}` : ""}`;
}

/** A video of another site. */
export class EmbeddedVideo extends Component {
    static template = "html_editor.EmbeddedVideo";
    static props = {
        platform: { type: String, optional: true },
        videoId: { type: String, optional: true },
        params: { type: Object, optional: true },
    };

    get url() {
        return playerUrl(/** @type {any} */ (this.props));
    }

    get title() {
        return _t("Video").toString();
    }
}
