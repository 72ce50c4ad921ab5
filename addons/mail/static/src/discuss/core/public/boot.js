import { DiscussPublic } from "@mail/discuss/core/public/discuss_public";
import { startWebClient } from "@web/boot/start";

/** Entry of the page of a channel. */
startWebClient(DiscussPublic);
