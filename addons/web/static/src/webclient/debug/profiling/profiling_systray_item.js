export { profilingSystrayItem } from "@web/core/debug/profiling/profiling_systray_item";
