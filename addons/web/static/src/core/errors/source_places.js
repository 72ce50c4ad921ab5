import { assets } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";

/** Place in a script that was made of many modules: address, line, column. */
const PLACE = /(https?:\/\/[^\s()]+\.min\.js):(\d+):(\d+)/g;

/** Maps that were read, by the address of their script. @type {Map<string, Promise<Object>>} */
const maps = new Map();

async function readMap(script) {
    const [answer] = await Promise.all([browser.fetch(`${script}.map`), assets.loadBundle("web.trace_mapping_lib")]);
    if (!answer.ok) {
        throw new Error(`${answer.url}: HTTP ${answer.status}`);
    }
    return new globalThis.TraceMapping.AnyMap(await answer.json());
}

async function mapOf(script) {
    if (!maps.has(script)) {
        maps.set(script, readMap(script));
    }
    try {
        return await maps.get(script);
    } catch (error) {
        // asked again with the next error
        maps.delete(script);
        browser.console.warn("The places of an error are those of the script that was made:", error);
        return null;
    }
}

/** Whether scripts of the page were made of modules, and have a map of them. */
function isOwn(script) {
    return script.startsWith(`${browser.location.origin}/web/assets/`);
}

/**
 * Put the places of modules where a traceback has those of the script that was made of them.
 *
 * @param {string} traceback
 * @returns {Promise<string>} the same text where nothing is known
 */
export async function withSourcePlaces(traceback) {
    const scripts = new Set([...traceback.matchAll(PLACE)].map(([, script]) => script).filter(isOwn));
    const known = new Map();
    for (const script of scripts) {
        known.set(script, await mapOf(script));
    }
    return traceback.replace(PLACE, (place, script, line, column) => {
        const map = known.get(script);
        const found = map && globalThis.TraceMapping.originalPositionFor(map, { line: +line, column: column - 1 });
        return found?.source ? `${found.source}:${found.line}:${found.column + 1}` : place;
    });
}
