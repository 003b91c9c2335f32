import ByNameList
import CivilTime
import SQLite

/// What the writer remembers of communities between changes, so that no change reads and decodes a policy anew.
///
/// Forgotten whenever a change fails or touches communities, policies or projections.
final class CommunityMemory {
    private let connection: Connection
    private var zones: [Int64: String] = [:]
    private var current: [Int64: Int64] = [:]
    private var projections: [Int64: [Projection]] = [:]
    /// The date that was asked for last; all facts of a group ask for one.
    private var latest: (community: Int64, instant: Instant, date: CivilDate)?

    init(connection: Connection) {
        self.connection = connection
    }

    func zone(of community: Int64) throws(SQLiteError) -> String {
        if let zone = zones[community] { return zone }
        guard let found = try CommunityTable(connection: connection).community(community) else {
            throw SQLiteError(.notFound, message: "no such community")
        }
        zones[community] = found.zone
        return found.zone
    }

    /// The date of an instant in the community.
    func today(in community: Int64, at instant: Instant, by calendar: Calendar) throws(SQLiteError) -> CivilDate {
        if let latest, latest.community == community, latest.instant == instant { return latest.date }
        let date = calendar(try zone(of: community), instant)
        latest = (community, instant, date)
        return date
    }

    func projections(of community: Int64) throws(SQLiteError) -> [Projection] {
        if let known = projections[community] { return known }
        let found = try CommunityTable(connection: connection).projections(of: community)
        projections[community] = found
        return found
    }

    /// The projection that the community's figures are read from.
    func currentProjection(of community: Int64) throws(SQLiteError) -> Int64? {
        if let known = current[community] { return known }
        let found = try CommunityTable(connection: connection).community(community)?.projection
        current[community] = found
        return found
    }

    func forget() {
        zones.removeAll()
        current.removeAll()
        projections.removeAll()
        latest = nil
    }
}
