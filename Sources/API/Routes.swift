import HTTP

/// Everything that this server answers.
package enum Routes {
    private static let community = "/v1/communities/{community}"

    package static let all: [Route] =
        [
            Route(.get, "/healthz", asksPreconditions: true, anybody: HealthEndpoint.alive),
            Route(.post, "/healthz", asksPreconditions: true, anybody: HealthEndpoint.arrived),
            Route(.put, "/healthz", asksPreconditions: true, anybody: HealthEndpoint.arrived),
            Route(.patch, "/healthz", asksPreconditions: true, anybody: HealthEndpoint.arrived),
            Route(.get, "/readyz", asksPreconditions: true, anybody: HealthEndpoint.ready),
            Route(.get, "/metrics", anybody: HealthEndpoint.metrics),
            Route(
                .get, "/openapi.json", asksPreconditions: true, form: "application/json",
                anybody: HealthEndpoint.openAPI),
            Route(.get, "/docs", asksPreconditions: true, form: "text/html", anybody: DocsEndpoint.page),
            Route(
                .get, "/problems/{problem}", asksPreconditions: true, form: "text/html",
                anybody: DocsEndpoint.problem),
        ] + people + merges + figures + forms + accesses + doors

    private static let people: [Route] = [
        Route(
            .post, community + "/intakes", .admitPeople, takes: .jsonOnce, purpose: "intake", IntakeEndpoint.admit),
        Route(
            .post, community + "/people/search", .searchPeople, takes: .json, purpose: "search",
            SearchEndpoint.search),
        Route(.get, community + "/people/{person}", .readPeople, purpose: "person", PersonEndpoint.person),
        Route(.get, community + "/people/{person}/facts", .readPeople, purpose: "facts", PersonEndpoint.facts),
        Route(
            .post, community + "/people/{person}/facts", .writeFacts, takes: .jsonOnce, purpose: "facts",
            asksPreconditions: true,
            FactsEndpoint.add),
        Route(
            .get, community + "/people/{person}/timeline", .readPeople, purpose: "timeline", PersonEndpoint.timeline),
        Route(
            .post, community + "/facts/{fact}/void", .writeFacts, takes: .jsonOnce, purpose: "void",
            FactsEndpoint.void),
        Route(
            .get, community + "/people/{person}/chronic", .readPeople, purpose: "chronic", ChronicEndpoint.person),
        Route(
            .post, "/v1/chronic/evaluations", .evaluateStays, takes: .json, purpose: "none", ChronicEndpoint.evaluate),
        Route(.get, community + "/list", .readList, purpose: "list", ListEndpoint.list),
        Route(.get, community + "/worklist", .readWorklist, purpose: "worklist", WorklistEndpoint.list),
    ]

    private static let merges: [Route] = [
        Route(
            .post, community + "/people/{person}/merge", .mergePeople, takes: .jsonOnce, purpose: "merge",
            MergeEndpoint.merge),
        Route(
            .post, community + "/merges/{merge}/undo", .mergePeople, takes: .jsonOnce, purpose: "merge",
            MergeEndpoint.undo),
        Route(
            .post, community + "/worklist/{item}/dismissal", .mergePeople, takes: .jsonOnce, purpose: "worklist",
            WorklistEndpoint.dismiss),
    ]

    private static let accesses: [Route] = [
        Route(
            .post, community + "/people/{person}/erasure", .erasePeople, takes: .jsonOnce, purpose: "erasure",
            ErasureEndpoint.erase),
        Route(.get, community + "/erasures", .readErasures, purpose: "none", ErasureEndpoint.list),
        Route(
            .get, community + "/people/{person}/accesses", .readAccessesOfPerson, purpose: "accesses",
            AccessesEndpoint.ofPerson),
        Route(.get, community + "/accesses", .readAccesses, purpose: "none", AccessesEndpoint.all),
        Route(.get, community + "/accesses/weekly", .readAccesses, purpose: "none", AccessesEndpoint.week),
    ]

    private static let doors: [Route] = [
        Route(.get, "/v1/communities", .readCommunities, purpose: "none", TokensEndpoint.communities),
        Route(.get, community + "/agencies", .readAgencies, purpose: "none", AgenciesEndpoint.list),
        Route(.post, community + "/agencies", .changeAgencies, takes: .json, purpose: "none", AgenciesEndpoint.set),
        Route(.get, community + "/tokens", .manageTokens, purpose: "none", TokensEndpoint.list),
        Route(.post, community + "/tokens", .manageTokens, takes: .json, purpose: "none", TokensEndpoint.create),
        Route(
            .post, community + "/tokens/{token}/revocation", .manageTokens, takes: .json, purpose: "none",
            TokensEndpoint.revoke),
    ]

    private static let form = community + "/forms/{form}"

    private static let forms: [Route] = [
        Route(.get, form, .readForms, purpose: "none", FormEndpoint.form),
        Route(.put, form, .changeForms, takes: .json, purpose: "none", asksPreconditions: true, FormEndpoint.replace),
        Route(
            .post, form + "/submissions", .admitPeople, takes: .submission, purpose: "intake",
            SubmissionEndpoint.submit),
        Route(.get, form + "/quarantine", .settleSubmissions, purpose: "quarantine", QuarantineEndpoint.list),
        Route(
            .get, form + "/quarantine/{submission}", .settleSubmissions, purpose: "quarantine",
            QuarantineEndpoint.submission),
        Route(
            .post, form + "/quarantine/{submission}/retry", .settleSubmissions, purpose: "quarantine",
            QuarantineEndpoint.retry),
        Route(
            .post, form + "/quarantine/{submission}/discard", .settleSubmissions, purpose: "quarantine",
            QuarantineEndpoint.discard),
    ]

    private static let submissions = community + "/reports/monthly/{month}/submissions"
    private static let annotations = community + "/reports/monthly/{month}/annotations"

    private static let figures: [Route] = [
        Route(
            .get, community + "/reports/monthly", .readReports, purpose: "report", asksPreconditions: true,
            forms: ["application/json", "text/csv"], ReportEndpoint.rows),
        Route(
            .get, community + "/reports/monthly.csv", .readReports, purpose: "report", asksPreconditions: true,
            forms: ["text/csv"], ReportEndpoint.csv),
        Route(
            .get, community + "/reports/monthly/{month}", .readReports, purpose: "report", asksPreconditions: true,
            ReportEndpoint.month),
        Route(
            .get, community + "/reports/monthly/{month}/{figure}/people", .readList, purpose: "figure",
            FigureEndpoint.people),
        Route(
            .get, community + "/people/{person}/explanation", .readPeople, purpose: "explanation",
            FigureEndpoint.explanation),
        Route(
            .post, submissions, .submitMonths, takes: .jsonOnce, purpose: "none", MonthSubmissionEndpoint.submit),
        Route(.get, submissions, .readSubmissions, purpose: "none", MonthSubmissionEndpoint.list),
        Route(
            .get, submissions + "/{sent}", .readSubmissions, purpose: "none", MonthSubmissionEndpoint.rows),
        Route(
            .get, submissions + "/{sent}/comparison", .compareSubmissions, purpose: "comparison",
            MonthSubmissionEndpoint.comparison),
        Route(.get, annotations, .readSubmissions, purpose: "none", AnnotationEndpoint.list),
        Route(
            .post, annotations, .submitMonths, takes: .jsonOnce, purpose: "none", AnnotationEndpoint.add),
        Route(
            .get, community + "/reports/reliability", .readExactReports, purpose: "report", ReliabilityEndpoint.rows),
        Route(
            .get, community + "/reports/housing-target", .readExactReports, purpose: "report",
            HousingTargetEndpoint.target),
        Route(
            .get, community + "/exports/built-for-zero-us/{month}", .readExactReports, purpose: "report",
            ExportEndpoint.builtForZeroUS),
        Route(
            .get, community + "/exports/caeh/{month}", .readExactReports, purpose: "report",
            forms: ["application/json", "text/csv"], ExportEndpoint.caeh),
        Route(.get, community + "/policy", .readPolicy, purpose: "policy", PolicyEndpoint.policy),
        Route(
            .put, community + "/policy", .changePolicy, takes: .json, purpose: "policy", asksPreconditions: true,
            PolicyEndpoint.replace),
    ]
}
