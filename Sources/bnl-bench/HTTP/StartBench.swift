import ArgumentParser

struct StartBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "From the start of the program to its first answer.")

    @OptionGroup var options: HTTPOptions
    @Option(help: "Starts to measure.") var starts = 15

    func run() throws {
        let sample = try ServedSample(options)
        // The first one finds the program's pages on the disk.
        let times = try (0...starts).map { _ in try sample.serve().startMilliseconds }.dropFirst()
        print(
            "start, \(options.people) people: median \(rounded(median(Array(times)))) ms, slowest of \(starts) "
                + "\(rounded(times.max() ?? 0)) ms, target under 50")
    }
}
