import SQLite
import Testing

@Suite struct `A statement` {
    let memory: Connection

    init() throws {
        memory = try Connection(path: "", mode: .memory, applicationID: applicationID)
        try memory.execute(
            """
            CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT UNIQUE, weight REAL, face BLOB,
                age INTEGER CHECK (age BETWEEN 0 AND 120)) STRICT
            """)
    }

    @Test func `gives back what was bound`() throws {
        let insert = try memory.statement("INSERT INTO person VALUES (?, ?, ?, ?, ?)")
        try insert.bind(1, Int64.max)
        try insert.bind(2, "Zoë\0 O'Brien")
        try insert.bind(3, 1.5)
        try insert.bind(4, [0, 255, 7])
        try insert.bind(5, 44)
        try insert.run()
        #expect(memory.changes == 1)
        #expect(memory.lastInsertRowID == .max)
        try insert.bind(1, 2)
        try insert.bind(2, "")
        try insert.bind(3, nil as Double?)
        try insert.bind(4, [UInt8]())
        try insert.bindNull(5)
        try insert.run()
        let select = try memory.statement("SELECT id, name, weight, face, age FROM person ORDER BY id DESC")
        #expect(try select.step())
        #expect(select.columnCount == 5)
        #expect(select.int64(0) == .max)
        #expect(select.string(1) == "Zoë\0 O'Brien")
        #expect(select.double(2) == 1.5)
        #expect(select.bytes(3) == [0, 255, 7])
        #expect(select.optionalInt(4) == 44)
        #expect(try select.step())
        #expect(select.optionalString(1) == "")
        #expect(select.optionalDouble(2) == nil)
        #expect(select.optionalBytes(3) == [])
        #expect(select.isNull(4))
        #expect(try !select.step())
        select.reset()
        var names: [String] = []
        try select.forEach { row in names.append(row.string(1)) }
        #expect(names.count == 2)
    }

    @Test func `forgets what was bound when it is reset`() throws {
        let select = try memory.statement("SELECT ?")
        try select.bind(1, "name")
        #expect(try select.first { $0.string(0) } == "name")
        #expect(try select.first { $0.isNull(0) } == true)
    }

    @Test func `is refused with the full code, the column, and no value`() throws {
        let insert = try memory.statement("INSERT INTO person (name, age) VALUES (?, ?)")
        func add(_ name: String, age: Int) throws(SQLiteError) {
            try insert.bind(1, name)
            try insert.bind(2, age)
            try insert.run()
        }
        try add("Secretname", age: 3)
        let twice = failure { () throws(SQLiteError) in try add("Secretname", age: 3) }
        #expect(twice?.code == .constraint)
        #expect(twice?.extendedCode == 2067)
        #expect(twice?.message == "UNIQUE constraint failed: person.name")
        let old = failure { () throws(SQLiteError) in try add("Other", age: 777) }
        #expect(old?.extendedCode == 275)
        #expect(old?.message.contains("777") == false)
        let path = failure { () throws(SQLiteError) in
            let extract = try memory.statement("SELECT json_extract('{}', ?)")
            try extract.bind(1, "Secretname")
            try extract.run()
        }
        #expect(path?.code == .error)
        #expect(path?.description.contains("Secretname") == false)
    }

    @Test func `is held to the types of a STRICT table`() throws {
        let insert = try memory.statement("INSERT INTO person (name) VALUES (?)")
        let blob = failure { () throws(SQLiteError) in
            try insert.bind(1, [UInt8(1)])
            try insert.run()
        }
        #expect(blob?.code == .constraint)
        #expect(blob?.extendedCode == 3091)
        #expect(try number("SELECT count(*) FROM person", on: memory) == 0)
    }

    @Test func `refuses an index that it does not have`() throws {
        let select = try memory.statement("SELECT ?, 1")
        #expect(failure { () throws(SQLiteError) in try select.bind(2, 1) }?.code == .range)
        #expect(failure { () throws(SQLiteError) in try select.bind(-1, "x") }?.code == .range)
    }
}

@Suite struct `A fault` {
    let memory: Connection

    init() throws {
        memory = try Connection(path: "", mode: .memory, applicationID: applicationID)
        try memory.execute("CREATE TABLE fact (id INTEGER PRIMARY KEY) STRICT")
    }

    @Test func `meets the step it was ordered for, once`() throws {
        let plan = FaultPlan(.init("INSERT INTO fact", step: 2, code: .ioError))
        memory.faults = plan
        try memory.run("INSERT INTO fact VALUES (1)")
        #expect(failure { () throws(SQLiteError) in try memory.run("INSERT INTO fact VALUES (2)") }?.code == .ioError)
        try memory.run("INSERT INTO fact VALUES (3)")
        #expect(plan.met.count == 1)
        #expect(try number("SELECT count(*) FROM fact", on: memory) == 2)
    }

    @Test func `that took the whole group with it shows in the transaction`() throws {
        memory.faults = FaultPlan(.init("INSERT INTO fact", step: 2, code: .full, rollsBack: true))
        try memory.run("BEGIN IMMEDIATE")
        try memory.run("SAVEPOINT request")
        try memory.run("INSERT INTO fact VALUES (1)")
        try memory.run("RELEASE request")
        try memory.run("SAVEPOINT request")
        #expect(memory.isInTransaction)
        #expect(failure { () throws(SQLiteError) in try memory.run("INSERT INTO fact VALUES (2)") }?.code == .full)
        #expect(!memory.isInTransaction)
        #expect(try number("SELECT count(*) FROM fact", on: memory) == 0)
    }

    @Test(arguments: ["RELEASE", "COMMIT"])
    func `of one request leaves the group to be rolled back`(word: String) throws {
        memory.faults = FaultPlan(.init(word, code: .busy))
        try memory.run("BEGIN IMMEDIATE")
        try memory.run("SAVEPOINT request")
        try memory.run("INSERT INTO fact VALUES (1)")
        let error = failure { () throws(SQLiteError) in
            try memory.run("RELEASE request")
            try memory.run("COMMIT")
        }
        #expect(error?.code == .busy)
        #expect(memory.isInTransaction)
        try memory.run("ROLLBACK")
        #expect(try number("SELECT count(*) FROM fact", on: memory) == 0)
    }

    @Test func `can stop a script and a checkpoint`() throws {
        memory.faults = FaultPlan(.init("INSERT", code: .noMemory))
        let script = "DELETE FROM fact; INSERT INTO fact VALUES (1)"
        #expect(failure { () throws(SQLiteError) in try memory.execute(script) }?.code == .noMemory)
        let folder = try ScratchFolder()
        let writer = try folder.writer()
        writer.faults = FaultPlan(.init("PRAGMA wal_checkpoint", code: .ioError))
        #expect(failure { () throws(SQLiteError) in _ = try writer.checkpoint(.truncate) }?.code == .ioError)
    }
}
