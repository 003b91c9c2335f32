import App
import ArgumentParser
import CivilTime
import JSON
import Store

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the record into the folder backups, beside any writing, and check the copy.",
        discussion: "EXAMPLE\n  bnl backup\n  bnl backup --name before-the-move")

    @OptionGroup var data: DataOptions
    @Option(help: "The name of the backup; else the time.") var name: String?
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        guard name?.utf8.allSatisfy({ $0 != UInt8(ascii: "/") && $0 > 32 && $0 < 127 }) ?? true else {
            throw ValidationError("a backup's name has visible ASCII characters and no slash")
        }
    }

    func run() throws {
        let folder = try DataFolder(path: data.path)
        guard folder.hasDatabase else { throw StoreError.notFound("there is no record in \(folder.path)") }
        let time = String("\(Workspace.now())".prefix(19).map { $0 == ":" ? "-" : $0 })
        let path = try Backup(folder: folder).run(named: name ?? time)
        if json {
            var writer = JSONWriter()
            writer.object { object in object.field("backup", path) }
            Console.own.say(writer.bytes)
        } else {
            print(path)
        }
    }
}
