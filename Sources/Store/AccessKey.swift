import Crypto
import Glibc
import SQLite

/// The key of the access log's chain: without it nobody who can write the database can write a log that holds.
///
/// In a file of its own beside the database and never in a backup of it: a copy of it belongs elsewhere.
struct AccessKey: Sendable {
    let key: SymmetricKey
    /// Tells keys apart; of the key it tells nothing.
    let name: [UInt8]
    /// The first link that it makes: those before it are another key's, which was lost; of those after it none is.
    let firstLink: Int64

    private static let bytes = 32

    private init(_ bytes: [UInt8], firstLink: Int64) {
        self.firstLink = firstLink
        key = SymmetricKey(data: bytes)
        name = Array(HMAC<SHA256>.authenticationCode(for: Array("access log".utf8), using: key)).prefix(8).map { $0 }
    }

    /// The folder's key; `nil` if it has none.
    static func read(_ folder: DataFolder) throws(StoreError) -> AccessKey? {
        let descriptor = open(folder.accessKeyPath, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .unavailable(detail: "the key of the access log cannot be read: \(systemMessage())")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw .unavailable(detail: "others may read \(folder.accessKeyPath): run chmod 600 on it first")
        }
        var text = [UInt8](repeating: 0, count: 100)
        let count = text.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
        let words = text.prefix(max(0, count)).split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        guard words.count == 2, let key = Hex.bytes(words[0]), key.count == bytes,
            let firstLink = Int64(String(decoding: words[1], as: UTF8.self))
        else {
            throw .damaged(detail: "\(folder.accessKeyPath) is not the key of an access log: put the right one back")
        }
        return AccessKey(key, firstLink: firstLink)
    }

    /// The folder's key, made if it has none; on disk when it is answered.
    static func readOrMake(_ folder: DataFolder) throws(StoreError) -> AccessKey {
        if let key = try read(folder) { return key }
        let firstLink = try lastLink(folder) + 1
        var random = SystemRandomNumberGenerator()
        let key = (0..<bytes).map { _ in UInt8.random(in: 0...255, using: &random) }
        let unfinished = folder.accessKeyPath + ".unfinished"
        let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        let text = Array("\(Hex.text(key)) \(firstLink)\n".utf8)
        guard descriptor >= 0, text.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) == text.count,
            fsync(descriptor) == 0, close(descriptor) == 0, rename(unfinished, folder.accessKeyPath) == 0
        else { throw .unavailable(detail: "the key of the access log cannot be made: \(systemMessage())") }
        try folder.synchronize()
        return AccessKey(key, firstLink: firstLink)
    }

    /// The last link that a lost key has made; 0 of a new record, and of one from before there were links.
    private static func lastLink(_ folder: DataFolder) throws(StoreError) -> Int64 {
        guard folder.hasDatabase else { return 0 }
        let connection = try RecordFile.openReader(folder)
        return try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement("SELECT 1 FROM sqlite_schema WHERE name = 'access_link'")
            guard try statement.first({ row throws(SQLiteError) in row.int(0) }) != nil else { return 0 }
            return try AccessLinks(connection: connection).head().link
        }
    }
}
