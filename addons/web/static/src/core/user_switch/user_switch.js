import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { forgetUser, getLastConnectedUsers } from "@web/core/user";
import { session } from "@web/session";

/** Those who worked in this browser, on the page that people log in at: one of them has only the password to type. */
export class UserSwitch extends Component {
    static template = "web.UserSwitch";
    static props = {};

    setup() {
        const users = getLastConnectedUsers().filter(
            ({ db, login }) => login && (!db || !session.db || db === session.db)
        );
        this.state = useState({ users, chosen: "" });
    }

    nameOf({ login, name }) {
        return name || login;
    }

    initialOf(user) {
        return this.nameOf(user).trim().charAt(0).toUpperCase();
    }

    forgetLabel(user) {
        return _t("Forget %s", this.nameOf(user));
    }

    /** @param {string} name @returns {HTMLInputElement|null} an input of the form beside */
    input(name) {
        return document.querySelector(`.oe_login_form input[name='${name}']`);
    }

    choose({ login }) {
        this.state.chosen = login;
        const [loginInput, password] = [this.input("login"), this.input("password")];
        if (loginInput) {
            loginInput.value = login;
        }
        password?.focus();
    }

    forget(user) {
        forgetUser(user);
        this.state.users = this.state.users.filter((other) => other !== user);
        this.input("login")?.focus();
    }
}

registry.category("public_components").add("web.user_switch", UserSwitch);
