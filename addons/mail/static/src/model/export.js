export { AND, modelRegistry, OR } from "@mail/model/misc";
export { makeStore } from "@mail/model/make_store";
export { Record } from "@mail/model/record";
export { Store } from "@mail/model/store";
