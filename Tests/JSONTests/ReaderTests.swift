import Foundation
import JSON
import Testing

@Suite struct `The JSON reader` {
    static let accepted: [(text: String, value: JSONValue)] = [
        ("null", .null), (" true ", .bool(true)), ("\t\r\nfalse\n", .bool(false)),
        ("0", .integer(0)), ("-0", .integer(0)), ("-1", .integer(-1)), ("10", .integer(10)),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("3.0", .number(3)), ("1e3", .number(1_000)), ("1E+3", .number(1_000)), ("-2.5e-1", .number(-0.25)),
        ("0.1", .number(0.1)), ("0e0", .number(0)), ("12345678901234567890.0", .number(12_345_678_901_234_567_168)),
        ("1e-999", .number(0)), ("-0.0", .number(-0.0)),
        ("\"\"", .string("")), ("\"a/b\\/c\"", .string("a/b/c")),
        ("\"\\u00e9\\\"\\\\\\b\\f\\n\\r\\t\"", .string("é\"\\\u{8}\u{c}\n\r\t")),
        ("\"\\ud83c\\udfe0\\uD83C\\uDFE0\"", .string("🏠🏠")), ("\"漢🏠\u{7f}\"", .string("漢🏠\u{7f}")),
        ("\"\\u0001\"", .string("\u{1}")), ("\"\\uFFFF\"", .string("\u{FFFF}")),
        ("[]", .array([])), ("[ ]", .array([])), ("[1,[2]]", .array([.integer(1), .array([.integer(2)])])),
        ("{}", .object([])), ("{ \"\" : null }", .object([.init("", .null)])),
        (
            "{\"b\":1,\"a\":{\"b\":2}}",
            .object([.init("b", .integer(1)), .init("a", .object([.init("b", .integer(2))]))])
        ),
    ]

    @Test(arguments: accepted.map(\.text))
    func `reads what RFC 8259 allows`(text: String) throws {
        let row = try #require(Self.accepted.first { $0.text == text })
        #expect(try JSONValue(Array(text.utf8)) == row.value)
    }

    static let refused: [(text: String, offset: Int, pointer: String, reason: JSONProblem.Reason)] = [
        ("", 0, "", .empty), (" \n", 2, "", .empty), ("nul", 3, "", .endsEarly), ("nulL", 3, "", .unexpected),
        ("True", 0, "", .unexpected), ("\u{FEFF}1", 0, "", .byteOrderMark), ("1 2", 2, "", .afterTheEnd),
        ("{}}", 2, "", .afterTheEnd), ("[1,]", 3, "", .trailingComma), ("{\"a\":1,}", 7, "", .trailingComma),
        ("[,1]", 1, "/0", .unexpected), ("[1 2]", 3, "", .unexpected), ("[1", 2, "", .endsEarly),
        ("{\"a\"", 4, "", .endsEarly), ("{\"a\":", 5, "/a", .endsEarly), ("{\"a\" 1}", 5, "", .unexpected),
        ("{a:1}", 1, "", .unexpected), ("{'a':1}", 1, "", .unexpected), ("{1:1}", 1, "", .unexpected),
        ("01", 0, "", .number), ("-", 1, "", .endsEarly), ("-x", 1, "", .number), ("1.", 2, "", .endsEarly),
        ("1.e1", 2, "", .number), ("1e", 2, "", .endsEarly), ("1e+", 3, "", .endsEarly), (".5", 0, "", .unexpected),
        ("+1", 0, "", .unexpected), ("-00", 0, "", .number), ("0x1", 1, "", .afterTheEnd), ("NaN", 0, "", .unexpected),
        ("[1e999]", 1, "/0", .numberOutOfRange), ("9223372036854775808", 0, "", .numberOutOfRange),
        ("-9223372036854775809", 0, "", .numberOutOfRange), ("[0,99999999999999999999]", 3, "/1", .numberOutOfRange),
        ("\"a", 2, "", .endsEarly), ("\"\u{1}\"", 1, "", .control), ("\"\n\"", 1, "", .control),
        ("\"\\u0041\n\"", 7, "", .control), ("\"\\x\"", 1, "", .escape), ("\"\\u12g4\"", 1, "", .escape),
        ("\"\\u12", 5, "", .endsEarly), ("\"a\\u0000\"", 2, "", .zero), ("\"\\ud800\"", 1, "", .surrogate),
        ("\"\\udc00\"", 1, "", .surrogate), ("\"\\ud800\\u0041\"", 1, "", .surrogate),
        ("\"\\ud800\\n\"", 1, "", .surrogate),
        ("{\"a\":1,\"a\":2}", 7, "/a", .duplicateKey), ("{\"a\":1,\"\\u0061\":2}", 7, "/a", .duplicateKey),
        ("[{\"x\":{\"a/b~\":1,\"a/b~\":2}}]", 16, "/0/x/a~1b~0", .duplicateKey),
        ("{\"people\":[{},{\"age\":01}]}", 21, "/people/1/age", .number),
        ("// a\n1", 0, "", .unexpected), ("\u{0}", 0, "", .unexpected), ("1\u{0}", 1, "", .afterTheEnd),
        ("\u{A0}1", 0, "", .unexpected),
    ]

