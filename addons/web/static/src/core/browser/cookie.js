const YEAR = 365 * 24 * 60 * 60;

/** Cookies of the page. */
export const cookie = {
    /** Raw text of all cookies. */
    get _cookieMonster() {
        return document.cookie;
    },

    /** @returns {string|undefined} */
    get(name) {
        for (const part of document.cookie.split("; ")) {
            const index = part.indexOf("=");
            if (part.slice(0, index) === name) {
                return part.slice(index + 1);
            }
        }
    },

    /** @param {number} [ttl] life in seconds */
    set(name, value, ttl = YEAR) {
        const parts = [`${name}=${value ?? ""}`, "path=/", `max-age=${Math.floor(ttl)}`, "SameSite=Lax"];
        document.cookie = parts.join("; ");
    },

    delete(name) {
        this.set(name, "kill", 0);
    },
};
