export { titleService } from "@web/core/title_service";
