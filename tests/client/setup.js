/** What the page of the client defines before its modules run. */
import * as luxon from "luxon";

globalThis.luxon = luxon;
globalThis.odoo = { __session_info__: { user_context: {} }, csrf_token: "", debug: "" };
