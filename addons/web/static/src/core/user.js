import { browser } from "@web/core/browser/browser";
import { cookie } from "@web/core/browser/cookie";
import { pyToJsLocale } from "@web/core/l10n/utils/locales";
import { rpc } from "@web/core/network/rpc";
import { Cache } from "@web/core/utils/cache";
import { session } from "@web/session";

function callModel(model, method, args, kwargs = {}) {
    return rpc(`/web/dataset/call_kw/${model}/${method}`, { model, method, args, kwargs });
}

/**
 * Questions about what the user may do; each is asked once.
 *
 * @param {Object} session
 * @param {Object} context goes with every request
 */
function makeAccess(session, context) {
    const { is_internal_user: isInternal, is_system: isSystem, uid } = session;
    // groups that the session tells; those who are not logged in have none
    const told = { "base.group_user": isInternal, "base.group_system": isSystem };
    const groups = new Cache(async (group) => {
        const known = told[group] ?? (uid ? undefined : false);
        return known ?? callModel("res.users", "has_group", [uid, group], { context });
    });
    const rights = new Cache(
        (model, operation, ids) => callModel(model, "has_access", [ids, operation], { context }),
        (...question) => JSON.stringify(question)
    );
    return {
        hasGroup: (group) => groups.read(group),
        checkAccessRight: (model, operation, ids = []) => rights.read(model, operation, ids),
    };
}

/** What the user set for himself, and how he changes it. */
function makeSettings(session, context) {
    const settings = { ...session.user_settings };
    return {
        settings,
        async setUserSettings(key, value) {
            const kwargs = { new_settings: { [key]: value }, context };
            const method = "set_res_users_settings";
            Object.assign(settings, await callModel("res.users.settings", method, [[settings.id]], kwargs));
        },
        updateUserSettings(key, value) {
            settings[key] = value;
        },
    };
}

/** Build the object that describes the connected user from the session. @returns {Object<string, any>} */
export function _makeUser(session) {
    const context = { ...session.user_context };
    return {
        ...makeAccess(session, context),
        ...makeSettings(session, context),
        name: session.name,
        login: session.username,
        isAdmin: session.is_admin,
        isSystem: session.is_system,
        isPublic: session.is_public,
        isInternalUser: session.is_internal_user,
        partnerId: session.partner_id || false,
        homeActionId: session.home_action_id,
        showEffect: session.show_effect,
        writeDate: session.partner_write_date,
        userId: session.uid || false,
        get context() {
            return { ...context, uid: this.userId };
        },
        /** As browsers write it: "fr-BE"; the server's way is in the context. */
        get lang() {
            return pyToJsLocale(context.lang);
        },
        get tz() {
            return context.tz;
        },
        get db() {
            return { uuid: session["db_uuid"], name: session.db };
        },
        /** Set a key of the context that goes with every request. */
        updateContext(update) {
            Object.assign(context, update);
        },
        removeFromContext(key) {
            delete context[key];
        },
    };
}

/** The connected user. */
export const user = _makeUser(session);

const LAST_CONNECTED_USER_KEY = "web.lastConnectedUser";
/** Tells the server that there are some. */
const KNOWN_USERS_COOKIE = "known_users";
export const lastConnectedUserKey = LAST_CONNECTED_USER_KEY;

/** @returns {{db?: string, login: string, name?: string, partnerId?: number, userId?: number}[]} who worked here, the last first */
export function getLastConnectedUsers() {
    try {
        const users = JSON.parse(browser.localStorage.getItem(LAST_CONNECTED_USER_KEY) || "[]");
        return Array.isArray(users) ? users : [];
    } catch {
        return [];
    }
}

/** Have a user proposed where people log in. @param {Record<string, any>} user @param {string} [db] */
export function rememberUser({ login, name, partnerId, userId }, db = session.db) {
    const others = getLastConnectedUsers().filter((other) => other.login !== login || other.db !== db);
    setLastConnectedUsers([{ db, login, name, partnerId, userId }, ...others]);
}

/** Propose one of those who worked here no more. */
export function forgetUser({ db, login }) {
    setLastConnectedUsers(getLastConnectedUsers().filter((other) => other.login !== login || other.db !== db));
}

/** @param {Object[]} users kept in the browser for the login page, five at most */
export function setLastConnectedUsers(users) {
    browser.localStorage.setItem(LAST_CONNECTED_USER_KEY, JSON.stringify(users.slice(0, 5)));
    // the page has no scripts for those who are new
    if (users.length) {
        cookie.set(KNOWN_USERS_COOKIE, "1");
    } else {
        cookie.delete(KNOWN_USERS_COOKIE);
    }
}
