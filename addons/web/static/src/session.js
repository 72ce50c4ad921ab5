/** What the server put in the page about the connected user. */
export const session = globalThis.odoo?.__session_info__ || {};
