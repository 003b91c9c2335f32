import App
import ArgumentParser
import ByNameList
import CivilTime
import Glibc
import Store

/// Where the record is.
struct DataOptions: ParsableArguments {
    @Option(help: "The data folder; else the environment variable BNL_DATA, else ~/.bnl.")
    var data: String?

    var path: String {
        if let data { return data }
        if let value = getenv("BNL_DATA") { return String(cString: value) }
        let home = getenv("HOME").map { String(cString: $0) } ?? "."
        return home + "/.bnl"
    }

    func open(_ mode: Store.Mode) throws -> Workspace { try Workspace(path: path, mode: mode) }
}

/// Which community is meant.
struct CommunityOptions: ParsableArguments {
    @OptionGroup var data: DataOptions

    @Option(help: "The code of the community.")
    var community: String
}

extension Month: ExpressibleByArgument {
    /// The value that the text of an option stands for.
    public init?(argument: String) { self.init(argument) }
}

extension CivilDate: ExpressibleByArgument {
    /// The value that the text of an option stands for.
    public init?(argument: String) { self.init(argument) }
}

extension Instant: ExpressibleByArgument {
    /// The value that the text of an option stands for.
    public init?(argument: String) { self.init(argument) }
}

extension ListOrder: ExpressibleByArgument {}

extension CountingUnit: ExpressibleByArgument {
    /// The value that the text of an option stands for.
    public init?(argument: String) {
        guard let found = CountingUnit.allCases.first(where: { $0.code == argument }) else { return nil }
        self = found
    }

    /// What help shows as the default.
    public var defaultValueDescription: String { code }
    /// What help shows as possible.
    public static var allValueStrings: [String] { allCases.map(\.code) }
}
