import * as library from "jquery";

/** jQuery, for addons of public pages that want it as a global. */
const jQuery = library["default"] || globalThis["jQuery"];
Object.assign(globalThis, { $: jQuery, jQuery });

export default jQuery;
