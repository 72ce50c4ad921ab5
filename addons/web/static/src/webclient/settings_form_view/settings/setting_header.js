import { Setting } from "@web/views/form/setting/setting";

/** Setting of a whole page: one line above its blocks, which no search hides. */
export class SettingHeader extends Setting {
    static template = "web.HeaderSetting";
}
