/** Libraries that addon code expects as globals; must be the first module of the bundle. */
import * as owl from "@odoo/owl";
import * as luxon from "luxon";

globalThis.odoo = globalThis.odoo || {};
globalThis.owl = owl;
Object.assign(globalThis, { luxon });
