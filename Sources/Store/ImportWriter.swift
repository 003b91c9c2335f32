import CivilTime
import HMIS
import Threads

/// Puts the persons of an export into the record, a few at a time, so that intakes get their turn in between.
///
/// For each person of the export the record is brought to what the export now says: a row not seen before adds a fact,
/// a changed one replaces its own, a row that is gone voids what it said. Persons who are not in the export are left as
/// they are, for an export may cover a part of the projects or of the time. What somebody here has voided or replaced
/// by hand stays as they left it, whatever the source goes on saying. The same export a second time changes nothing.
final class ImportWriter: ImportTarget {
    /// How long a batch may hold the writer, and the persons it has at the most.
    static let batchMicroseconds: Int64 = 8_000
    static let personsMax = 512
    /// The refused facts that are kept as examples; all are counted.
    static let refusedMax = 1_000

    private(set) var counts = ImportCounts()
    private(set) var refused: [RefusedFact] = []
    private let store: Store
    private let task: ImportTask
    private let clock: Clock
    /// The batch that the writer has while the next persons are gathered.
    private var underWay: (batch: ImportBatch, result: Promise<Written>)?
    private var waiting: [ImportedPerson] = []
    /// Persons in a batch: as many as the last batches showed to fit into its time, folds and commit included.
    private var personsInBatch = 16

    private struct Written: Sendable {
        let result: Result<ImportBatch.Outcome, any Error>
        let end: Int64
    }

    init(_ store: Store, task: ImportTask, clock: @escaping Clock) {
        self.store = store
        self.task = task
        self.clock = clock
    }

    func write(_ person: ImportedPerson) throws {
        waiting.append(person)
        if waiting.count >= personsInBatch { try passOn() }
    }

    /// Writes what is still waiting.
    func finish() throws {
        repeat {
            try passOn()
        } while underWay != nil
    }

    /// Takes in what the last batch came to, and hands the next to the writer.
    private func passOn() throws {
        try takeIn()
        guard !waiting.isEmpty else { return }
        let batch = ImportBatch(
            task: task, persons: Array(waiting.prefix(personsInBatch)), clock: clock,
            microsecondsMax: ImportWriter.batchMicroseconds)
        waiting.removeFirst(batch.persons.count)
        let written = Promise<Written>()
        let isTaken = store.submit(isLong: true) { transaction in
            try batch.apply(in: transaction)
        } answer: { [clock] result in
            written.keep(Written(result: result, end: clock().microseconds))
        }
        guard isTaken else { throw StoreError.busy }
        underWay = (batch, written)
    }

    private func takeIn() throws {
        guard let (batch, promise) = underWay else { return }
        underWay = nil
        let written = promise.wait()
        let outcome = try written.result.get()
        counts += outcome.counts
        refused += outcome.refused.prefix(ImportWriter.refusedMax - refused.count)
        waiting.insert(contentsOf: batch.persons.dropFirst(outcome.personsDone), at: 0)
        adapt(to: written.end - outcome.begin, persons: outcome.personsDone)
    }

    /// Never more than twice as many as before: the next persons may have more to tell.
    private func adapt(to elapsed: Int64, persons: Int) {
        let fitting = Int(Int64(persons) * ImportWriter.batchMicroseconds / max(elapsed, 1))
        personsInBatch = max(1, min(fitting, 2 * personsInBatch, ImportWriter.personsMax))
    }
}
