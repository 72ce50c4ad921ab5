/**
 * @param {Object} menu entry of a menu
 * @returns {string} the address of what it opens
 */
export function menuHref(menu) {
    return menu.actionPath ? `/odoo/${menu.actionPath}` : menu.actionID ? `/odoo/action-${menu.actionID}` : "#";
}

/**
 * The applications and the entries of menus that open something, of a tree of menus.
 *
 * @param {Object} menuTree root, its submenus as `childrenTree`
 * @returns {{apps: Object[], menuItems: Object[]}} entries have `label`, `parents` (names joined by " / "), `id`,
 *  `actionID`, `href`, `xmlid`, `appID`
 */
export function computeAppsAndMenuItems(menuTree) {
    const apps = [];
    const menuItems = [];
    const describe = (menu, parents) => ({
        parents: parents.map((parent) => parent.name).join(" / "),
        label: menu.name,
        id: menu.id,
        xmlid: menu.xmlid,
        actionID: menu.actionID,
        href: menuHref(menu),
        appID: menu.appID,
    });
    const add = (menu, parents) => {
        const isRoot = !menu.id || menu.id === "root";
        const isApp = !isRoot && menu.id === menu.appID;
        if (isApp) {
            const { webIcon, webIconData, webIconDataMimetype } = menu;
            apps.push({ ...describe(menu, []), webIcon, webIconData, webIconDataMimetype });
        } else if (!isRoot && menu.actionID) {
            menuItems.push(describe(menu, parents));
        }
        (menu.childrenTree || []).forEach((child) => add(child, isRoot ? parents : [...parents, menu]));
    };
    add(menuTree, []);
    return { apps, menuItems };
}

/**
 * Put applications in the order that a user chose; those he has not placed come last.
 *
 * @param {{xmlid: string}[]} apps sorted in place
 * @param {string[]} order external ids
 */
export function reorderApps(apps, order) {
    const position = ({ xmlid }) => (order.includes(xmlid) ? order.indexOf(xmlid) : order.length);
    apps.sort((a, b) => position(a) - position(b));
}
