import ByNameList
import CivilTime
import ShippedConfig
package import Store
import Synchronization

/// Writes a sample community into a record, each day of it as of that day.
package struct SampleRecord: ~Copyable {
    package static let code = "sample"

    package let store: Store
    private let clock = SampleClock()

    /// Creates the community in a data folder that has none of its name.
    package init(path: String) throws {
        let clock = clock
        store = try Store(
            folder: try DataFolder(path: path), mode: .writing, clock: { clock.now },
            calendar: { zone, instant in
                (try? ZoneFile.table(named: zone))?.civilDate(at: instant)
                    ?? CivilDate(dayNumber: Int32(instant.seconds / 86_400))
            })
    }

    /// Writes everything; `progress` hears how many changes are done.
    package func write(
        _ sample: SampleCommunity, policy: String, progress: (_ done: Int, _ total: Int) -> Void
    ) throws {
        guard let first = sample.changes.first else { return }
        clock.set(first.recorded)
        let community = try store.change { transaction in
            guard try transaction.community(SampleRecord.code) == nil else {
                throw StoreError.alreadyExists("this data folder holds a sample community already: name another --data")
            }
            let community = try transaction.createCommunity(
                code: SampleRecord.code, name: "Sample community", zone: "America/Toronto", policy: policy)
            for agency in SampleAgency.allCases {
                try transaction.setAgency(agency.name, kind: agency.kind, in: community)
            }
            return community
        }
        var numbers = SampleNumbers()
        var done = 0
        while done < sample.changes.count {
            let day = sample.changes[done].recorded.seconds / 86_400
            let today = sample.changes[done...].prefix { $0.recorded.seconds / 86_400 == day }
            // A day shares one commit, as known by its end.
            clock.set(today.last?.recorded ?? first.recorded)
            numbers = try store.change { [numbers] transaction in
                var numbers = numbers
                for change in today { try numbers.write(change, in: community, transaction) }
                return numbers
            }
            done += today.count
            progress(done, sample.changes.count)
        }
    }
}

/// The record's numbers for the people, households and facts of a sample.
private struct SampleNumbers {
    private var people: [PersonID] = []
    private var households: [HouseholdID] = []
    private var facts: [Int: FactID] = [:]

    mutating func write(_ change: SampleChange, in community: Int64, _ transaction: WriteTransaction) throws {
        let origin = try transaction.origin(
            community: community, agency: change.agency.name, actor: "staff", source: "sample", isImport: false)
        while people.count <= change.person { people.append(try transaction.newPerson(in: community)) }
        for fact in change.facts {
            if case .household(let ordinal, _, _, _) = fact.statement {
                while households.count <= ordinal { households.append(try transaction.newHousehold(from: origin)) }
            }
            let content = fact.content(
                household: { households[$0] }, fact: { facts[$0] ?? FactID(0) })
            facts[fact.ordinal] = try transaction.append(
                NewFact(
                    content, about: people[change.person], replaces: fact.replaces.flatMap { facts[$0] },
                    identity: fact.identity), from: origin)
        }
    }
}

/// A clock that stands where it is set, so that a past can be written as it was.
private final class SampleClock: Sendable {
    private let microseconds = Atomic<Int64>(0)

    var now: Instant { Instant(microseconds: microseconds.load(ordering: .relaxed)) }

    func set(_ instant: Instant) { microseconds.store(instant.microseconds, ordering: .relaxed) }
}
