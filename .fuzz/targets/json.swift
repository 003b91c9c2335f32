// What is read out of JSON and written again reads the same, and nothing lies deeper than it may.

@testable import JSON

func check(_ input: [UInt8]) {
    let depthMax = Int(input.first ?? 0) % 48
    let text = Array(input.dropFirst())
    let value: JSONValue
    do {
        value = try JSONValue(text, depthMax: depthMax)
    } catch {
        demand((0...text.count).contains(error.offset), "a problem outside the text")
        demand(error.pointer.isEmpty || error.pointer.utf8.first == 47, "a pointer that is none")
        demand((try? JSONValue(text, depthMax: 0)) == nil || depthMax == 0, "a smaller depth lets more through")
        return
    }
    demand(depth(value) <= depthMax, "deeper than it may be")
    for isPretty in [false, true] {
        let written = JSONWriter.bytes(of: value, isPretty: isPretty)
        guard let again = try? JSONValue(written, depthMax: depthMax) else {
            demand(false, "what was written cannot be read")
            return
        }
        demand(again == value, "what was written reads otherwise")
        demand(JSONWriter.bytes(of: again, isPretty: isPretty) == written, "what was read again is written otherwise")
    }
}

private func depth(_ value: JSONValue) -> Int {
    switch value {
    case .null, .bool, .integer, .number, .string: 0
    case .array(let elements): 1 + (elements.map(depth).max() ?? 0)
    case .object(let members): 1 + (members.map { depth($0.value) }.max() ?? 0)
    }
}
