/** What barcodes mean: entries BAR-3 to BAR-6, BAR-9, BAR-10, BAR-12 and BAR-12b as clients have them. */
import { describe, expect, test, vi } from "vitest";
import { BarcodeParser } from "@barcodes/js/barcode_parser";
import { checkEncoding, getCheckDigit } from "@barcodes/js/check_digits";
import { GS1BarcodeError } from "@barcodes_gs1_nomenclature/js/barcode_parser";
import { afterThis } from "./mount";

const parser = (rules, values = {}) =>
    new BarcodeParser({
        nomenclature: {
            upc_ean_conv: "always",
            rules: rules.map((rule) => ({ encoding: "any", type: "product", pattern: ".*", ...rule })),
            ...values,
        },
    });
const parse = (code, ...rules) => parser(rules).parse_barcode(code);

describe("BAR-12: encodings", () => {
    test.each([
        ["12345670", "ean8", true],
        ["12345671", "ean8", false],
        ["2012345610255", "ean13", true],
        ["0725272730706", "ean13", true],
        ["725272730706", "upca", true],
        ["04012345123456", "gtin14", true],
        ["095265678901234568", "sscc", true],
        ["1234567a", "ean8", false],
        ["anything", "any", true],
        ["12345670", "code39", false],
    ])("%s is %s: %s", (code, encoding, isRight) => {
        expect(checkEncoding(code, encoding)).toBe(isRight);
    });

    test("check digits", () => {
        expect(getCheckDigit("2012345610250")).toBe(5);
        const { sanitize_ean: ean, sanitize_upc: upc } = BarcodeParser.prototype;
        expect(ean.call(BarcodeParser.prototype, "201234561025")).toBe("0201234561026");
        expect(upc.call(BarcodeParser.prototype, "725272730700")).toBe("725272730706");
    });
});

describe("BAR-4: numbers in barcodes", () => {
    test.each([
        ["12345670", "ean8", "{NNNNNNNN}", "00000000", 12345670],
        ["11012344", "any", "11.....{N}", "11012340", 4],
        ["1020034051259", "ean13", "1........{NND}.", "1020034050009", 12.5],
        ["2012345610255", "ean13", ".....{NNNDDDD}.", "2012300000008", 456.1025],
        ["A{0425", "any", "A\\{0{NN}.", "A{0005", 42],
        ["A0", "any", "A{N}", "A0", 0],
    ])("%s (%s) is %s", (code, encoding, pattern, base_code, value) => {
        expect(parse(code, { encoding, pattern })).toEqual({ encoding, type: "product", code, base_code, value });
    });

    test("BAR-12b: the check digit of an EAN-8 is worked out anew", () => {
        expect(parse("66012344", { encoding: "ean8", pattern: "66{NN}...." }).base_code).toBe("66002345");
        expect(parse("66012344", { pattern: "66{NN}...." }).base_code).toBe("66002344");
    });
});

describe("BAR-3: rules", () => {
    test("that do not fit", () => {
        const error = { encoding: "", type: "error", code: "x1", base_code: "x1", value: 0 };
        expect(parse("x1", { pattern: "1" }, { encoding: "ean8" }, { pattern: "(" })).toEqual(error);
        expect(parse("x1", { pattern: "a|x" }).type).toBe("product");
        expect(parse("yx1", { pattern: "a|x" }).type).toBe("error");
    });

    test("BAR-12b: of aliases, UPC and EAN", () => {
        const alias = { pattern: "99", type: "alias", alias: "725272730706" };
        expect(parse("99", alias)).toMatchObject({ type: "alias", code: "725272730706" });
        expect(parse("99", alias, { encoding: "ean13" })).toMatchObject({ type: "product", code: "0725272730706" });
        expect(parse("0725272730706", { encoding: "upca" }).code).toBe("725272730706");
        const never = parser([{ encoding: "upca" }], { upc_ean_conv: "none" });
        expect(never.parse_barcode("0725272730706").type).toBe("error");
    });

    test("are loaded from the server", async () => {
        const orm = {
            read: vi.fn(async () => [{ id: 3, name: "Shop", rule_ids: [1] }]),
            searchRead: vi.fn(async () => [{ id: 1, pattern: ".*" }]),
        };
        const nomenclature = await BarcodeParser.fetchNomenclature(orm, 3);
        expect(nomenclature).toEqual({ id: 3, name: "Shop", rule_ids: [1], rules: [{ id: 1, pattern: ".*" }] });
        expect(orm.searchRead.mock.calls[0].slice(0, 2)).toEqual([
            "barcode.rule",
            [["barcode_nomenclature_id", "=", 3]],
        ]);
    });
});

test("BAR-6: identifiers", () => {
    const things = (uri) => {
        const found = parse(uri);
        return Array.isArray(found) ? found.map(({ type, code }) => [type, code]) : found.code || found;
    };
    expect(things("urn:epc:class:lgtin : 4012345.012345.998877")).toEqual([
        ["product", "04012345123456"],
        ["lot", "998877"],
    ]);
    expect(things("urn:epc:tag:sgtin-96 : 1.358378.0728089.620776")).toEqual([
        ["product", "03583787280898"],
        ["lot", "620776"],
    ]);
    expect(things("urn:epc:id:sscc:952656789012.03456")).toBe("095265678901234568");
    expect(things("urn:epc:id:gdti:1.2.3")).toBe("urn:epc:id:gdti:1.2.3");
});

describe("BAR-9: barcodes of GS1", () => {
    const rule = (pattern, type, gs1_content_type, more) => ({
        encoding: "gs1-128",
        pattern,
        type,
        gs1_content_type,
        name: type,
        ...more,
    });
    const gs1 = parser(
        [
            rule("(01)(\\d{14})", "product", "identifier"),
            rule('(10)([!-"%-/0-9:-?A-Z_a-z]{0,20})', "lot", "alpha"),
            rule("(17)(\\d{6})", "expiration_date", "date"),
            rule("(310[0-5])(\\w{6})", "quantity", "measure", { gs1_decimal_usage: true }),
            rule("()()", "nothing", "alpha"),
        ],
        { is_gs1_nomenclature: true, gs1_separator_fnc1: "(Alt029|#|\\x1D)" }
    );

    test("are taken apart", () => {
        vi.useFakeTimers({ now: new Date(2020, 5, 1), toFake: ["Date"] });
        afterThis(() => vi.useRealTimers());
        const found = gs1.parse_barcode("]C1010401234512345610A-1#1752030031020020041020");
        expect(found.map(({ type, ai, value }) => [type, ai, value])).toEqual([
            ["product", "01", "04012345123456"],
            ["lot", "10", "A-1"],
            ["expiration_date", "17", new Date(2052, 2, 31)],
            ["quantity", "3102", 20.04],
            ["lot", "10", "20"],
        ]);
        expect(found[0]).toMatchObject({ string_value: "04012345123456", code: "04012345123456" });
        expect(gs1.gs1_date_to_date("200200")).toEqual(new Date(2020, 1, 29));
        expect(gs1.gs1_date_to_date("710101").getFullYear()).toBe(1971);
    });

    test("fail where a part means nothing", () => {
        for (const code of ["0104012345123457", "99", "17201301", "310200a004"]) {
            expect(() => gs1.parse_barcode(code)).toThrow(GS1BarcodeError);
        }
        expect(() => gs1.gs1_date_to_date("2013")).toThrow(GS1BarcodeError);
    });
});
