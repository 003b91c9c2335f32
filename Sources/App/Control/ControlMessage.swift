import JSON

/// What passes over the control socket: a kind, a length, the bytes.
enum ControlMessage: Sendable {
    /// What the client wants done, as JSON.
    case order([UInt8])
    case out([UInt8])
    case complaint([UInt8])
    /// The end, with the exit status.
    case exit(Int32)

    /// A message holds no more; output is sent in pieces.
    static let bytesMax = 1 << 20

    var bytes: [UInt8] {
        switch self {
        case .order(let bytes): Self.framed("c", bytes)
        case .out(let bytes): Self.framed("o", bytes)
        case .complaint(let bytes): Self.framed("e", bytes)
        case .exit(let status): Self.framed("x", Array("\(status)".utf8))
        }
    }

    init?(kind: UInt8, _ bytes: [UInt8]) {
        switch kind {
        case UInt8(ascii: "c"): self = .order(bytes)
        case UInt8(ascii: "o"): self = .out(bytes)
        case UInt8(ascii: "e"): self = .complaint(bytes)
        case UInt8(ascii: "x"):
            guard let status = Int32(String(decoding: bytes, as: UTF8.self)) else { return nil }
            self = .exit(status)
        default: return nil
        }
    }

    private static func framed(_ kind: Unicode.Scalar, _ bytes: [UInt8]) -> [UInt8] {
        let length = UInt32(clamping: bytes.count)
        return [UInt8(ascii: kind)] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } + bytes
    }
}

/// A command as somebody gave it beside a running server.
package struct ControlOrder: Sendable {
    /// The words after the program's name.
    package let arguments: [String]
    let directory: String
    let isWatched: Bool

    /// The command of this process.
    init(arguments: [String], console: Console) {
        self.arguments = arguments
        directory = console.directory
        isWatched = console.isWatched
    }

    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(bytes), case .array(let words)? = value["arguments"],
            case .string(let directory)? = value["directory"], case .bool(let isWatched)? = value["watched"]
        else { return nil }
        var arguments: [String] = []
        for word in words {
            guard case .string(let text) = word else { return nil }
            arguments.append(text)
        }
        self.arguments = arguments
        self.directory = directory
        self.isWatched = isWatched
    }

    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { object in
            object.field("arguments", arguments)
            object.field("directory", directory)
            object.field("watched", isWatched)
        }
        return writer.bytes
    }
}
