export { CallbackRecorder, useSetupAction } from "@web/views/view_hook";
