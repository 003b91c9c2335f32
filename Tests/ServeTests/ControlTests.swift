import Fixtures
import Foundation
import Testing

@Suite(.serialized) struct `Commands beside a running server` {
    @Test func `are carried out by it, under load, and take effect at once`() throws {
        let record = try ServedRecord()
        try record.start()
        let load = IntakeLoad(record, clients: 4, run: "control")
        load.wait(forAnswers: 50)
        let token = try record.makeToken("dashboard")
        #expect(record.get("reports/monthly/2026-01", token: token).status == 200)
        #expect(try record.run("token", "revoke", "2", "--community", "town") == ["revoked 2"])
        #expect(record.get("reports/monthly/2026-01", token: token).status == 401)
        let export = try SmallExportFolder(clients: 200)
        let imported = try record.run("import", "hmis", export.path, "--community", "town", "--json")
        #expect(imported.joined().contains("200"))
        #expect(try record.run("rebuild", "--community", "town").count == 1)
        #expect(try record.isWhole())
        try record.run(
            "community", "create", "other", "--name", "Other", "--zone", "UTC", "--policy", "us_bfz")
        load.stop()
        #expect(load.finish().values.allSatisfy { if case .kept = $0 { true } else { false } })
        #expect(record.stop())
    }

    @Test func `say what is wrong with the server's own words and status`() throws {
        let record = try ServedRecord()
        try record.start()
        #expect(throws: Failed.self) { try record.run("token", "revoke", "99", "--community", "town") }
        #expect(throws: Failed.self) { try record.run("rebuild", "--community", "nowhere") }
    }

    @Test func `never open the database for writing themselves`() throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/strace") else {
            print("strace is absent: nobody looked at which process opens the database")
            return
        }
        let record = try ServedRecord()
        try record.start()
        let trace = record.folder + "-trace"
        defer { try? FileManager.default.removeItem(atPath: trace) }
        let export = try SmallExportFolder(clients: 3)
        let commands = [
            ["token", "create", "--community", "town", "--agency", "Agency", "--user", "b", "--role", "admin"],
            ["import", "hmis", export.path, "--community", "town"], ["rebuild", "--community", "town"], ["check"],
        ]
        for command in commands {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/strace")
            process.arguments =
                [
                    "-f", "-y", "-A", "-o", trace, "-e", "trace=openat,connect,pwrite64,ftruncate",
                    try ChildProcess.path(of: "bnl"),
                ]
                + command + ["--data", record.folder]
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
        let database = lines.filter { $0.contains("record.sqlite3\"") }
        // The check reads beside the server; three commands went over the control socket.
        #expect(!database.isEmpty)
        #expect(database.filter { $0.contains("O_RDWR") || $0.contains("O_WRONLY") }.count == 0)
        // SQLite opens the log in a way that would let it write; it does not.
        let written = lines.filter { $0.contains("record.sqlite3>") || $0.contains("record.sqlite3-wal>") }
        #expect(written.filter { $0.contains("pwrite64(") || $0.contains("ftruncate(") }.count == 0)
        #expect(lines.filter { $0.contains("AF_UNIX") && $0.contains("/control") && $0.hasSuffix("= 0") }.count == 3)
    }
}

/// An export of so many people, each a night in a shelter, as files.
private final class SmallExportFolder {
    let path: String

    init(clients: Int) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("export-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let people = 1...clients
        try write(
            "Export", "ExportID,SourceID,ExportDate,ExportEndDate,CSVVersion,HashStatus",
            ["X1,SRC,2024-03-31 10:00:00,2024-03-31,2024 v1.3,1"])
        try write("Project", "ProjectID,ProjectName,OperatingEndDate,ProjectType", ["ES,Harbour,,0"])
        try write(
            "Client", "PersonalID,FirstName,LastName,DOB,DOBDataQuality,DateDeleted",
            people.map { "\($0),Ash,Oak\($0),1980-05-01,1," })
        try write(
            "Enrollment", "EnrollmentID,PersonalID,ProjectID,EntryDate,HouseholdID,RelationshipToHoH,DateDeleted",
            people.map { "E\($0),\($0),ES,2024-01-10,H\($0),1," })
        try write("Exit", "ExitID,EnrollmentID,PersonalID,ExitDate,Destination", [])
        try write("Services", "ServicesID,EnrollmentID,PersonalID,DateProvided,RecordType", [])
    }

    deinit {
        // Nothing depends on the folder being gone.
        try? FileManager.default.removeItem(atPath: path)
    }

    private func write(_ name: String, _ header: String, _ rows: [String]) throws {
        let text = ([header] + rows).joined(separator: "\n") + "\n"
        try text.write(toFile: "\(path)/\(name).csv", atomically: false, encoding: .utf8)
    }
}
