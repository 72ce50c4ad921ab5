import { UserMenu } from "@web/webclient/user_menu/user_menu";

/** What the menu of the user offers, as a part of the menu of small screens. */
export class BurgerUserMenu extends UserMenu {
    static template = "web.BurgerUserMenu";

    /** @param {MouseEvent} ev @param {{callback: Function}} element */
    _onItemClicked(ev, { callback }) {
        // links are there for the pointer that wants another window
        ev.preventDefault();
        callback();
    }
}
