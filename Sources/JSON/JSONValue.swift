/// A JSON text (RFC 8259) as it was written: whole numbers exact, members in their order.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number without fraction and exponent.
    case integer(Int64)
    /// A number with fraction or exponent, also where its value is whole: `3.0` is a measurement, `3` a count.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// A name and its value; no name occurs twice in an object.
    public struct Member: Hashable, Sendable {
        package let key: String
        package let value: JSONValue

        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The value of that name, if this is an object that has it.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }
}

extension JSONValue {
    /// Reads a whole text strictly: UTF-8 without byte order mark, nothing beside one value and blanks.
    package init(
        _ bytes: [UInt8], depthMax: Int = JSONValue.depthMaxDefault
    ) throws(JSONProblem) {
        self = try bytes.withUnsafeBufferPointer { bytes throws(JSONProblem) in
            try JSONValue(reading: bytes, depthMax: depthMax)
        }
    }

    /// Reads a whole text from bytes that lie elsewhere; none are kept.
    package init(
        reading bytes: UnsafeBufferPointer<UInt8>, depthMax: Int = JSONValue.depthMaxDefault
    ) throws(JSONProblem) {
        var reader = JSONReader(bytes, depthMax: depthMax)
        self = try reader.document()
    }

    /// How many arrays and objects may lie in one another.
    package static var depthMaxDefault: Int { 32 }
}

/// Why a text is not read, and where.
package struct JSONProblem: Error, Hashable, Sendable {
    /// Bytes before the place.
    package let offset: Int
    /// The value that is meant, as RFC 6901 writes it; empty for the whole text.
    package let pointer: String
    package let reason: Reason

    /// What a text can do wrong; the raw value completes the sentence "The text …".
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        case empty = "holds no value"
        case endsEarly = "ends in the middle of a value"
        case byteOrderMark = "begins with a byte order mark"
        case notUTF8 = "is not UTF-8"
        case unexpected = "has a character that cannot stand there"
        case afterTheEnd = "goes on after its value"
        case tooDeep = "nests too deeply"
        case duplicateKey = "has a name twice in one object"
        case trailingComma = "has a comma with nothing after it"
        case number = "has a number that JSON does not write so"
        case numberOutOfRange = "has a number beyond the range that is kept exactly"
        case control = "has a control character in a string"
        case zero = "has a zero character in a string"
        case escape = "has an escape that does not exist"
        case surrogate = "has half a surrogate pair"
    }

    func inside(_ step: some StringProtocol) -> JSONProblem {
        JSONProblem(offset: offset, pointer: "/\(JSONPointer.escaped(step))\(pointer)", reason: reason)
    }
}

/// Paths into a JSON text (RFC 6901).
public enum JSONPointer {
    /// The path one step further in.
    package static func path(_ pointer: String, _ key: String) -> String { "\(pointer)/\(escaped(key))" }

    /// The path of an element of the array there.
    public static func path(_ pointer: String, _ index: Int) -> String { "\(pointer)/\(index)" }

    // RFC 6901 section 3: `~` and `/` have a meaning of their own.
    static func escaped(_ step: some StringProtocol) -> String {
        guard step.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
            return String(step)
        }
        var text = ""
        for character in step.unicodeScalars {
            switch character {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }
}
