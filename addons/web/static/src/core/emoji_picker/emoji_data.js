import { browser } from "@web/core/browser/browser";
import { AssetsLoadingError } from "@web/core/assets";
import { user } from "@web/core/user";

/** Languages that names and keywords are there in. */
const LANGUAGES =
    "bn da de en en-gb es es-mx et fi fr hi hu it ja ko lt ms nb nl pl pt ru sv th uk vi zh zh-hant".split(" ");
/** Groups that are no emojis by themselves, such as tones of skin. */
const PARTS = [2];

/** @param {string} [lang] such as fr_BE @returns {string} the language, its family, or English */
export function emojiLanguage(lang = "en") {
    const code = lang.toLowerCase().replace("_", "-").split("@")[0];
    return [code, code.split("-")[0], "en"].find((candidate) => LANGUAGES.includes(candidate));
}

async function read(lang, name) {
    const address = `/web/npm/emojibase-data/${lang}/${name}.json`;
    const response = await browser.fetch(address);
    if (!response.ok) {
        throw new AssetsLoadingError(`The emojis are not there: ${address} (${response.status})`);
    }
    return response.json();
}

/**
 * @typedef {{category: string, codepoints: string, emoticons: string[], keywords: string[], name: string}} Emoji
 * @typedef {{name: string, displayName: string, title: string, sortId: number}} Category
 */

/** @returns {Promise<{categories: Category[], emojis: Emoji[]}>} all emojis, with names in the user's language */
export async function readEmojis() {
    const lang = emojiLanguage(user.context.lang);
    const [rows, { groups }] = await Promise.all([read(lang, "compact"), read(lang, "messages")]);
    const shown = rows.filter(({ group }) => group !== undefined && !PARTS.includes(group));
    const nameOf = (order) => groups.find((group) => group.order === order);
    const emojis = shown.map(({ group, unicode, label, tags = [], emoticon = [] }) => ({
        category: nameOf(group).key,
        codepoints: unicode,
        emoticons: [].concat(emoticon),
        keywords: tags,
        name: label,
    }));
    const categories = groups
        .filter(({ order }) => !PARTS.includes(order))
        .map(({ key, message, order }) => ({
            name: key,
            displayName: message,
            title: emojis.find(({ category }) => category === key).codepoints,
            sortId: order,
        }));
    return { categories, emojis };
}
