import ByNameList
package import CivilTime
import Glibc
package import Store
import Threads

/// An open data folder: the record, the zones of its communities and the clock, for one command.
package struct Workspace: Sendable {
    package let store: Store
    private let zones: ZoneShelf
    /// For whom backups are encrypted: as the settings say that the process runs with.
    package let backupRecipient: @Sendable () throws -> String?

    /// - Parameters:
    ///   - path: the data folder.
    ///   - backupRecipient: asked when a backup is made.
    ///   - mending: brings projections of other rules up to date first; a server does it while it serves.
    package init(
        path: String, mode: Store.Mode, readers: Int = 1, mending: Bool = true,
        clock: @escaping Clock = { Workspace.now() },
        backupRecipient: @escaping @Sendable () throws -> String? = {
            try ServeSettings.ofEnvironment().backupRecipient
        }
    ) throws {
        let zones = ZoneShelf()
        self.zones = zones
        self.backupRecipient = backupRecipient
        store = try Store(
            folder: try DataFolder(path: path, creating: mode == .writing), mode: mode, readers: readers,
            clock: clock,
            calendar: { zone, instant in zones.date(of: instant, in: zone) })
        if mode == .writing {
            if mending { try store.mendProjections() }
            try store.mendSearchKeys()
        }
    }

    /// The time of the machine's clock.
    package static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// The time of the machine's clock to a few milliseconds, for next to nothing.
    static func coarseNow() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// The community of that code.
    package func community(_ code: String) throws -> Community {
        try store.read { reader in try reader.community(code) }
    }

    /// Today's date in the community's zone.
    package func today(in community: Community) -> CivilDate { date(of: Workspace.now(), in: community) }

    /// The date of an instant in the community's zone.
    package func date(of instant: Instant, in community: Community) -> CivilDate {
        zones.date(of: instant, in: community.zone)
    }

    /// Creates a community with a copy of a policy; refuses a zone that this machine does not know.
    package func createCommunity(code: String, name: String, zone: String, policy: String) throws {
        _ = try ZoneFile.table(named: zone)
        try store.change { transaction in
            guard try transaction.community(code) == nil else {
                throw StoreError.alreadyExists("there is a community \(code) already")
            }
            _ = try transaction.createCommunity(code: code, name: name, zone: zone, policy: policy)
        }
    }

    /// Who this command writes and reads as: the user of the operating system.
    package static var userName: String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "user \(getuid())" }
        return String(cString: name)
    }
}

/// The zones that have been read, each file once for the process.
private final class ZoneShelf: Sendable {
    private let tables = Guarded<[String: TimeZoneTable]>([:])

    /// A zone that could be read when its community was created and cannot now counts as UTC.
    func date(of instant: Instant, in zone: String) -> CivilDate {
        let table = tables.with { tables in
            if let table = tables[zone] { return table as TimeZoneTable? }
            // Not remembered if it fails: the file may come back.
            tables[zone] = try? ZoneFile.table(named: zone)
            return tables[zone]
        }
        return table?.civilDate(at: instant) ?? CivilDate(dayNumber: Int32(instant.seconds / 86_400))
    }
}
