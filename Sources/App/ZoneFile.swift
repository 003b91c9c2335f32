package import CivilTime
internal import Glibc

/// Why a community's time zone cannot be had.
package enum ZoneFileError: Error, Hashable, Sendable {
    /// Not the form of a zone's name.
    case malformed(String)
    /// No zone of that name on this machine.
    case unknown(String)
    case unreadable(String, errno: Int32)
    case damaged(String, TimeZoneProblem)
}

extension ZoneFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let name):
            "\"\(name)\" is not a time zone; write its name in the IANA database, such as America/Toronto"
        case .unknown(let name):
            "no time zone \"\(name)\" on this machine; write its name in the IANA database, such as America/Toronto "
                + "(is the package tzdata installed?)"
        case .unreadable(let name, let number): "the time zone \"\(name)\" cannot be read (errno \(number))"
        case .damaged(let name, let problem): "the file of the time zone \"\(name)\" is damaged (\(problem))"
        }
    }
}

/// The machine's files of time zones.
package enum ZoneFile {
    /// Reads the zone of that name, such as `America/Toronto`.
    package static func table(
        named name: String, folder: String = "/usr/share/zoneinfo"
    ) throws(ZoneFileError) -> TimeZoneTable {
        guard isName(name) else { throw .malformed(name) }
        let bytes = try contents(of: name, in: folder)
        do throws(TimeZoneProblem) {
            return try TimeZoneTable(tzif: bytes)
        } catch {
            throw .damaged(name, error)
        }
    }

    // No dot, so that no name leads out of the folder.
    private static func isName(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count), !name.hasPrefix("/"), !name.hasSuffix("/") else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"): true
            default: false
            }
        }
    }

    private static func contents(of name: String, in folder: String) throws(ZoneFileError) -> [UInt8] {
        let descriptor = open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR ? .unknown(name) : .unreadable(name, errno: errno)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var portion = [UInt8](repeating: 0, count: 16_384)
        // The largest zone has four kilobytes; what goes far beyond is something else.
        while bytes.count < 1_048_576 {
            let count = read(descriptor, &portion, portion.count)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                // A folder, such as America.
                throw errno == EISDIR ? .unknown(name) : .unreadable(name, errno: errno)
            }
            bytes.append(contentsOf: portion[..<count])
        }
        return bytes
    }
}
