import ByNameList
import CivilTime
import HTTP
import JSON

/// As many months as one answer of flat rows has, and where the months after them are (decision 0014).
struct MonthPage: Sendable {
    /// Rows of one answer at the most: months by standard populations.
    static let rowsMax = 1_200

    let months: [Month]
    let to: Month
    /// The first month that is not in the answer; `nil` on the last page.
    let next: Month?

    /// - Parameter rowsEach: rows of one month.
    init(from: Month, to: Month, rowsEach: Int) {
        let count = Int(to.monthNumber - from.monthNumber) + 1
        let shown = min(count, max(1, MonthPage.rowsMax / rowsEach))
        months = (0..<shown).map { from.adding(months: $0) }
        self.to = to
        next = shown < count ? from.adding(months: shown) : nil
    }

    /// Where the next page is: the same question from a later month on.
    ///
    /// Without a host: whoever asks knows how they reached the server, and it may know another name of itself.
    func link(_ request: Request, _ parameters: [(name: String, value: String?)]) -> String? {
        guard let next else { return nil }
        let path = String(decoding: request.head[request.path], as: UTF8.self)
        let rest = parameters.compactMap { name, value in value.map { "&\(name)=\($0)" } }
        return "\(path)?from=\(next)&to=\(to)" + rest.joined()
    }
}

extension Call {
    /// The months of a query, `from` and `to`, neither of them in the future.
    ///
    /// - Parameters:
    ///   - population: `nil`: all.
    ///   - day: today, or the day of which it is asked what was known.
    func monthPage(_ from: Month?, _ to: Month?, of population: String?, by day: CivilDate) throws -> MonthPage {
        guard let from, let to, from <= to else {
            throw Problem(.invalidFields, errors: [FieldProblem("to", "must not lie before from")])
        }
        guard to <= day.month else {
            throw Problem(
                .invalidFields,
                errors: [FieldProblem("to", "\(to) lies in the future: ask for \(day.month) or earlier")])
        }
        return MonthPage(from: from, to: to, rowsEach: population == nil ? Population.standard.count : 1)
    }

    /// The month in the path, which has ended on the last day that is known of.
    func endedMonth(by day: CivilDate) throws -> Month {
        guard let month = captures.last.flatMap({ Month($0) }) else {
            throw Problem(.invalidFields, errors: [FieldProblem("month", "must be a month, as 2024-03")])
        }
        guard month < day.month else {
            throw Problem(
                .invalidFields,
                errors: [FieldProblem("month", "\(month) has not ended: ask for \(day.month.previous) or earlier")])
        }
        return month
    }
}

extension Parameters {
    /// The first and the last month of a question.
    mutating func months() -> (from: Month?, to: Month?) {
        (
            required("from", must: "be a month, as 2024-01") { Month($0) },
            required("to", must: "be a month, as 2024-03") { Month($0) }
        )
    }
}
