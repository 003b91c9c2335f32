extension LSAReport {
    /// A line for each person under the names that the specification gives to the columns, the header first.
    package var personLines: [String] {
        ["PersonalID,CHTime,CHTimeStatus"]
            + people.map { "\(quoted($0.id)),\($0.finding.time.rawValue),\($0.finding.status.rawValue)" }
    }

    /// A line for each episode of each person under the names of ch_Episodes (5.9), the header first.
    package var episodeLines: [String] {
        ["PersonalID,episodeStart,episodeEnd,episodeDays"]
            + people.flatMap { person in
                person.episodes.map { "\(quoted(person.id)),\($0.start),\($0.end),\($0.days)" }
            }
    }

    /// Quoted where the value needs it (RFC 4180 2).
    private func quoted(_ text: String) -> String {
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
