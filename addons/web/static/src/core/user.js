import { rpc } from "@web/core/network/rpc";
import { Cache } from "@web/core/utils/cache";
import { session } from "@web/session";

function callModel(model, method, args, kwargs = {}) {
    return rpc(`/web/dataset/call_kw/${model}/${method}`, { model, method, args, kwargs });
}

/** Build the object that describes the connected user from the session. */
export function _makeUser(session) {
    const context = { ...session.user_context };
    const settings = { ...session.user_settings };
    const uid = session.uid || false;
    const known = {};
    if (session.is_internal_user !== undefined) {
        known["base.group_user"] = Promise.resolve(session.is_internal_user);
    }
    if (session.is_system !== undefined) {
        known["base.group_system"] = Promise.resolve(session.is_system);
    }
    const groups = new Cache((group) =>
        group in known
            ? known[group]
            : uid
              ? callModel("res.users", "has_group", [uid, group], { context })
              : Promise.resolve(false)
    );
    const accessRights = new Cache(
        (model, operation, ids) => callModel(model, "has_access", [ids, operation], { context }),
        JSON.stringify
    );
    accessRights.getKey = (model, operation, ids) => JSON.stringify([model, operation, ids]);
    return {
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
        userId: uid,
        settings,
        get context() {
            return { ...context, uid: this.userId };
        },
        get lang() {
            return context.lang;
        },
        get tz() {
            return context.tz;
        },
        get db() {
            return { uuid: session["db_uuid"], name: session.db };
        },
        hasGroup: (group) => groups.read(group),
        checkAccessRight: (model, operation, ids = []) => accessRights.read(model, operation, ids),
        /** Set a key of the context that goes with every request. */
        updateContext(update) {
            Object.assign(context, update);
        },
        removeFromContext(key) {
            delete context[key];
        },
        async setUserSettings(key, value) {
            const changed = await callModel("res.users.settings", "set_res_users_settings", [[settings.id]], {
                new_settings: { [key]: value },
                context,
            });
            Object.assign(settings, changed);
        },
        updateUserSettings(key, value) {
            settings[key] = value;
        },
    };
}

/** The connected user. */
export const user = _makeUser(session);

const LAST_CONNECTED_USER_KEY = "web.lastConnectedUser";
export const lastConnectedUserKey = LAST_CONNECTED_USER_KEY;
