export { reposition } from "@web/core/position/position_hook";
