package import JSON
package import Store

/// A submission of a month under the names of its fields.
package enum SubmissionFields {
    /// As it is called outside.
    package static func name(_ id: Int64) -> String { String(id, radix: 36) }

    /// The number of a name; `nil` if it is none.
    package static func id(_ name: String) -> Int64? { Int64(name, radix: 36) }

    package static func write(_ submission: Submission, _ object: inout JSONWriter) {
        object.field("submission", name(submission.id))
        object.field("month", "\(submission.month)")
        object.field("submitted", "\(submission.recorded)")
        object.field("agency", submission.agency)
        object.field("user", submission.user)
        object.field("known_at", "\(submission.knownAt)")
        object.field("policy", submission.policyVersion)
        object.field("rules", submission.ruleVersion)
    }
}
