package import ByNameList
package import CivilTime

/// A month as it was submitted: its figures stay as they were.
package struct Submission: Hashable, Sendable {
    /// Its number in the record.
    package let id: Int64
    package let month: Month
    package let agency: String
    package let user: String
    package let recorded: Instant
    /// Everything that was recorded up to it is in the figures, and nothing later.
    package let knownAt: Instant
    package let policyVersion: Int
    package let ruleVersion: Int
}

/// The figures of one population and unit of a submitted month.
package struct SubmittedRow: Hashable, Sendable {
    /// As the policy then had it.
    package let population: Population
    package let unit: CountingUnit
    package let activeAtStart: Int
    package let inflow: Int
    package let outflow: Int
    package let activeAtEnd: Int
    /// All of them, as the JSON object in which they were served.
    package let figures: String

    package init(
        population: Population, unit: CountingUnit, activeAtStart: Int, inflow: Int, outflow: Int, activeAtEnd: Int,
        figures: String
    ) {
        self.population = population
        self.unit = unit
        self.activeAtStart = activeAtStart
        self.inflow = inflow
        self.outflow = outflow
        self.activeAtEnd = activeAtEnd
        self.figures = figures
    }
}

/// A month that is to be submitted.
package struct SubmissionDraft: Sendable {
    package let month: Month
    /// What its figures were counted in.
    package let projection: Projection
    package let knownAt: Instant
    package let rows: [SubmittedRow]
    /// Who counts in the month, in order of record number.
    package let entries: [(person: PersonID, entries: [MonthEntry])]

    package init(
        month: Month, projection: Projection, knownAt: Instant, rows: [SubmittedRow],
        entries: [(person: PersonID, entries: [MonthEntry])]
    ) {
        self.month = month
        self.projection = projection
        self.knownAt = knownAt
        self.rows = rows
        self.entries = entries
    }
}
