package import ByNameList
package import CivilTime
package import JSON

/// What somebody said of their homelessness, judged by HUD's flowcharts (HMIS 3.917).
package struct SelfReportFields {
    private let report: SelfReport
    private let asOf: CivilDate
    private let atPoint: Bool

    /// - Parameter atPoint: judged at that day; else at the project's start.
    package init(_ report: SelfReport, asOf: CivilDate, atPoint: Bool) {
        self.report = report
        self.asOf = asOf
        self.atPoint = atPoint
    }

    package func write(to object: inout JSONWriter) {
        let answer =
            atPoint
            ? report.status(at: asOf)
            : SelfReportAtPoint(status: report.statusAtStart, monthsPrior: nil, monthsInProject: nil)
        object.field("rule", ChronicRule.usHUD.code)
        object.field("method", atPoint ? "self_report_pit" : "self_report_start")
        object.field("basis", "self_report")
        object.field("as_of", "\(atPoint ? asOf : report.start)")
        object.field("chronic", answer.status == .yes)
        object.field("status", answer.status.rawValue)
        object.field("months_prior", answer.monthsPrior)
        object.field("months_in_project", answer.monthsInProject)
    }
}
