export { startWebClient } from "@web/boot/start";
