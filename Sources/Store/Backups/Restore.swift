package import CivilTime
import Glibc
import SQLite

/// Puts a backup in the place of a record, after everything about it was checked; deletes nothing.
package struct Restore {
    private let manifestPath: String
    private let target: DataFolder
    private let identity: String?

    /// - Parameters:
    ///   - backup: the path of the backup's file or of its manifest.
    ///   - target: the data folder.
    ///   - identity: the file of the key, for an encrypted one.
    package init(_ backup: String, into target: DataFolder, identity: String? = nil) {
        var name = backup
        for ending in [".age", ".sqlite3", ".json"] where name.hasSuffix(ending) {
            name = String(name.dropLast(ending.count))
        }
        manifestPath = name + ".json"
        self.target = target
        self.identity = identity
    }

    /// What a restore has done, or would.
    package struct Report: Sendable {
        package let manifest: BackupManifest
        /// Where the record that was there is now.
        package let former: String?
        /// People who were erased since the backup was made, and are now erased from it.
        package let erasures: Int
    }

    /// - Parameters:
    ///   - isTrial: checks everything and leaves the folder as it was.
    ///   - movesAside: a record that is there is moved into a folder of its own; else it is a refusal.
    ///   - erasing: does again what was erased since, in the restored record before it is in place; answers how many.
    package func run(
        at now: Instant, isTrial: Bool, movesAside: Bool,
        erasing: (_ restored: DataFolder, _ lists: [ErasureList]) throws -> Int
    ) throws -> Report {
        let manifest = try readManifest()
        let lock = try FolderLock(target)
        defer { lock.release() }
        let isThere = target.hasDatabase || target.hasLog
        guard isTrial || movesAside || !isThere else {
            throw StoreError.alreadyExists(
                "there is a record in \(target.path): say --move-aside, and it is kept in a folder of its own")
        }
        let restored = try DataFolder(path: target.path + "/restoring")
        defer { clear(restored) }
        clear(restored)
        mkdir(restored.path, 0o700)
        try unpack(manifest, to: restored.databasePath)
        try check(restored.databasePath, manifest)
        try prepare(restored.databasePath)
        let lists = erasureLists
        var erasures = 0
        if !lists.isEmpty {
            try lend(keyTo: restored, isTrial: isTrial)
            erasures = try erasing(restored, lists)
        }
        guard !restored.hasLog else {
            throw StoreError.unavailable(detail: "the restored record could not be finished: look at the disk")
        }
        guard !isTrial else { return Report(manifest: manifest, former: nil, erasures: erasures) }
        let former = isThere ? try moveAside(now) : nil
        guard rename(restored.databasePath, target.databasePath) == 0 else {
            throw StoreError.unavailable(detail: "the record cannot be put in its place: \(systemMessage())")
        }
        try target.synchronize()
        for list in lists { try ErasureList(target).take(over: list) }
        return Report(manifest: manifest, former: former, erasures: erasures)
    }

    // MARK: Steps

    private var folder: String { manifestPath.lastIndex(of: "/").map { String(manifestPath[..<$0]) } ?? "." }

    /// Who was erased is listed beside the backups: beside this one, and beside those of the folder.
    private var erasureLists: [ErasureList] {
        [ErasureList(target, path: folder + "/erasures.jsonl"), ErasureList(target)].filter(\.isThere)
    }

    /// What is logged while the record is made whole is linked with the key that the folder has, or will have.
    private func lend(keyTo restored: DataFolder, isTrial: Bool) throws(StoreError) {
        if !isTrial { _ = try AccessKey.readOrMake(target) }
        guard access(target.accessKeyPath, F_OK) == 0 else { return }
        _ = try FileDigest.copy(target.accessKeyPath, to: restored.accessKeyPath)
    }

    private func readManifest() throws(StoreError) -> BackupManifest {
        guard let text = smallFile(manifestPath) else {
            throw .notFound("there is no manifest \(manifestPath): a backup without one is not whole")
        }
        guard let manifest = BackupManifest(text) else { throw .damaged(detail: "\(manifestPath) is no manifest") }
        guard manifest.contents.schemaVersion <= RecordFile.knownVersion else {
            throw .newer(fileVersion: manifest.contents.schemaVersion, knownVersion: RecordFile.knownVersion)
        }
        return manifest
    }

    private func unpack(_ manifest: BackupManifest, to path: String) throws(StoreError) {
        let source = "\(folder)/\(manifest.file)"
        guard manifest.isEncrypted else {
            guard try FileDigest.copy(source, to: path) == manifest.bytes else { throw Restore.altered(source) }
            return
        }
        guard try FileDigest(source) == manifest.bytes else { throw Restore.altered(source) }
        guard let identity else {
            throw .unavailable(detail: "the backup is encrypted: name the file of the key with --identity")
        }
        try Age.decrypt(source, to: path, with: identity)
    }

    private static func altered(_ path: String) -> StoreError {
        .damaged(detail: "\(path) is not as its manifest says: it was altered or cut; take another backup")
    }

    private func check(_ path: String, _ manifest: BackupManifest) throws(StoreError) {
        let contents = try RecordContents(checking: path, in: target)
        guard contents.isSame(as: manifest.contents) else {
            let tables = Set(contents.tables).symmetricDifference(manifest.contents.tables).map(\.name)
            throw .damaged(
                detail:
                    "the backup does not hold what its manifest says: \(Set(tables).sorted().joined(separator: " "))")
        }
    }

    /// A record is kept with a log beside it, a backup without; nothing else of it changes.
    private func prepare(_ path: String) throws(StoreError) {
        _ = try translatingErrors { () throws(SQLiteError) in
            try Connection(path: path, mode: .readWriteCreate, applicationID: RecordFile.applicationID)
        }
    }

    /// The log goes with its database: beside another one it would be taken for that one's.
    private func moveAside(_ now: Instant) throws(StoreError) -> String {
        let former = "\(target.path)/before-restore-\(Backup.name(at: now))"
        guard mkdir(former, 0o700) == 0 else {
            throw .unavailable(detail: "\(former) cannot be made: \(systemMessage())")
        }
        let name = target.databasePath.dropFirst(target.path.count)
        // The database goes last: until then the folder still holds a record that opens.
        for ending in ["-shm", "-wal", ""] {
            let path = target.databasePath + ending
            guard access(path, F_OK) == 0 else { continue }
            guard rename(path, former + name + ending) == 0 else {
                throw .unavailable(detail: "\(path) cannot be moved aside: \(systemMessage())")
            }
        }
        return former
    }

    private func clear(_ restored: DataFolder) {
        for ending in ["", "-wal", "-shm", "-journal"] { unlink(restored.databasePath + ending) }
        for file in [restored.lockPath, restored.accessKeyPath, restored.path + "/ballast"] { unlink(file) }
        for name in BackupShelf.names(in: restored.backupsPath) { unlink("\(restored.backupsPath)/\(name)") }
        rmdir(restored.backupsPath)
        rmdir(restored.path)
    }
}
