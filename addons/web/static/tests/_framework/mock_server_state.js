/** What the server would say of its users, companies and languages; tests change it. */

import { after, isInTest } from "./hoot/core";
import { currencies } from "@web/core/currency";
import { session } from "@web/session";
import { user } from "@web/core/user";

/** Records that are there before a test makes any. */
const PEOPLE = { userId: 7, partnerId: 17, partnerName: "Mitchell Admin", odoobotId: 418, groupId: 11 };
const PUBLIC = { publicUserId: 8, publicPartnerId: 18, publicPartnerName: "Public user" };
const money = (id, name, symbol, position) => ({ id, name, symbol, position });
const DEFAULTS = {
    ...PEOPLE,
    ...PUBLIC,
    ...{ lang: "en", timezone: "taht", multiLang: false, userContext: {} },
    companies: [{ id: 1, name: "Hermit" }],
    currencies: [money(1, "USD", "$", "before"), money(2, "EUR", "€", "after")],
    ...{ db: "test", debug: "", serverVersion: [18, 0, 0, "final", 0, ""] },
    view_info: session.view_info,
};

/** What parts of the client are told of a value. */
const APPLIED = {
    companies(companies) {
        const allowed = companies.map((company) => [
            company.id,
            { sequence: 10, parent_id: false, child_ids: [], ...company },
        ]);
        session.user_companies = {
            allowed_companies: Object.fromEntries(allowed),
            current_company: companies[0]?.id,
            disallowed_ancestor_companies: {},
        };
    },
    currencies(list) {
        Object.keys(currencies).forEach((id) => delete currencies[id]);
        list.forEach(({ id, digits, ...currency }) => (currencies[id] = { digits: digits || [69, 2], ...currency }));
    },
    db: (db) => (session.db = db),
    debug: (debug) => (globalThis.odoo.debug = debug),
    lang: (lang) => user.updateContext({ lang }),
    partnerId: (id) => (user.partnerId = session.partner_id = id),
    partnerName: (name) => (user.name = session.name = name),
    timezone: (tz) => user.updateContext({ tz }),
    userContext: (context) => user.updateContext(context),
    userId: (id) => (user.userId = session.uid = id),
    view_info: (info) => (session.view_info = info),
};

const values = { ...DEFAULTS };

/** @type {typeof DEFAULTS} */
export const serverState = new Proxy(values, {
    set(target, key, value) {
        if (!(key in DEFAULTS)) {
            throw new Error(`"${String(key)}" is nothing that the state of the server has`);
        }
        const before = target[key];
        if (isInTest()) {
            after(() => apply(key, before));
        }
        apply(key, value);
        return true;
    },
});

function apply(key, value) {
    values[key] = value;
    APPLIED[key]?.(value);
}

/** Tell the client of the state of the server, as it is before each test. */
export function applyServerState() {
    Object.entries(DEFAULTS).forEach(([key, value]) => apply(key, structuredClone(value)));
}
