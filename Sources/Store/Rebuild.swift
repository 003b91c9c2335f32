import ByNameList
import SQLite
import Threads

extension Store {
    /// Builds the community's projections anew from the journal, beside the live ones, and switches in one commit.
    ///
    /// Facts that arrive meanwhile go into both. Killed half-way, the live projection is untouched, and the next
    /// rebuild drops what was left.
    ///
    /// - Parameters:
    ///   - policy: a new policy document to project with; `nil`: the one in force.
    ///   - replacing: the version of the policy that is to be replaced; another one in force is `alreadyExists`.
    ///   - recordsPerBatch: records that one batch takes in, so that intakes can run between two of them.
    package func rebuild(
        community code: String, policy: String? = nil, replacing version: Int? = nil, recordsPerBatch: Int64 = 1_000,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws {
        guard !isClosing else { throw StoreError.closing }
        try rebuilding.with { _ in
            if let version {
                let held = try read { reader in try reader.policyDocument(of: try reader.community(code)).version }
                guard held == version else {
                    throw StoreError.alreadyExists("another policy was recorded meanwhile: version \(held)")
                }
            }
            try rebuildAlone(code, policy, recordsPerBatch, progress)
        }
    }

    private func rebuildAlone(
        _ code: String, _ policy: String?, _ recordsPerBatch: Int64, _ progress: (_ done: Int, _ total: Int) -> Void
    ) throws {
        let (community, building, total) = try insisting {
            try change { transaction in try transaction.beginRebuild(of: code, policy: policy) }
        }
        var done: Int64 = 0
        // The counts of the new projection wait in memory: nobody reads them before the switch, and most people
        // count into the same rows. Killed before they are written, the rebuild begins anew.
        var counts = TallyDifference()
        var folded: [Refolded] = []
        while done < total {
            guard !isClosing else { throw StoreError.closing }
            let end = done + recordsPerBatch
            let batch = Promise<Result<[Refolded], any Error>>()
            try insisting { [done] in
                let isTaken = submit { transaction in
                    try transaction.rebuild(building, of: community, after: done, through: end)
                } answer: {
                    batch.keep($0)
                }
                guard isTaken else { throw refusal }
            }
            // While the writer folds this batch, the one before is counted here.
            for refolded in folded { counts.add(refolded) }
            folded = try batch.wait().get()
            done = end
            progress(Int(min(done, total)), Int(total))
        }
        for refolded in folded { counts.add(refolded) }
        counts.compact()
        try insisting {
            try change { [counts] transaction in
                try transaction.finishRebuild(building, of: community, counts: counts)
            }
        }
        try dropOldProjections(of: community)
    }

    private func dropOldProjections(of community: Int64) throws {
        while !isClosing,
            try insisting({
                try change { transaction in try transaction.dropOldProjections(of: community, rows: 20_000) }
            })
        {}
    }

    /// Tries again where so many changes wait that no more are taken: what is half rebuilt is worth waiting for.
    private func insisting<Answer>(_ attempt: () throws -> Answer) throws -> Answer {
        while true {
            do {
                return try attempt()
            } catch StoreError.busy where !isClosing {
                _ = Mailbox<Void>(capacity: 1).wait(milliseconds: 20)
            }
        }
    }
}

extension Store {
    /// Clears away what an interrupted rebuild left, and rebuilds what other rules than this program's have made.
    ///
    /// Figures are read from the projection of the former rules, whole and as it was, until the next one is, which has
    /// what came meanwhile.
    package func mendProjections(
        progress: (_ community: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) throws {
        isProjecting = true
        defer { isProjecting = false }
        for community in try read({ reader in try reader.communities() }) {
            try rebuilding.with { _ in
                try dropOldProjections(of: community.id)
                let made = try read { reader in
                    try reader.projection(of: try reader.community(community.code)).ruleVersion
                }
                guard made != ruleVersion else { return }
                try rebuildAlone(community.code, nil, 1_000) { progress(community.code, $0, $1) }
            }
        }
    }
}

extension WriteTransaction {
    /// A new projection that holds nobody yet; half-built ones of former attempts are forgotten.
    func beginRebuild(
        of code: String, policy document: String?
    ) throws(StoreError) -> (community: Int64, projection: Int64, lastRecord: Int64) {
        guard let community = try community(code) else {
            throw .notFound("there is no community \(code)")
        }
        return try translatingErrors { () throws(SQLiteError) in
            let policy: Int64
            if let document {
                policy = try recordPolicy(document, of: community.id, version: try nextPolicyVersion(of: community.id))
            } else {
                policy = try policyID(of: community.projection)
            }
            let abandoned = try connection.statement(
                "UPDATE projection SET built_to = -1 WHERE community = ? AND id <> ?")
            try abandoned.bind(1, community.id)
            try abandoned.bind(2, community.projection)
            try abandoned.run()
            let projection = try newProjection(of: community.id, policy: policy, builtTo: 0)
            let last = try connection.statement("SELECT max(id) FROM record WHERE community = ?")
            try last.bind(1, community.id)
            return (community.id, projection, try last.first { row throws(SQLiteError) in row.int64(0) } ?? 0)
        }
    }

