import SQLite

/// What a check of the access log's chain found.
package struct AccessCheck: Hashable, Sendable {
    package let rows: Int64
    package let head: AccessHead
    /// Sentences that say which rows or links do not hold; empty if all is well.
    package let problems: [String]
    /// What cannot be checked, and why.
    package let notes: [String]
}

/// Walks the chain from its first link, and finds the rows that no link holds.
private struct AccessWalk {
    let links: AccessLinks
    let key: AccessKey?
    private var before = AccessHead.none
    private var problems: [String] = []
    private var rows: Int64 = 0
    private var otherKeys: ClosedRange<Int64>?
    private var found: [Int64: AccessHead] = [:]

    init(connection: Connection, key: AccessKey?) {
        links = AccessLinks(connection: connection)
        self.key = key
    }

    mutating func run(against witnesses: [(name: String, head: AccessHead)]) throws(SQLiteError) -> AccessCheck {
        let wanted = Set(witnesses.map(\.head.link))
        var all: [AccessLinks.Link] = []
        try links.forEachLink { link throws(SQLiteError) in all.append(link) }
        for link in all {
            try check(link)
            if wanted.contains(link.id) { found[link.id] = before }
        }
        let last = try links.lastRow()
        checkGap(from: before.through + 1, through: last)
        for (name, head) in witnesses where head.link > 0 && found[head.link] != head {
            note(
                "the backup \(name) has \(head.through) rows in \(head.link) links of the access log, which this one "
                    + "has not: its end was cut off, or it was written anew")
        }
        let notes = otherKeys.map {
            ["links \($0.lowerBound) to \($0.upperBound) of the access log were made with a key that is not here"]
        }
        return AccessCheck(rows: rows, head: before, problems: problems, notes: notes ?? [])
    }

    private mutating func check(_ link: AccessLinks.Link) throws(SQLiteError) {
        if link.id != before.link + 1 {
            note("links \(before.link + 1) to \(link.id - 1) of the access log are missing")
        }
        checkGap(from: before.through + 1, through: link.first - 1)
        defer { before = AccessHead(link: link.id, through: link.through, mac: link.mac) }
        rows += link.through - link.first + 1
        guard let key, key.name == link.key else {
            guard key.map({ link.id < $0.firstLink }) ?? true else {
                return note(
                    "the access log does not hold between rows \(link.first) and \(link.through) (link \(link.id)): "
                        + "another key made it")
            }
            otherKeys = (otherKeys?.lowerBound ?? link.id)...link.id
            return
        }
        var hash = LinkHash(key, link: link.id, before: before.mac)
        try links.forEachRow(from: link.first, through: link.through) { row throws(SQLiteError) in hash.add(row) }
        if hash.finalize() != link.mac {
            note(
                "the access log does not hold between rows \(link.first) and \(link.through) (link \(link.id)): one "
                    + "was altered, taken out or put in")
        }
    }

    private mutating func checkGap(from first: Int64, through last: Int64) {
        if first <= last { note("rows \(first) to \(last) of the access log are in no link: somebody else wrote them") }
    }

    private mutating func note(_ problem: String) {
        if problems.count < 100 { problems.append(problem) }
    }
}

extension Reader {
    /// Holds the access log against its chain.
    ///
    /// - Parameter witnesses: heads that were noted elsewhere, each with the name of where.
    package func checkAccesses(
        in folder: DataFolder, against witnesses: [(name: String, head: AccessHead)] = []
    ) throws(StoreError) -> AccessCheck {
        let key = try AccessKey.read(folder)
        return try translatingErrors { () throws(SQLiteError) in
            var walk = AccessWalk(connection: connection, key: key)
            return try walk.run(against: witnesses)
        }
    }

    /// Where the access log ends.
    package func accessHead() throws(StoreError) -> AccessHead {
        try translatingErrors { () throws(SQLiteError) in try AccessLinks(connection: connection).head() }
    }
}
