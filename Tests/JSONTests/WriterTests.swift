import Foundation
import JSON
import Testing

@Suite struct `The JSON writer` {
    @Test func `keeps the order of names and escapes what it must`() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("b", 1)
            writer.field("a", "x/\"\\\n\u{1}é")
            writer.array("list") { writer in
                writer.value(true)
                writer.value(nil as Int?)
                writer.object { _ in }
                writer.array { _ in }
            }
            writer.field("half", 0.5)
            writer.nullField("none")
            writer.object("inner") { $0.field("n", [1, 2]) }
        }
        let expected =
            #"{"b":1,"a":"x/\"\\\n\u0001é","list":[true,null,{},[]],"half":0.5,"none":null,"inner":{"n":[1,2]}}"#
        #expect(String(decoding: writer.take(), as: UTF8.self) == expected)
        writer.value(7)
        #expect(writer.bytes == [0x37])
    }

    @Test func `indents by two spaces for people`() {
        let value = JSONValue.object([
            .init("a", .array([.integer(1), .object([])])), .init("b", .object([.init("c", .null)])),
            .init("d", .array([])),
        ])
        let expected = """
            {
              "a": [
                1,
                {}
              ],
              "b": {
                "c": null
              },
              "d": []
            }
            """
        #expect(String(decoding: JSONWriter.bytes(of: value, isPretty: true), as: UTF8.self) == expected)
    }

    @Test(arguments: [
        0, 1, -1, 9, 10, 99, 100, 12_345, -1_000_000, .max, .min, 999_999_999_999_999_999, 1_000_000_000_000_000_000,
    ])
    func `writes whole numbers exactly`(number: Int64) {
        #expect(String(decoding: JSONWriter.bytes(of: number), as: UTF8.self) == String(number))
    }

    @Test(arguments: [0.1, -0.0, 1e20, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 100, 1 / 3])
    func `writes other numbers so that they read back the same`(number: Double) throws {
        guard case .number(let read) = try JSONValue(JSONWriter.bytes(of: number)) else {
            Issue.record("not a number")
            return
        }
        #expect(read.bitPattern == number.bitPattern)
        #expect(JSONWriter.bytes(of: Double.nan) == Array("null".utf8))
    }

    @Test(arguments: UInt64(1)...300)
    func `writes what reads back the same, here and in Foundation`(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let value = random.document()
        for isPretty in [false, true] {
            let bytes = JSONWriter.bytes(of: value, isPretty: isPretty)
            #expect(try JSONValue(bytes) == value)
            #expect(try JSONDecoder().decode(Oracle.self, from: Data(bytes)) == Oracle(value))
        }
    }
}
