import JSON

/// What Foundation's decoder makes of a text; it keeps no order of names and tells 3.0 from 3 by no type.
enum Oracle: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([Oracle])
    case object([String: Oracle])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
            return
        }
        // The decoder tells the type of a value only by failing at all others.
        if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([Oracle].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: Oracle].self))
        }
    }

    init(_ value: JSONValue) {
        self =
            switch value {
            case .null: .null
            case .bool(let value): .bool(value)
            case .integer(let value): .number(Double(value))
            case .number(let value): .number(value)
            case .string(let value): .string(value)
            case .array(let elements): .array(elements.map(Oracle.init))
            case .object(let members):
                .object(Dictionary(members.map { ($0.key, Oracle($0.value)) }, uniquingKeysWith: { first, _ in first }))
            }
    }
}