    @Test(arguments: refused.map(\.text))
    func `refuses everything else and says where`(text: String) throws {
        let row = try #require(Self.refused.first { $0.text == text })
        let problem = problem(Array(text.utf8))
        #expect(problem?.offset == row.offset)
        #expect(problem?.pointer == row.pointer)
        #expect(problem?.reason == row.reason)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0xE2, 0x82, 0x22],
        ] as [[UInt8]])
    func `refuses bytes that are not UTF-8`(bytes: [UInt8]) {
        #expect(problem(bytes)?.reason == .notUTF8)
    }

    @Test func `names every reason in a case of its own`() {
        let shown = Set(Self.refused.map(\.reason)).union([.notUTF8, .tooDeep])
        #expect(shown == Set(JSONProblem.Reason.allCases))
    }

    @Test func `nests as deeply as it is allowed and no deeper`() {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth)
        }
        #expect(problem(nested(32)) == nil)
        #expect(problem(nested(33))?.reason == .tooDeep)
        #expect(problem(nested(33))?.offset == 32)
        #expect(problem(Array(repeating: 0x5B, count: 200_000))?.reason == .tooDeep)
        #expect(throws: JSONProblem.self) { try JSONValue(nested(300), depthMax: .max) }
        #expect(throws: JSONProblem.self) { try JSONValue(nested(1), depthMax: -1) }
        #expect(throws: Never.self) { try JSONValue(nested(2), depthMax: 2) }
    }

    @Test func `finds a name that comes again among many`() {
        let names = (0..<40).map { "\"name\($0)\":\($0)" }
        #expect(problem(Array("{\(names.joined(separator: ","))}".utf8)) == nil)
        #expect(problem(Array("{\(names.joined(separator: ",")),\"name3\":0}".utf8))?.pointer == "/name3")
        #expect(problem(Array("{\(names.joined(separator: ",")),\"name39\":0}".utf8))?.reason == .duplicateKey)
    }

    @Test(arguments: UInt64(1)...200)
    func `survives every prefix of a document`(seed: UInt64) {
        var random = SplitMix64(state: seed)
        let value = JSONValue.array([random.document(), .object([.init("k", random.document())])])
        let bytes = JSONWriter.bytes(of: value, isPretty: seed.isMultiple(of: 2))
        for count in 0..<bytes.count {
            #expect(problem(Array(bytes.prefix(count))) != nil)
        }
        #expect(problem(bytes) == nil)
    }

    @Test(arguments: UInt64(1)...200)
    func `reads nothing that Foundation would not, whatever bytes are changed`(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let good = JSONWriter.bytes(of: JSONValue.array([random.document(), random.document()]))
        for _ in 0..<50 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : 0x22
            }
            // What is refused is right or over-strict, which the table above is there to tell.
            guard let value = try? JSONValue(bytes) else { continue }
            let theirs = try JSONDecoder().decode(Oracle.self, from: Data(bytes))
            #expect(theirs == Oracle(value), "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    private func problem(_ bytes: [UInt8]) -> JSONProblem? {
        do throws(JSONProblem) {
            _ = try JSONValue(bytes)
            return nil
        } catch {
            return error
        }
    }
}
