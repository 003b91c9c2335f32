package import CivilTime

extension CivilDate: ExpressibleByStringLiteral {
    /// A date of a test, as `2024-03-05`; one that does not exist stops the test.
    package init(stringLiteral text: String) {
        guard let date = CivilDate(text) else { preconditionFailure("no date: \(text)") }
        self = date
    }
}

extension Month: ExpressibleByStringLiteral {
    /// A month of a test, as `2024-03`; one that does not exist stops the test.
    package init(stringLiteral text: String) {
        guard let month = Month(text) else { preconditionFailure("no month: \(text)") }
        self = month
    }
}
