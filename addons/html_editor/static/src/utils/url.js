/** Addresses as they are typed. */

const SCHEME = /^[a-z][a-z\d+.-]*:/i;
const SAFE = /^(?:https?|mailto|tel|sms|ftp|sip|whatsapp|tg):/i;
const MAIL = /^[^\s@/:]+@[^\s@/]+\.[a-z]{2,}$/i;
const PHONE = /^\+?[\d\s().-]{6,}$/;
const HOST = /^(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:[/?#]\S*)?$/i;
/** An address in a text. */
export const URL_IN_TEXT = /(?:https?:\/\/|www\.)[^\s<>"']+[^\s<>"'.,;:!?)\]]/i;

/**
 * @param {string} text
 * @returns {string} the address that is meant, "" where it is none that may be opened
 */
export function urlOf(text) {
    const typed = text.trim();
    if (!typed || /\s/.test(typed.replace(PHONE, ""))) {
        return "";
    }
    if (MAIL.test(typed)) {
        return `mailto:${typed}`;
    }
    if (PHONE.test(typed)) {
        return `tel:${typed.replace(/[\s().-]/g, "")}`;
    }
    if (/^(?:[/#?]|\{\{)/.test(typed)) {
        return typed;
    }
    if (HOST.test(typed)) {
        return `https://${typed}`;
    }
    return SCHEME.test(typed) ? (SAFE.test(typed) ? typed : "") : `https://${typed}`;
}

/** @param {string} text @returns {boolean} whether it is nothing but an address of the web */
export function isWebAddress(text) {
    const [found] = URL_IN_TEXT.exec(text) || [];
    return found === text;
}
