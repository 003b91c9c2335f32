package import CivilTime
import JSON

/// What lies beside a backup and says what it is; nothing personal.
package struct BackupManifest: Hashable, Sendable {
    package let made: Instant
    package let program: String
    /// The file's name, in the same folder.
    package let file: String
    package let isEncrypted: Bool
    /// Of the file as it lies there.
    package let bytes: FileDigest
    package let contents: RecordContents

    /// As it is written beside the backup.
    package var text: [UInt8] {
        var writer = JSONWriter(isPretty: true)
        writer.object { object in
            object.field("format", 1)
            object.field("made", "\(made)")
            object.field("program", program)
            object.field("file", file)
            object.field("encrypted", isEncrypted)
            object.field("bytes", bytes.count)
            object.field("sha256", bytes.hash)
            object.field("schema", contents.schemaVersion)
            object.field("last_change", contents.lastChange.map { "\($0)" })
            object.object("access_log") { log in
                log.field("last", contents.accessLog.last)
                log.field("head", contents.accessLog.head.text)
                log.field("problems", contents.accessLog.problems)
            }
            object.array("tables") { tables in
                for table in contents.tables {
                    tables.object { entry in
                        entry.field("name", table.name)
                        entry.field("rows", table.rows)
                        entry.field("sha256", table.hash)
                    }
                }
            }
        }
        return writer.bytes + [10]
    }
}

extension BackupManifest {
    /// Reads a manifest; `nil` if the text is none.
    package init?(_ text: [UInt8]) {
        guard let value = try? JSONValue(text), case .integer(1)? = value["format"],
            case .string(let made)? = value["made"], let made = Instant(made),
            case .string(let program)? = value["program"], case .string(let file)? = value["file"],
            !file.contains("/"), case .bool(let isEncrypted)? = value["encrypted"],
            case .integer(let count)? = value["bytes"], case .string(let hash)? = value["sha256"],
            let contents = RecordContents(manifest: value)
        else { return nil }
        self.init(
            made: made, program: program, file: file, isEncrypted: isEncrypted,
            bytes: FileDigest(count: Int(count), hash: hash), contents: contents)
    }
}

extension RecordContents {
    fileprivate init?(manifest value: JSONValue) {
        guard case .integer(let version)? = value["schema"], case .array(let entries)? = value["tables"],
            let log = value["access_log"], case .integer(let last)? = log["last"],
            let head = RecordContents.text(log["head"]).flatMap({ AccessHead($0) })
        else { return nil }
        var tables: [Table] = []
        for entry in entries {
            guard case .string(let name)? = entry["name"], case .integer(let rows)? = entry["rows"],
                case .string(let hash)? = entry["sha256"]
            else { return nil }
            tables.append(Table(name: name, rows: Int(rows), hash: hash))
        }
        self.init(
            schemaVersion: Int(version), lastChange: RecordContents.text(value["last_change"]).flatMap { Instant($0) },
            accessLog: AccessLogEnd(last: last, head: head, problems: []), tables: tables)
    }

    private static func text(_ value: JSONValue?) -> String? {
        if case .string(let text)? = value { text } else { nil }
    }
}
