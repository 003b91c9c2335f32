package import CivilTime
import Glibc
import SQLite
package import Threads

/// A copy of the whole record as it is at one moment, taken beside any writing and checked before it has a name.
package struct Backup {
    /// A copy holds one state of the record, and as long as it does the log only grows: then rather none.
    private static let copyTime = Duration.seconds(600)
    private let folder: DataFolder
    private let program: String
    private let made: Instant
    private let recipient: String?
    private let copying: Guarded<Void>
    private let goesOn: () -> Bool

    /// - Parameters:
    ///   - program: what made it, for the manifest.
    ///   - recipient: for whom it is encrypted with age; nobody: it is as clear as the record.
    ///   - copying: held while the record is read.
    ///   - goesOn: asked now and then; false ends it.
    package init(
        folder: DataFolder, program: String, made: Instant, recipient: String? = nil,
        copying: Guarded<Void> = Guarded(()), goesOn: @escaping () -> Bool = { true }
    ) {
        self.folder = folder
        self.program = program
        self.made = made
        self.recipient = recipient
        self.copying = copying
        self.goesOn = goesOn
    }

    /// The name of a backup that was given none: its time.
    package static func name(at instant: Instant) -> String {
        String("\(instant)".prefix(19).map { $0 == ":" ? "-" : $0 })
    }

    /// Copies, checks the copy, encrypts it if that is wanted, and only then gives it its name.
    package func run(named name: String) throws(StoreError) -> BackupManifest {
        let shelf = try BackupShelf(of: folder)
        defer { shelf.leave() }
        try refuseWithoutRoom()
        let clear = shelf.unfinished(name + ".sqlite3")
        try copying.with { _ throws(StoreError) in try copy(to: clear) }
        let contents = try RecordContents(checking: clear, in: folder)
        guard let recipient else { return try finish(clear, contents, as: name + ".sqlite3", on: shelf, name) }
        let sealed = shelf.unfinished(name + ".sqlite3.age")
        try Age.encrypt(clear, to: sealed, for: recipient)
        unlink(clear)
        return try finish(sealed, contents, as: name + ".sqlite3.age", on: shelf, name)
    }

    private func finish(
        _ path: String, _ contents: RecordContents, as file: String, on shelf: BackupShelf, _ name: String
    ) throws(StoreError) -> BackupManifest {
        let manifest = BackupManifest(
            made: made, program: program, file: file, isEncrypted: recipient != nil, bytes: try FileDigest(path),
            contents: contents)
        try shelf.keep(path, manifest, named: name)
        return manifest
    }

    private func copy(to path: String) throws(StoreError) {
        let reader = try RecordFile.openReader(folder)
        let copy = try translatingErrors { () throws(SQLiteError) in
            try Connection(path: path, mode: .scratch, applicationID: RecordFile.applicationID)
        }
        let end = ContinuousClock.now + Backup.copyTime
        do throws(SQLiteError) {
            try reader.backup(to: copy) { _, _ in goesOn() && .now < end }
        } catch {
            guard goesOn() else { throw .closing }
            guard error.code != .interrupt else {
                throw .unavailable(detail: "the copy took longer than \(Backup.copyTime), and was given up")
            }
            throw StoreError(error)
        }
    }

    /// A copy must not take the room of the record's own changes.
    private func refuseWithoutRoom() throws(StoreError) {
        let needed = 2 * folder.recordBytes + 2 * Ballast.bytes
        guard folder.bytesFree < needed else { return }
        throw .unavailable(
            detail: "a backup is only made where \(needed >> 20) MiB are free: twice what the record has")
    }
}

/// How the backups of one process went.
package struct BackupTally: Sendable {
    package internal(set) var made = 0
    package internal(set) var failed = 0
    package internal(set) var last: Instant?
    package internal(set) var lastBytes = 0
    package internal(set) var lastMilliseconds = 0
    /// Commits that the last one was taken after.
    var commits = 0
}

extension Store {
    /// Makes a backup beside any writing, on the thread of whoever asks; `name`: else its time.
    ///
    /// - Parameters as ``Backup`` has them.
    package func backUp(
        named name: String? = nil, program: String, recipient: String?, goesOn: @escaping () -> Bool = { true }
    ) throws(StoreError) -> BackupManifest {
        let (start, made, commits) = (ContinuousClock.now, clock(), live.commits)
        let backup = Backup(
            folder: folder, program: program, made: made, recipient: recipient, copying: copying,
            goesOn: { [self] in !isClosing && goesOn() })
        do throws(StoreError) {
            let manifest = try backup.run(named: name ?? Backup.name(at: made))
            let took = (ContinuousClock.now - start).components
            backups.with { tally in
                tally.made += 1
                tally.last = made
                tally.lastBytes = manifest.bytes.count
                tally.lastMilliseconds = Int(took.seconds * 1_000 + took.attoseconds / 1_000_000_000_000_000)
                tally.commits = commits
            }
            return manifest
        } catch {
            if error != .closing { backups.with { $0.failed += 1 } }
            throw error
        }
    }

    package var backupTally: BackupTally { backups.with { $0 } }

    /// Whether something was committed since the last backup of this process, or it made none.
    package var hasChangedSinceBackup: Bool {
        backups.with { $0.made == 0 || $0.commits != live.commits }
    }
}
