export { AND, makeStore, modelRegistry, OR, Record, Store } from "@mail/model/export";
