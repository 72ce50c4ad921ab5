import { AssetsLoadingError } from "@web/core/assets";
import { loadEmoji } from "@web/core/emoji_picker/emoji_picker";
import { escape, unaccent } from "@web/core/utils/strings";
import { url } from "@web/core/utils/urls";

/** A sign that stands for a thing or a feeling, with what changes its look. */
export const EMOJI_REGEX = /\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\u200d/gu;
const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>"'.,;:!?)\]]/gi;
const MARKS = /\p{M}/gu;

/** @param {string} term @returns {string} the text by which it is looked for: small, without accents */
export function cleanTerm(term) {
    return unaccent((typeof term === "string" ? term : "").toLowerCase()).replace(MARKS, "");
}

/** @param {string} text `"Name" <address>` or an address @returns {[string, string]|undefined[]} name and address */
export function parseEmail(text) {
    const found = /^\s*(?:"?([^"<]*?)"?\s*<)?\s*([^\s<>@]+@[^\s<>@]+\.[^\s<>@]+?)\s*>?\s*$/.exec(text || "");
    return found ? [(found[1] || found[2]).trim(), found[2]] : [undefined, undefined];
}

/** What somebody wrote as HTML: nothing in it is a tag, spaces and lines stay. @param {string} text */
export function escapeAndCompactTextContent(text) {
    const lines = String(text).trim().replace(/\r\n?/g, "\n");
    return escape(lines).replaceAll("\n", "<br/>").replace(/ {2}/g, " &nbsp;");
}

/** @param {string} html @returns {string} its text with the lines as they are shown */
export function convertBrToLineBreak(html) {
    const page = new DOMParser().parseFromString(String(html), "text/html");
    page.querySelectorAll("br").forEach((br) => br.replaceWith("\n"));
    return page.body.textContent;
}

/** @param {string} html @returns {string} its text on one line */
export function htmlToTextContentInline(html) {
    const page = new DOMParser().parseFromString(String(html), "text/html");
    page.querySelectorAll("br, p, div, li, tr").forEach((block) => block.prepend(" "));
    return page.body.textContent.replace(/\s+/g, " ").trim();
}

/** The texts of a page that may have links put in. */
function linkableTexts(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        if (!walker.currentNode.parentElement.closest("a, button, code, pre")) {
            found.push(/** @type {Text} */ (walker.currentNode));
        }
    }
    return found;
}

/** Put links in the place of the addresses in a text. @param {Text} node */
export function addLink(node) {
    for (const { 0: address } of [...node.textContent.matchAll(ADDRESS)]) {
        const link = document.createElement("a");
        link.href = address.startsWith("www.") ? `https://${address}` : address;
        link.target = "_blank";
        link.rel = "noreferrer noopener";
        link.textContent = address;
        const rest = node.splitText(node.textContent.indexOf(address));
        rest.textContent = rest.textContent.slice(address.length);
        node.after(link);
        node = rest;
    }
}

/**
 * Change the texts of a piece of HTML.
 *
 * @param {string} html
 * @param {(node: Text) => void} transform changes a text in place
 * @returns {string} the HTML with what was changed
 */
export function parseAndTransform(html, transform) {
    const page = new DOMParser().parseFromString(String(html), "text/html");
    linkableTexts(page.body).forEach((node) => transform(node));
    return page.body.innerHTML;
}

/** A link to a record that somebody was pointed to. */
function mentionLink(text, model, id, className) {
    const link = document.createElement("a");
    const address = model === "discuss.channel" ? "#" : url(`/odoo/${model}/${id}`);
    link.setAttribute("href", address);
    link.className = className;
    link.dataset.oeId = id;
    link.dataset.oeModel = model;
    link.setAttribute("target", "_blank");
    link.setAttribute("contenteditable", "false");
    link.textContent = text;
    return link;
}

/** What was meant with names in a text: `{text, make}`; longer names first, as they may begin with shorter ones. */
function mentionsOf({ partners = [], threads = [], specialMentions = [] } = {}) {
    const found = [
        ...partners.map(({ id, name }) => ({
            text: `@${name}`,
            make: () => mentionLink(`@${name}`, "res.partner", id, "o_mail_redirect"),
        })),
        ...threads.map(({ displayName, id, model }) => ({
            text: `#${displayName}`,
            make: () => mentionLink(`#${displayName}`, model, id, "o_channel_redirect"),
        })),
        ...specialMentions.map((label) => ({
            text: `@${label}`,
            make: () => {
                const link = mentionLink(`@${label}`, "", "", "o-discuss-mention");
                link.setAttribute("href", "#");
                return link;
            },
        })),
    ];
    return found.sort((a, b) => b.text.length - a.text.length);
}

/** Put links in the place of names, each as often as it stands there. */
function addMentions(node, mentions) {
    for (let text = node; text;) {
        const places = mentions
            .map((mention) => ({ mention, at: text.textContent.indexOf(mention.text) }))
            .filter(({ at }) => at >= 0)
            .sort((a, b) => a.at - b.at || b.mention.text.length - a.mention.text.length);
        if (!places.length) {
            return;
        }
        const [{ mention, at }] = places;
        const rest = text.splitText(at);
        rest.textContent = rest.textContent.slice(mention.text.length);
        text.after(mention.make());
        text = rest;
    }
}

/** All signs; none where they cannot be loaded, as a text is rather sent as it was typed. */
async function knownEmojis() {
    try {
        const { emojis } = await loadEmoji();
        return emojis;
    } catch (error) {
        if (error instanceof AssetsLoadingError) {
            return [];
        }
        throw error;
    }
}

/** Put signs in the place of what people type for them, where it stands alone. */
async function addEmojis(text) {
    // most texts have nothing that could stand for a sign, and need no list of them
    if (!/(^|\s)([:;<=>8BxX]\S{1,3}|:\w+:)(?=\s|$)/.test(text)) {
        return text;
    }
    const emojis = await knownEmojis();
    const signs = new Map(
        emojis.flatMap(({ codepoints, emoticons = [], shortcodes = [] }) =>
            [...emoticons, ...shortcodes].map((source) => [source, codepoints])
        )
    );
    return text.replace(/(^|\s)(\S+)(?=\s|$)/g, (all, before, word) =>
        signs.has(word) ? `${before}${signs.get(word)}` : all
    );
}

/**
 * What somebody wrote as the body of a message: names become links, and addresses, and signs are shown.
 *
 * @param {string} rawBody
 * @param {{partners?: Object[], threads?: Object[], specialMentions?: string[]}} [validRecords] who was named
 * @returns {Promise<string>} HTML
 */
export async function prettifyMessageContent(rawBody, validRecords = {}) {
    const mentions = mentionsOf(validRecords);
    const html = escapeAndCompactTextContent(await addEmojis(rawBody));
    const withNames = parseAndTransform(html, (node) => addMentions(node, mentions));
    return parseAndTransform(withNames, addLink);
}
