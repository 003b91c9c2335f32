package import CivilTime
import Glibc

/// The folder of a record's backups, held by one at a time; what is not finished bears a name that says so.
package struct BackupShelf {
    private let path: String
    private let descriptor: Int32

    /// Makes the folder if it is not there, and clears away what was never finished.
    init(of folder: DataFolder) throws(StoreError) {
        path = folder.backupsPath
        mkdir(path, 0o700)
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unavailable(detail: "\(path) cannot be opened: \(systemMessage())") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .unavailable(detail: "another backup is being taken: wait for its end")
        }
        sweep()
    }

    /// Clears away what was not finished, and lets the next one in.
    func leave() {
        sweep()
        close(descriptor)
    }

    func unfinished(_ name: String) -> String { "\(path)/\(name).unfinished" }

    /// Gives a whole file its name, and then its manifest: a backup without one is none.
    func keep(_ unfinished: String, _ manifest: BackupManifest, named name: String) throws(StoreError) {
        let (final, listed) = ("\(path)/\(manifest.file)", "\(path)/\(name).json")
        try write(manifest.text, to: self.unfinished(name + ".json"))
        try synchronize(unfinished)
        // Of a backup of the same name nothing is left that the new manifest could be taken for.
        for former in [listed, "\(path)/\(name).sqlite3", "\(path)/\(name).sqlite3.age"] { unlink(former) }
        guard rename(unfinished, final) == 0, fsync(descriptor) == 0,
            rename(self.unfinished(name + ".json"), listed) == 0, fsync(descriptor) == 0
        else { throw .unavailable(detail: "the backup cannot be named: \(systemMessage())") }
    }

    private func write(_ bytes: [UInt8], to path: String) throws(StoreError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unavailable(detail: "\(path) cannot be made: \(systemMessage())") }
        defer { close(descriptor) }
        let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count == bytes.count, fsync(descriptor) == 0 else {
            throw .unavailable(detail: "\(path) cannot be written: \(systemMessage())")
        }
    }

    private func synchronize(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unavailable(detail: "\(path) cannot be opened: \(systemMessage())") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw .unavailable(detail: "the disk does not keep \(path): \(systemMessage())")
        }
    }

    private func sweep() {
        for name in BackupShelf.names(in: path) where name.hasSuffix(".unfinished") || name.contains(".unfinished-") {
            unlink("\(path)/\(name)")
        }
    }

    /// The manifests that can be read, the newest first.
    static func manifests(in path: String) -> [(name: String, manifest: BackupManifest)] {
        names(in: path).filter { $0.hasSuffix(".json") }.compactMap { name in
            guard let text = smallFile("\(path)/\(name)"), let manifest = BackupManifest(text) else { return nil }
            return (String(name.dropLast(5)), manifest)
        }.sorted { $0.manifest.made > $1.manifest.made }
    }

    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names
    }
}

extension DataFolder {
    /// The whole backups whose name is their time, the newest first.
    package var timedBackups: [Instant] {
        BackupShelf.names(in: backupsPath).compactMap { name in
            guard name.hasSuffix(".json") else { return nil }
            return BackupKeeping.instant(named: String(name.dropLast(5)))
        }.sorted(by: >)
    }

    /// Removes the backups whose name is their time and that the keep-rules do not ask for; how many.
    package func removeSuperfluousBackups() throws(StoreError) -> Int {
        let superfluous = BackupKeeping.superfluous(of: timedBackups)
        guard !superfluous.isEmpty else { return 0 }
        let shelf = try BackupShelf(of: self)
        defer { shelf.leave() }
        for instant in superfluous {
            let path = "\(backupsPath)/\(Backup.name(at: instant))"
            for ending in [".json", ".sqlite3", ".sqlite3.age"] { unlink(path + ending) }
        }
        return superfluous.count
    }
}
