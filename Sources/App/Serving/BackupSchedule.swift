import CivilTime
import Store
import Threads

/// Makes a backup every so many minutes, beside what is being answered, and keeps as many as the rules say.
struct BackupSchedule: Sendable {
    private let end = Mailbox<Void>(capacity: 1)

    /// - Parameter minutes: between two backups; 0: none are made.
    init(_ store: Store, minutes: Int, recipient: String?, log: RequestLog) {
        guard minutes > 0 else { return }
        let end = end
        // Nobody waits for it: a stop waits until the record is not being read, and a copy that is still being checked
        // then is cleared away by the next one.
        Thread {
            Thread.stepBack(by: 15)
            var wait = BackupSchedule.millisecondsToFirst(store.folder.timedBackups.first, minutes)
            while !end.isClosedAfter(milliseconds: wait) {
                if store.hasChangedSinceBackup { BackupSchedule.run(store, recipient, log) }
                wait = minutes * 60_000
            }
        }.detach()
    }

    func stop() { end.close() }

    /// A server that is started again and again makes its backups all the same, though not at every start.
    private static func millisecondsToFirst(_ last: Instant?, _ minutes: Int) -> Int {
        let whole = minutes * 60_000
        guard let last else { return whole }
        let passed = (Workspace.now().microseconds - last.microseconds) / 1_000
        return min(whole, max(60_000, whole - Int(clamping: max(0, passed))))
    }

    private static func run(_ store: Store, _ recipient: String?, _ log: RequestLog) {
        do throws(StoreError) {
            let manifest = try store.backUp(program: Version.commit, recipient: recipient)
            log.note("info", "backup \(manifest.file): \(manifest.bytes.count) bytes, checked")
            for problem in manifest.contents.accessLog.problems {
                log.note("error", "backup \(manifest.file): \(problem)")
            }
            let removed = try store.folder.removeSuperfluousBackups()
            if removed > 0 { log.note("info", "\(removed) older backups removed by the keep-rules") }
        } catch {
            if error != .closing { log.note("error", "backup: \(error)") }
        }
    }
}
