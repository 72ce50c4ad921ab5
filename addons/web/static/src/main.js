import { startWebClient } from "@web/boot/start";
import { WebClient } from "@web/webclient/webclient";

/** Entry of the application; addons may show another root component by replacing this module in the bundle. */
startWebClient(WebClient);
