export { CallbackRecorder, useCallbackRecorder, useSetupAction } from "@web/views/view_hook";
