import App
import ArgumentParser
import ByNameList
import CivilTime
import JSON
import Store
import Views

struct ReportSubmitCommand: RecordCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Submit a month: its figures, and who counts in them, stay as they are known now.",
        discussion: """
            A month that has ended can be submitted any number of times; each submission is kept.

            EXAMPLE
              bnl report submit --community sample --month 2024-03
            """)

    @OptionGroup var community: CommunityOptions
    @Option(help: "The month; else the last that is over.") var month: Month?
    @Flag(help: "Print JSON.") var json = false

    var data: DataOptions { community.data }

    func perform(in workspace: Workspace, _ console: Console) throws {
        let found = try workspace.community(community.community)
        let today = workspace.today(in: found)
        let last = today.month.previous
        let month = month ?? last
        guard month <= last else { throw ValidationError("\(month) has not ended: submit \(last) or an earlier one") }
        let calendar = workspace.store.calendar
        let draft = try workspace.store.read { reader in
            try SubmittedMonth.draft(
                month, of: try reader.community(found.code), reader, today: today, calendar: calendar)
        }
        let user = console.user
        try workspace.store.change { transaction in
            let origin = try transaction.origin(
                community: found.id, agency: "operator", actor: user, source: "command line", isImport: false)
            _ = try CommunityLedger(transaction, origin: origin).submit(draft)
        }
        guard json else { return console.say("submitted \(month) of \(found.code), known at \(draft.knownAt)") }
        var writer = JSONWriter(isPretty: true)
        writer.object { object in
            object.field("community", found.code)
            object.field("month", "\(month)")
            object.field("known_at", "\(draft.knownAt)")
        }
        console.say(writer.bytes)
    }
}
