import App
import ArgumentParser
import JSON
import Store

struct BackupCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the record into its folder backups, beside any writing, and check the copy in full.",
        discussion: """
            Where a server holds the folder, the server makes the copy. A manifest beside it says what it holds; bnl
            restore goes by it.

            EXAMPLE
              bnl backup
              bnl backup --name before-the-move
              bnl backup --recipient age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
            """)

    @OptionGroup var data: DataOptions
    @Option(help: "The name of the backup; else the time.") var name: String?
    @Option(help: "Encrypt it with age for this recipient; else for that of the setting backup.recipient, if any.")
    var recipient: String?
    @Flag(help: "Print the manifest.") var json = false

    func validate() throws {
        guard name?.utf8.allSatisfy({ $0 != UInt8(ascii: "/") && $0 > 32 && $0 < 127 }) ?? true else {
            throw ValidationError("a backup's name has visible ASCII characters and no slash")
        }
        guard recipient.map(ServeSettings.isRecipient) ?? true else {
            throw ValidationError("a recipient of age begins with age1 or ssh-")
        }
    }

    func perform(in workspace: Workspace, _ console: Console) throws {
        let manifest = try workspace.store.backUp(
            named: name, program: Version.commit, recipient: try recipient ?? workspace.backupRecipient())
        for problem in manifest.contents.accessLog.problems { console.complain("bnl: \(problem)") }
        if json {
            console.write(manifest.text)
        } else {
            console.say("\(workspace.store.folder.backupsPath)/\(manifest.file)")
        }
    }
}