    /// Takes the records of that range into the projection, and answers the spells that they have there.
    func rebuild(
        _ projection: Int64, of community: Int64, after first: Int64, through last: Int64
    ) throws(StoreError) -> [Refolded] {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement("UPDATE projection SET built_to = ? WHERE id = ?")
            try statement.bind(1, last)
            try statement.bind(2, projection)
            try statement.run()
            memory.forget()
            guard let building = try memory.projections(of: community).first(where: { $0.id == projection }) else {
                throw SQLiteError(.notFound, message: "the projection that was being built is gone")
            }
            let records = try connection.statement("SELECT id FROM record WHERE community = ? AND id > ? AND id <= ?")
            try records.bind(1, community)
            try records.bind(2, first)
            try records.bind(3, last)
            let journal = try self.journal.knowingMerges(of: community)
            var people: [TouchedRecord] = []
            try records.forEach { row throws(SQLiteError) in
                let record = PersonID(row.int64(0))
                // Whose person has a smaller number was folded with it, if that is in the projection yet.
                guard try journal.person(of: record) == record else { return }
                people.append(TouchedRecord(record: record, bearsOnOthers: false))
            }
            var folded: [Refolded] = []
            var known = KnownLives(journal: journal, stage: ChangeStage())
            try Refold(connection: connection, isFirst: true).run(people, of: community, in: [building], &known) {
                folded.append($0)
            }
            return folded
        }
    }

    /// Takes in who came since the rebuild began, and makes the projection the live one.
    func finishRebuild(_ projection: Int64, of community: Int64, counts: TallyDifference) throws(StoreError) {
        stage.rebuilt.merge(counts)
        for refolded in try rebuild(projection, of: community, after: try builtTo(projection), through: .max) {
            stage.rebuilt.add(refolded)
        }
        try translatingErrors { () throws(SQLiteError) in try makeCurrent(projection, of: community) }
    }

    /// Deletes some rows of projections that are not current any more; false when none is left.
    func dropOldProjections(of community: Int64, rows: Int) throws(StoreError) -> Bool {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement(
                """
                SELECT projection.id FROM projection JOIN community ON community.id = projection.community
                WHERE community.id = ? AND projection.id <> community.projection LIMIT 1
                """)
            try statement.bind(1, community)
            guard let old = try statement.first({ row throws(SQLiteError) in row.int64(0) }) else { return false }
            if try deleteSpells(of: old, rows: rows) == 0 { try deleteCounts(of: old) }
            memory.forget()
            return true
        }
    }

    private func deleteSpells(of projection: Int64, rows: Int) throws(SQLiteError) -> Int {
        let statement = try connection.statement(
            """
            DELETE FROM spell WHERE projection = ?1 AND person IN
                (SELECT DISTINCT person FROM spell WHERE projection = ?1 ORDER BY person LIMIT ?2)
            """)
        try statement.bind(1, projection)
        try statement.bind(2, rows)
        try statement.run()
        return connection.changes
    }

    private func deleteCounts(of projection: Int64) throws(SQLiteError) {
        let statements: [StaticString] = [
            "DELETE FROM tally WHERE projection = ?", "DELETE FROM month_tally WHERE projection = ?",
            "DELETE FROM length_tally WHERE projection = ?",
            "DELETE FROM population WHERE projection = ?", "DELETE FROM projection WHERE id = ?",
        ]
        for sql in statements {
            let statement = try connection.statement(sql)
            try statement.bind(1, projection)
            try statement.run()
        }
    }

    private func builtTo(_ projection: Int64) throws(StoreError) -> Int64 {
        try translatingErrors { () throws(SQLiteError) in
            let statement = try connection.statement("SELECT built_to FROM projection WHERE id = ?")
            try statement.bind(1, projection)
            return try statement.first { row throws(SQLiteError) in row.int64(0) } ?? 0
        }
    }

    private func policyID(of projection: Int64) throws(SQLiteError) -> Int64 {
        let statement = try connection.statement("SELECT policy FROM projection WHERE id = ?")
        try statement.bind(1, projection)
        guard let policy = try statement.first({ row throws(SQLiteError) in row.int64(0) }) else {
            throw SQLiteError(.corrupt, message: "the community has no projection")
        }
        return policy
    }

    private func nextPolicyVersion(of community: Int64) throws(SQLiteError) -> Int {
        let statement = try connection.statement("SELECT max(version) FROM policy WHERE community = ?")
        try statement.bind(1, community)
        return (try statement.first { row throws(SQLiteError) in row.int(0) } ?? 0) + 1
    }
}
