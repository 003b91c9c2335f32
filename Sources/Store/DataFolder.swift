import Glibc

/// The folder that holds the record: the database, its lock and its backups; nobody else may read it.
package struct DataFolder: Sendable {
    package let path: String

    package var databasePath: String { path + "/record.sqlite3" }
    package var accessKeyPath: String { path + "/access.key" }
    package var lockPath: String { path + "/record.lock" }
    package var backupsPath: String { path + "/backups" }

    /// Refuses a folder that others may look into; `creating`: makes it if it is not there.
    package init(path: String, creating: Bool = true) throws(StoreError) {
        self.path = path
        // Everything that SQLite creates in it is for the owner only.
        umask(0o077)
        if creating, mkdir(path, 0o700) != 0, errno != EEXIST {
            throw .unavailable(detail: "the data folder \(path) cannot be created: \(systemMessage())")
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw .notFound("there is no data folder \(path): create a community first, or name another with --data")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .unavailable(detail: "others may look into the data folder \(path): run chmod 700 on it first")
        }
    }

    package var hasDatabase: Bool { access(databasePath, F_OK) == 0 }

    /// Whether a log lies beside the database that nobody folded into it: the last stop was not a clean one.
    ///
    /// By its length alone: no code but SQLite may open it.
    var hasLog: Bool {
        var status = stat()
        return stat(databasePath + "-wal", &status) == 0 && status.st_size > 0
    }

    /// What the database and its log hold on the disk.
    var recordBytes: Int {
        [databasePath, databasePath + "-wal"].reduce(0) { sum, path in
            var status = stat()
            return stat(path, &status) == 0 ? sum + Int(status.st_size) : sum
        }
    }

    /// Room on the disk for whoever is not root.
    var bytesFree: Int {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return 0 }
        return Int(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
    }

    /// Makes a file's creation or renaming durable.
    func synchronize() throws(StoreError) { try synchronize(path) }

    /// Likewise among the backups.
    func synchronizeBackups() throws(StoreError) { try synchronize(backupsPath) }

    private func synchronize(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unavailable(detail: "\(path) cannot be opened: \(systemMessage())") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw .unavailable(detail: "the disk does not keep what is in \(path): \(systemMessage())")
        }
    }
}

/// The right to write in a data folder; given back when it goes.
///
/// A file of its own beside the database: no code but SQLite may open the database's files.
package final class FolderLock: Sendable {
    private let descriptor: Int32

    package init(_ folder: DataFolder) throws(StoreError) {
        let opened = open(folder.lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw .unavailable(detail: "the lock file cannot be opened: \(systemMessage())")
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let holder = FolderLock.holder(opened)
            close(opened)
            throw .held(byProcess: holder)
        }
        // Kept last: a class that is whole runs its deinit when its init throws, and would close twice.
        descriptor = opened
        let pid = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        _ = pid.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    deinit {
        close(descriptor)
    }

    /// Gives the right back before the object goes.
    func release() {
        flock(descriptor, LOCK_UN)
    }

    private static func holder(_ descriptor: Int32) -> Int {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        let text = String(decoding: bytes.prefix(max(0, count)).prefix { $0 != 10 }, as: UTF8.self)
        return Int(text) ?? 0
    }
}

func systemMessage() -> String { String(cString: strerror(errno)) }
