import ByNameList
import CivilTime
import Glibc
import JSON

/// The erasures of a record, listed beside its backups: a backup from before one still knows who the person was, so
/// that whatever restores it erases anew.
///
/// One JSON object a line: the person's id, the instant, the reason; nothing else.
package struct ErasureList: Sendable {
    private let path: String
    private let folder: DataFolder

    package init(_ folder: DataFolder) {
        self.init(folder, path: folder.backupsPath + "/erasures.jsonl")
    }

    /// A list that lies elsewhere, beside a backup that was carried there.
    init(_ folder: DataFolder, path: String) {
        self.folder = folder
        self.path = path
    }

    var isThere: Bool { access(path, F_OK) == 0 }

    /// Adds the lines of another list that are not in this one: whoever has the backups of both needs them all.
    func take(over other: ErasureList) throws(StoreError) {
        guard other.path != path, let bytes = try other.bytes() else { return }
        let known = Set((try self.bytes() ?? []).split(separator: UInt8(ascii: "\n")))
        var missing: [UInt8] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) where !known.contains(line) {
            missing += line + [UInt8(ascii: "\n")]
        }
        if !missing.isEmpty { try append(missing) }
    }

    /// Every erasure that was ever listed, in order; of ids of another record none.
    package func read(_ ids: PublicIDs) throws(StoreError) -> [Erasure] {
        guard let bytes = try bytes() else { return [] }
        var found: [Erasure] = []
        // What a power cut left of a line was not acknowledged.
        let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[..<$0] } ?? []
        for line in whole.split(separator: UInt8(ascii: "\n")) {
            guard let value = try? JSONValue(Array(line)), case .string(let person)? = value["person"],
                case .string(let recorded)? = value["recorded"], case .string(let word)? = value["reason"],
                let instant = Instant(recorded), let reason = Erasure.Reason.allCases.first(where: { $0.code == word })
            else { throw .damaged(detail: "\(path) has a line that is no erasure: put the right list back") }
            if let person = ids.person(person) {
                found.append(Erasure(person: person, recorded: instant, reason: reason))
            }
        }
        return found
    }

    /// Adds to the list; on disk when it returns.
    func add(_ erasures: [Erasure], _ ids: PublicIDs) throws(StoreError) {
        var text: [UInt8] = []
        for erasure in erasures {
            var writer = JSONWriter()
            writer.object { object in
                object.field("person", ids.text(of: erasure.person))
                object.field("recorded", "\(erasure.recorded)")
                object.field("reason", erasure.reason.code)
            }
            text += writer.bytes + [UInt8(ascii: "\n")]
        }
        try append(text)
    }

    private func append(_ text: [UInt8]) throws(StoreError) {
        mkdir(folder.backupsPath, 0o700)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        let before = try bytes() ?? []
        let whole = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        if whole < before.count { ftruncate(descriptor, off_t(whole)) }
        let written = text.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == text.count, fsync(descriptor) == 0 else {
            ftruncate(descriptor, off_t(whole))
            throw failure()
        }
        try folder.synchronizeBackups()
    }

    private func failure() -> StoreError {
        .unavailable(detail: "the erasure cannot be listed beside the backups: \(systemMessage())")
    }

    private func bytes() throws(StoreError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .unavailable(detail: "\(path) cannot be read: \(systemMessage())")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unavailable(detail: "\(path) cannot be read: \(systemMessage())") }
            if count == 0 { return bytes }
            bytes += piece.prefix(count)
        }
    }
}
